import type { Instant } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat } from '../../src/core/beat';
import { runProber, type World } from '../../src/engine/invocation';
import { at, config, monitor, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const everyMinute = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

/** An environment of its own for each event, whose table throttles the writing of claims unless told otherwise. */
async function comes(small: SmallWorld, time: string, now: Instant, { claims = 'throttled' }: { readonly claims?: 'throttled' | 'written' } = {}) {
  small.now = now;
  const world = small.another();
  const ports = claims === 'written' ? world.ports : withoutClaims(world.ports);
  await runProber({ scheduledTime: isoTime(at(time)) }, { ...world, ports, invocation: timeLeft(small, 15 * second) });
}

const withoutClaims = (ports: World['ports']): World['ports'] => ({
  ...ports,
  replica: (region) => {
    const real = ports.replica(region);
    const throttled = () => Promise.reject(new Error('ProvisionedThroughputExceededException'));
    return { ...real, putIfNewer: (item) => (item.pk.startsWith('CLAIM#') ? throttled() : real.putIfNewer(item)) };
  },
});

const rounds = (small: SmallWorld) =>
  small.stores
    .get(west)!
    .all()
    .flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : []));

describe('with beats of a minute, while no claim can be written, an event', () => {
  it('that comes again when the next minute has been seen takes no minute that is to come', async () => {
    const small = smallWorld({ config: everyMinute });
    await comes(small, '00:10', at('00:10:01'), { claims: 'written' });
    await comes(small, '00:11', at('00:11:01'), { claims: 'written' });
    await comes(small, '00:10', at('00:11:04'));
    await comes(small, '00:12', at('00:12:01'), { claims: 'written' });
    expect(rounds(small).map(({ startedAt }) => startedAt)).toEqual(['00:10:01', '00:11:01', '00:12:01'].map(at));
    expect(rounds(small).map((round) => round.slot)).toEqual(['00:10', '00:11', '00:12'].map(slot));
  });

  it('goes on after what was stored by a clock that was fast', async () => {
    const small = smallWorld({ config: everyMinute });
    await comes(small, '00:11', at('00:16'));
    await comes(small, '00:12', at('00:12'));
    expect(rounds(small).map((round) => round.slot)).toEqual(['00:16', '00:17'].map(slot));
  });
});
