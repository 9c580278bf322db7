import type { Instant, RegionId } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat, decodeHead, encodeHead } from '../../src/core/beat';
import { runProber, type World } from '../../src/engine/invocation';
import { regain } from '../../src/engine/own-slot';
import { at, attempt, config, head, monitor, slot, west } from '../core/builders';
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

  it('that comes again in its own minute, which has been seen, sees it no second time', async () => {
    const small = smallWorld({ config: everyMinute });
    await comes(small, '00:10', at('00:10:01'));
    await comes(small, '00:10', at('00:10:04'));
    expect(small.notes.filter(({ what }) => what === 'round finished')).toHaveLength(1);
    expect(small.notes.filter(({ what }) => what === 'slot taken')).toHaveLength(1);
  });

  it('that comes again at once, to a clock that is a little slow, takes no minute that is to come', async () => {
    const small = smallWorld({ config: everyMinute });
    await comes(small, '00:10', at('00:09:59'));
    await comes(small, '00:10', at('00:09:59'));
    expect(rounds(small).map((round) => round.slot)).toEqual([slot('00:10')]);
  });

  it('goes on after what was stored by a clock that was fast', async () => {
    const small = smallWorld({ config: everyMinute });
    await comes(small, '00:11', at('00:16'));
    await comes(small, '00:12', at('00:12'));
    expect(rounds(small).map((round) => round.slot)).toEqual(['00:16', '00:17'].map(slot));
  });
});

/** Found by the storm 3639067. */
it.each(['00:09:59', '00:05:59'])('an event that comes twice at once, where the clock says %s, claims no minute that is to come', async (clock) => {
  const small = smallWorld({ config: everyMinute });
  await comes(small, '00:10', at(clock), { claims: 'written' });
  await comes(small, '00:10', at(clock), { claims: 'written' });
  expect(rounds(small).map((round) => round.slot)).toEqual([slot('00:10')]);
  expect(small.notes.filter(({ what }) => what === 'slot taken')).toHaveLength(1);
});

describe('with short beats, while no claim can be written, a loop', () => {
  const loops = async (small: SmallWorld, ports: World['ports']): Promise<void> => {
    await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, ports, invocation: timeLeft(small, 45 * second) });
  };

  it('leaves out a slot that another one has stored meanwhile, and has the next one in its turn', async () => {
    const small = smallWorld({ now: at('00:10:00') });
    const byAnother = encodeHead(head({ region: west, slot: slot('00:10:10'), startedAt: at('00:10:05') }), west);
    const { clock } = small.world.ports;
    const timer = (ms: number) => {
      if (small.now === at('00:10:00') && ms === 10 * second) void small.world.ports.replica(west).putIfNewer(byAnother);
      return clock.timer(ms);
    };
    await loops(small, { ...withoutClaims(small.world.ports), clock: { ...clock, timer } });
    expect(rounds(small).map((round) => round.slot)).toEqual(['00:10:00', '00:10:20', '00:10:30'].map(slot));
    expect(rounds(small)[1]?.startedAt).toBe(at('00:10:20'));
  });

  it('goes on from what it saw itself, where home takes nothing and what it stored elsewhere does not come back', async () => {
    const small = smallWorld({ now: at('00:10:00') });
    await small.world.ports.replica(west).putIfNewer(encodeHead(head({ region: west, slot: slot('00:05:00') }), west));
    small.seen = () => attempt({ reason: 'connect-refused' });
    const takesNothing = () => Promise.reject(new Error('ProvisionedThroughputExceededException'));
    const replica = (region: RegionId) => ({
      ...small.world.ports.replica(region),
      ...(region === west ? { putIfNewer: takesNothing, putIfAbsent: takesNothing } : {}),
    });
    await loops(small, { ...small.world.ports, replica });
    const stored = [...small.stores.values()].flatMap((store) => store.all()).flatMap((item) => (item.pk.startsWith('HEAD#') ? (decodeHead(item) ?? []) : []));
    expect(stored.find((one) => one.slot === slot('00:10:30'))?.samples).toMatchObject([{ ok: false, run: 4 }]);
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
