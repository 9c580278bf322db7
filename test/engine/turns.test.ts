import { instant } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat, encodeHead } from '../../src/core/beat';
import { runProber } from '../../src/engine/invocation';
import { untilTurnMs } from '../../src/engine/turns';
import { at, attempt, config, head, slot, west } from '../core/builders';
import { smallWorld, timeLeft } from './small-world';

describe('at 00:10:11, with beats of 10 s, a loop waits for a slot', () => {
  it.each([
    ['that is the next one: for its turn', '00:10:20', { slot: '00:10:10', startedAt: '00:10:10' }, 9000],
    ['after those that other loops took: for its turn', '00:10:30', { slot: '00:10:10', startedAt: '00:10:10' }, 19_000],
    ['after those of several other loops: for its turn', '00:10:40', { slot: '00:10:10', startedAt: '00:10:10' }, 29_000],
    ['that is ahead, as the round before was: one beat after that one', '00:10:40', { slot: '00:10:30', startedAt: '00:10:10' }, 9100],
    ['of a clock that was fast when the round before began: one beat', '00:10:40', { slot: '00:10:30', startedAt: '00:10:30' }, 10_100],
    ['of a clock that was fast, by which nothing was stored: one beat after the round before', '00:15:20', { slot: '00:10:10', startedAt: '00:10:10' }, 9100],
  ])('%s', async (_case, ahead, before, waitsMs) => {
    const small = smallWorld({ now: at('00:10:11'), config: config({ beatIntervalMs: 10_000 }) });
    const stored = head({ region: west, slot: slot(before.slot), startedAt: at(before.startedAt) });
    await small.world.ports.replica(west).putIfNewer(encodeHead(stored, west));
    expect(await untilTurnMs(small.world, slot(ahead))).toBe(waitsMs);
  });
});

it('a clock that is set ahead amid a round costs that round: it is no slow one, after which there would be no time for another', async () => {
  const small = smallWorld({ now: at('00:10:00') });
  const steadyMs = () => small.now - small.clockSetByMs;
  const endsAtMs = steadyMs() + minute;
  small.seen = () => {
    if (small.now > at('00:10:05') && small.clockSetByMs === 0) Object.assign(small, { now: small.now + 67 * second, clockSetByMs: 67 * second });
    return attempt();
  };
  await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: { remainingMs: () => endsAtMs - steadyMs() } });
  const stored = small.stores.get(west)!.all();
  const beats = stored.flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : []));
  expect(small.notes.filter(({ what }) => what === 'round too late')).toHaveLength(1);
  expect(beats.map((beat) => beat.slot)).toEqual(['00:10:00', '00:11:10', '00:11:20', '00:11:30', '00:11:40', '00:11:50'].map(slot));
});

it.each([
  ['the clock is set', 'clockSetByMs'],
  ['the machine sleeps', 'sleptMs'],
] as const)('a loop that waits for the turn of its first slot runs the slot that is then, where meanwhile %s', async (_case, what) => {
  const small = smallWorld({ now: at('00:10:11') });
  await small.world.ports.replica(west).putIfNewer({ pk: 'CLAIM#eu-west-1', sk: '0', seq: slot('00:10:10'), since: at('00:09') });
  const { clock } = small.world.ports;
  const timer = (ms: number) => {
    if (ms === 9 * second) Object.assign(small, { now: instant(small.now + 3 * minute), [what]: 3 * minute });
    return clock.timer(ms);
  };
  const invocation = timeLeft(small, 4 * minute);
  await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, ports: { ...small.world.ports, clock: { ...clock, timer } }, invocation });
  const beats = small.stores
    .get(west)!
    .all()
    .flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : []));
  expect(beats.map((beat) => beat.slot).slice(0, 2)).toEqual(['00:13:20', '00:13:30'].map(slot));
});
