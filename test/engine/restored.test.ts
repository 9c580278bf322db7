import { minute } from '../../src/core/basics/time';
import { decodeHead, encodeHead } from '../../src/core/beat';
import { firstOfEpochAfter, readSequence, sequenceNumber } from '../../src/core/sequence';
import { claimKey, headKey, onlyShard } from '../../src/core/table';
import { runProber } from '../../src/engine/invocation';
import { at, config, head, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const key = claimKey(west, onlyShard);
const claimed = (small: SmallWorld) => readSequence(Number(small.stores.get(west)!.get(key)!.seq));
const written = (small: SmallWorld) => decodeHead(small.stores.get(west)!.get(headKey(west, onlyShard))!)!;
describe.each([
  ['loops over its slots', config()],
  ['has a round each minute', config({ beatIntervalMs: minute })],
])('a prober that %s, and whose table was imported', (_how, watched) => {
  it('goes on at the time that is, in the new epoch, however far ahead its clock had been', async () => {
    const small = smallWorld({ config: watched, now: at('08:00:00') });
    const ahead = { ...encodeHead(head({ slot: slot('09:00') }), west), seq: slot('09:00') };
    for (const item of [ahead, { ...key, v: 1, seq: firstOfEpochAfter(0) }]) await small.world.ports.replica(west).put(item);
    small.now = at('08:00:01');
    await runProber({ scheduledTime: '2026-11-21T08:00:00Z' }, { ...small.another(), invocation: timeLeft(small, 30_000) });
    expect(written(small)).toMatchObject({ epoch: 1 });
    expect(written(small).slot).toBeGreaterThanOrEqual(slot('08:00'));
    expect(written(small).slot).toBeLessThan(slot('08:01'));
  });

  it('while it was warm goes on with its next turn', async () => {
    const small = smallWorld({ config: watched, now: at('08:00:01') });
    await runProber({ scheduledTime: '2026-11-21T08:00:00Z' }, { ...small.world, invocation: timeLeft(small, 30_000) });
    expect(written(small).epoch).toBeUndefined();
    small.now = at('08:01:01');
    await small.world.ports.replica(west).put({ ...key, v: 1, seq: firstOfEpochAfter(4) });
    await runProber({ scheduledTime: '2026-11-21T08:01:00Z' }, { ...small.world, invocation: timeLeft(small, 30_000) });
    expect(claimed(small).epoch).toBe(5);
    expect(written(small)).toMatchObject({ epoch: 5 });
    expect(written(small).slot).toBeGreaterThanOrEqual(slot('08:01'));
  });

  it('runs a slot once, as before', async () => {
    const small = smallWorld({ config: watched, now: at('08:00:01') });
    await small.world.ports.replica(west).put({ ...key, v: 1, seq: sequenceNumber({ epoch: 1, slot: slot('08:00') }), since: at('08:00') });
    await runProber({ scheduledTime: '2026-11-21T08:00:00Z' }, { ...small.another(), invocation: timeLeft(small, 8000) });
    expect(small.stores.get(west)!.get(headKey(west, onlyShard)) === undefined || written(small).slot > slot('08:00')).toBe(true);
  });
});
