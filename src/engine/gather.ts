/** Reads what there is to know: every region's head and watch record from the nearest replica that answers, and silent peers on other paths. */
import { type Instant, type RegionId, type Slot, slotAt } from '../core/basics/brand';
import type { Head } from '../core/beat';
import { allRegions } from '../core/config/config';
import { type Item, type Key, type Writer, writerIn } from '../core/table';
import { vigilSlot, type WatchRecord } from '../core/watch-record';
import { noteClock } from './clock-step';
import { keysAtHome, keysElsewhere, noteNames } from './elsewhere';
import { keepNewest, keysToRead, newestHeads } from './heads';
import { hear, hearFromLogs, watchRecordsIn } from './hearsay';
import { type Asked, askAround, type Local } from './paths';
import { noteTry, remember } from './remember';
import { type Outcome, within } from './within';
import { heldAt, homeLimitMs, remoteLimitMs, type World } from './world';

export interface Picture {
  readonly now: Instant;
  /** The newest head of each prober region, from whatever path had it; this region's own from memory where no store has it. */
  readonly heads: ReadonlyMap<RegionId, Head>;
  /** What this region's own replica showed of each prober. */
  readonly local: Local;
  readonly asked: Asked;
  readonly watchRecords: readonly WatchRecord[];
  /** The replica that answered, which logs are read from too; undefined when none did. */
  readonly readFrom: RegionId | undefined;
  /** Every name under which something was found written, and those of who is late under which something may be: their logs are to be read. */
  readonly writers: readonly Writer[];
}

export async function gather(running: World): Promise<Picture> {
  const nearest = await readNearest(running);
  const now = running.ports.clock.now();
  noteClock(running, now);
  const world = heldAt(running, now);
  const heads = newestHeads(world.memory, nearest.items);
  const watchRecords = [...watchRecordsIn(nearest.items)];
  noteTry(world, { now, isHomeRead: nearest.home === 'answered' });
  // Whoever could read nothing has not looked, nor begun to: blind time is no evidence.
  if (nearest.readFrom !== undefined) remember(world, { watchRecords, now });
  const localSlots = new Map([...heads].map(([region, head]) => [region, head.slot]));
  if (world.memory.head !== undefined) keepNewest(heads, world.memory.head);
  hear(world, { heads, watchRecords });
  hearFromLogs(world);
  const asked = await askAround(world, { beats: localSlots, vigils: newestVigils(watchRecords) });
  for (const answer of asked.answers.values()) {
    const items = typeof answer === 'string' ? [] : answer;
    for (const head of newestHeads(world.memory, items).values()) keepNewest(heads, head);
    const records = watchRecordsIn(items);
    watchRecords.push(...records);
    hear(world, { heads, watchRecords: records });
  }
  world.memory.heads = heads;
  const local = nearest.home === 'answered' ? localSlots : nearest.home;
  return {
    now,
    heads,
    local,
    asked,
    watchRecords,
    readFrom: nearest.readFrom,
    writers: [...new Set([...noteNames(world, nearest.items), ...nearest.doubtful])],
  };
}

function newestVigils(records: readonly WatchRecord[]): ReadonlyMap<RegionId, Slot> {
  const newest = new Map<RegionId, Slot>();
  for (const record of records) newest.set(record.region, slotAt(Math.max(vigilSlot(record), newest.get(record.region) ?? 0)));
  return newest;
}

interface Nearest {
  readonly items: readonly Item[];
  /** The names under which something may be written that did not come in time at home. */
  readonly doubtful: readonly Writer[];
  readonly readFrom: RegionId | undefined;
  readonly home: 'answered' | 'failed' | 'refused';
}

/** The home replica; when it does not answer, the next one that does. */
async function readNearest(world: World): Promise<Nearest> {
  const { self, ports } = world;
  const others = allRegions(self.config.regions).filter((region) => region !== self.region);
  let home: Nearest['home'] = 'answered';
  for (const region of [self.region, ...others]) {
    const outcome = await readFrom(world, region);
    if (outcome.kind === 'done') return { ...outcome.value, readFrom: region, home };
    if (region === self.region) home = outcome.isRefused ? 'refused' : 'failed';
    ports.diary.note('read failed', { replica: region, error: outcome.error });
  }
  return { items: [], doubtful: [], readFrom: undefined, home };
}

/** At first, and while anything is in doubt, everything at once; else under other names only what did not come in time at home. */
async function readFrom(world: World, region: RegionId): Promise<Outcome<Pick<Nearest, 'items' | 'doubtful'>>> {
  const { self, ports, memory } = world;
  const read = (keys: readonly Key[]) => within(ports.clock, region === self.region ? homeLimitMs : remoteLimitMs, ports.replica(region).get(keys));
  const isAll = memory.evaluatedAt === undefined || memory.isInDoubt;
  const found = await read(isAll ? keysToRead(self.config) : keysAtHome(self.config));
  if (found.kind === 'failed') return found;
  const more = keysElsewhere(world, found.value);
  memory.isInDoubt = more.length > 0;
  const doubtful = more.map(({ pk }) => writerIn(pk) as Writer);
  if (isAll || more.length === 0) return { kind: 'done', value: { items: found.value, doubtful } };
  const elsewhere = await read(more);
  return elsewhere.kind === 'failed' ? elsewhere : { kind: 'done', value: { items: [...found.value, ...elsewhere.value], doubtful } };
}
