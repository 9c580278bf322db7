import { encodeHead } from '../../src/core/beat';
import { untilTurnMs } from '../../src/engine/turns';
import { at, config, head, slot, west } from '../core/builders';
import { smallWorld } from './small-world';

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
