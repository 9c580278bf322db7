import { instant, type RegionId } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat } from '../../src/core/beat';
import { runProber } from '../../src/engine/invocation';
import type { Replica } from '../../src/engine/ports';
import { saveLater } from '../../src/engine/save-later';
import { at, config, east, middle, monitor, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const everyMinute = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });
const everywhere: readonly RegionId[] = [west, east, middle];

/** A prober of one round a minute, from 00:10 on, and which of its beats its own replica holds in the end. */
async function beatsAfter({ rounds, refused }: { readonly rounds: number; readonly refused: number }): Promise<SmallWorld> {
  const small = smallWorld({ config: everyMinute });
  for (let round = 0; round < rounds; round += 1) {
    small.now = instant(at('00:10') + round * minute);
    for (const region of everywhere) small.refusing.replicas[round < refused ? 'add' : 'delete'](region);
    await runProber({ scheduledTime: isoTime(small.now) }, { ...small.world, invocation: timeLeft(small, 15 * second) });
  }
  return small;
}

const stored = (small: SmallWorld) =>
  small.stores
    .get(west)
    ?.all()
    .flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : [])) ?? [];

describe('beats that no replica took', () => {
  it('are stored, as they were, with the next one', async () => {
    const small = await beatsAfter({ rounds: 2, refused: 1 });
    expect(stored(small).map((beat) => [beat.slot, beat.startedAt, beat.marks.map(({ outcome }) => outcome)])).toEqual(
      ['00:10', '00:11'].map((time) => [slot(time), at(time), ['ok']]),
    );
  });

  it('are stored within the same invocation, where a replica takes them before its end', async () => {
    const small = smallWorld({ config: everyMinute, now: at('00:10') });
    const { ports } = small.world;
    const refusesAtFirst = (region: RegionId): Replica => {
      const replica = ports.replica(region);
      return { ...replica, putIfNewer: (item) => (small.now < at('00:10:20') ? Promise.reject(new Error('too often')) : replica.putIfNewer(item)) };
    };
    const world = { ...small.world, ports: { ...ports, replica: refusesAtFirst }, invocation: timeLeft(small, minute) };
    await runProber({ scheduledTime: isoTime(small.now) }, world);
    expect(stored(small).map((beat) => beat.slot)).toEqual([slot('00:10')]);
  });

  it('are none as long as nothing takes them', async () => {
    expect(stored(await beatsAfter({ rounds: 2, refused: 2 }))).toEqual([]);
  });

  it('are recorded no more once they are older than any event that is worked for', async () => {
    const small = await beatsAfter({ rounds: 5, refused: 4 });
    expect(stored(small).map((beat) => beat.slot)).toEqual([slot('00:13'), slot('00:14')]);
  });

  it('are recorded no more where they are of a time to come, by a clock that was fast', async () => {
    const small = await beatsAfter({ rounds: 1, refused: 1 });
    small.now = at('00:09');
    small.refusing.replicas.clear();
    await saveLater(small.world);
    expect(stored(small)).toEqual([]);
    small.now = at('00:11');
    await saveLater(small.world);
    expect(stored(small).map((beat) => beat.slot)).toEqual([slot('00:10')]);
  });
});
