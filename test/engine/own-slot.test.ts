import type { Instant } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat, encodeHead } from '../../src/core/beat';
import { runProber, type World } from '../../src/engine/invocation';
import { regain } from '../../src/engine/own-slot';
import { at, config, head, monitor, slot, west } from '../core/builders';
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

describe('a loop that is refused by one that was scheduled earlier', () => {
  const refused = async (livesForMs: number) => {
    const small = smallWorld({ now: at('00:10:10') });
    const replica = small.world.ports.replica(west);
    await replica.putIfNewer({ pk: 'CLAIM#eu-west-1', sk: '0', seq: slot('00:10:20'), since: at('00:08') });
    await replica.putIfNewer(encodeHead(head({ region: west, slot: slot('00:10:00'), startedAt: at('00:10:00') }), west));
    const world = { ...small.world, invocation: timeLeft(small, livesForMs) };
    const begunMs = world.ports.clock.elapsedMs() - 59 * second;
    return regain(world, { slot: slot('00:10:10'), since: at('00:09'), begunMs });
  };

  it('takes the slot after the last that is claimed', async () => expect(await refused(33 * second)).toBe(slot('00:10:30')));
  it('lets go where it would not live to run that one in its turn', async () => expect(await refused(31 * second)).toBeUndefined());
});
