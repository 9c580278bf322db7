/**
 * What a look need not read: a region has written under another name only when it could not at home. Where its newest item at home has come
 * in time, and says where else it ever wrote, there is nothing newer under any other name; where it is late, all of them are read.
 */
import { awayIn } from '../core/away';
import type { RegionId, Slot } from '../core/basics/brand';
import { second } from '../core/basics/time';
import { allRegions, type Config } from '../core/config/config';
import { type Arrivals, overdueMs } from '../core/freshness';
import { readSequence } from '../core/sequence';
import { headKey, type Item, type Key, onlyShard, type Writer, watchKey } from '../core/table';
import { vigilSlot } from '../core/watch-record';
import { writersFound } from './heads';
import type { Memory } from './memory';
import { vigilCycleOf } from './pace';
import { writersOf } from './store';
import type { World } from './world';

/** One item that a region writes over and over. */
interface Sign {
  readonly atHome: Key;
  readonly elsewhere: readonly Key[];
  readonly arrivals: (memory: Memory) => Arrivals | undefined;
  readonly slotOf: (seq: number) => Slot;
  readonly cycleMs: number;
}

const signs = new WeakMap<Config, readonly Sign[]>();

function signsOf(config: Config): readonly Sign[] {
  const known = signs.get(config) ?? namedSigns(config);
  signs.set(config, known);
  return known;
}

function namedSigns(config: Config): readonly Sign[] {
  const replicas = allRegions(config.regions);
  const keysOf = (region: RegionId, keyOf: (writer: Writer) => Key): Pick<Sign, 'atHome' | 'elsewhere'> => ({
    atHome: keyOf(region),
    elsewhere: writersOf(region, replicas)
      .filter((writer) => writer !== region)
      .map(keyOf),
  });
  const headSign = (region: RegionId): Sign => ({
    ...keysOf(region, (writer) => headKey(writer, onlyShard)),
    arrivals: ({ arrivals }) => arrivals.get(region),
    slotOf: (seq) => readSequence(seq).slot,
    cycleMs: config.beatIntervalMs,
  });
  const watchSign = (region: RegionId): Sign => ({
    ...keysOf(region, watchKey),
    arrivals: ({ vigils }) => vigils.get(region),
    slotOf: (seq) => vigilSlot({ seq }),
    cycleMs: vigilCycleOf(config),
  });
  return [...config.regions.probers.map(headSign), ...replicas.map(watchSign)];
}

/** As each region writes them at home. */
export const keysAtHome = (config: Config): readonly Key[] => signsOf(config).map(({ atHome }) => atHome);

/** What must be read as well, when these items were found under the names of home. */
export function keysElsewhere(world: World, items: readonly Item[]): readonly Key[] {
  const byPartition = new Map(items.map((item) => [item.pk, item]));
  const doubtful = signsOf(world.self.config).filter((sign) => !isInTime(world, sign, byPartition.get(sign.atHome.pk)));
  return doubtful.flatMap(({ elsewhere }) => elsewhere);
}

/** Less than any silence that is spoken of: nobody is accused before all names were looked at. */
const inTimeMs = 3 * second;

/** By its own sequence and this observer's clock, as silence is judged; and nothing newer was heard of. */
function isInTime({ memory, ports }: World, { arrivals, slotOf, cycleMs }: Sign, item: Item | undefined): boolean {
  const known = arrivals(memory);
  if (item === undefined || typeof item.seq !== 'number' || awayIn(item) === undefined || known === undefined) return false;
  const slot = slotOf(item.seq);
  return slot >= known.newest && overdueMs(known, { now: ports.clock.now(), cycleMs, slot }) <= inTimeMs;
}

/** Remembers every name under which something was found, or is said to be. */
export function noteNames({ self, memory }: World, items: readonly Item[]): readonly Writer[] {
  for (const writer of writersFound(self.config, items)) memory.log.names.add(writer);
  return [...memory.log.names];
}
