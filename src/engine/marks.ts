/** What each region observed, read from the beats that replicas still have. */
import { type Instant, instant, type RegionId, type Slot } from '../core/basics/brand';
import { day, hour, second } from '../core/basics/time';
import { type Beat, type BeatMark, decodeBeat, keptBeatDays } from '../core/beat';
import type { Config, Monitor } from '../core/config/config';
import { totalMs } from '../core/observation';
import { decodeRoster } from '../core/roster';
import { slotBegins } from '../core/slots';
import { type Item, rosterKey, type Writer } from '../core/table';
import type { Mark, Stretch } from '../core/timeline';
import type { Clock, Replica } from './ports';
import { writersOf } from './store';
import { readBeats } from './stored-beats';
import { within } from './within';

export interface Library {
  readonly config: Config;
  readonly clock: Clock;
  readonly replicas: readonly Replica[];
  readonly regions: readonly RegionId[];
  /** Rosters that were read: of each configuration, where each monitor stands in its beats. */
  readonly rosters: Map<string, Roster>;
}

export type Roster = ReadonlyMap<string, number>;

const queryLimitMs = 10 * second;

/** The union of what all replicas have under all names of this region, oldest first. */
export async function beatsOf(library: Library, region: RegionId, { from, to }: Stretch): Promise<readonly Beat[]> {
  const now = library.clock.now();
  const kept = { from: instant(Math.max(from, now - keptBeatDays * day)), to: instant(Math.min(to, now + hour)) };
  const { items } = await readBeats({ ...library, limitMs: queryLimitMs }, { writers: writersOf(region, library.regions), ...kept });
  return unpacked(items);
}

/** Oldest first, and each slot once. */
export function unpacked(items: readonly Item[]): readonly Beat[] {
  const found = new Map<Slot, Beat>();
  for (const item of items) {
    const beat = decodeBeat(item);
    if (beat !== undefined) found.set(beat.slot, beat);
  }
  return [...found.values()].sort((one, other) => one.slot - other.slot);
}

/** A scheduler is some seconds late as a rule: so much later than its turn, of its cycle, a round still counts as begun in time. */
const usuallyLatePart = 1 / 4;

/** When the round of a beat began: as its region has its turns, and where it was clearly late, when it did. */
export function begunAt({ config }: Pick<Library, 'config'>, { region, slot, startedAt }: Beat): Instant {
  const turn = slotBegins(config, region, slot);
  return startedAt > turn + config.beatIntervalMs * usuallyLatePart ? startedAt : turn;
}

/** What these beats of one region say of each of these monitors, oldest first. */
export async function marksIn(library: Library, beats: readonly Beat[], monitors: readonly Monitor[]): Promise<ReadonlyMap<string, readonly Mark[]>> {
  const found = new Map<string, Mark[]>(monitors.map(({ id }) => [id, []]));
  for (const beat of beats) {
    const roster = await rosterOf(library, beat.region, beat.configHash);
    const at = begunAt(library, beat);
    for (const [id, marks] of found) {
      const mark = beat.marks[roster.get(id) ?? -1];
      if (mark !== undefined && mark.outcome !== 'idle') marks.push({ at, ...outcomeOf(beat, mark) });
    }
  }
  return found;
}

/** What a prober says whose own canaries read wrong is not believed: it covered nothing. */
function outcomeOf({ canaries }: Beat, { outcome, reason, phases }: BeatMark): Omit<Mark, 'at'> {
  if (canaries !== undefined && canaries !== 'right') return { outcome: 'skipped', why: `could not be believed (canaries: ${canaries})` };
  if (outcome === 'ok') return { outcome, latencyMs: totalMs(phases) };
  return outcome === 'failed' ? { outcome } : { outcome: 'skipped', why: `skipped it (${reason})` };
}

/** Which stretches before a time are searched, in hours: the last three, the rest of a day, then one hour of each day that is kept. */
const searchedHours: readonly (readonly [number, number])[] = [
  [3, 0],
  [24, 3],
  ...Array.from({ length: keptBeatDays - 1 }, (_, index) => [24 * (index + 2), 24 * (index + 2) - 1] as const),
];

export interface Searched {
  readonly region: RegionId;
  readonly monitors: readonly Monitor[];
  readonly before: Instant;
  /** Whether only the last hours are searched, since what was before is known otherwise. */
  readonly isRecent: boolean;
}

/** Any earlier observation of each monitor. One that is found only in other hours of long ago is missed. */
export async function observedBefore(library: Library, { region, monitors, before, isRecent }: Searched): Promise<ReadonlyMap<string, Instant>> {
  const oldest = library.clock.now() - keptBeatDays * day;
  const found = new Map<string, Instant>();
  for (const [from, to] of isRecent ? searchedHours.slice(0, 1) : searchedHours) {
    const wanted = monitors.filter(({ id }) => !found.has(id));
    const searched = { from: instant(before - from * hour), to: instant(before - to * hour - 1) };
    if (wanted.length === 0 || searched.to < oldest) return found;
    const marks = await marksIn(library, await beatsOf(library, region, searched), wanted);
    for (const [id, [first]] of marks) if (first !== undefined) found.set(id, first.at);
  }
  return found;
}

/** Empty where no replica has it. */
export async function rosterOf(library: Library, region: RegionId, configHash: string): Promise<Roster> {
  const name = `${region} ${configHash}`;
  const known = library.rosters.get(name);
  if (known !== undefined) return known;
  const { config } = library;
  const ids = configHash === config.hash ? config.monitors.map(({ id }) => id) : await storedRoster(library, region, configHash);
  const roster: Roster = new Map(ids.map((id, place) => [id, place]));
  library.rosters.set(name, roster);
  return roster;
}

async function storedRoster(library: Library, region: RegionId, configHash: string): Promise<readonly string[]> {
  const keys = writersOf(region, library.regions).map((writer: Writer) => rosterKey(writer, configHash));
  for (const replica of library.replicas) {
    const outcome = await within(library.clock, queryLimitMs, replica.get(keys));
    const items = outcome.kind === 'done' ? outcome.value : [];
    const ids = items.flatMap((item) => decodeRoster(item) ?? [])[0]?.ids;
    if (ids !== undefined) return ids;
  }
  return [];
}
