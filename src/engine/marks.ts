/** What each region observed of one monitor, read from the beats that any replica still has. */
import { type Instant, instant, type RegionId, type Slot } from '../core/basics/brand';
import { day, hour, second } from '../core/basics/time';
import { type Beat, type BeatMark, decodeBeat, keptBeatDays } from '../core/beat';
import type { Config, Monitor } from '../core/config/config';
import { decodeRoster } from '../core/roster';
import { slotBegins } from '../core/slots';
import { rosterKey, type Writer } from '../core/table';
import type { Mark } from '../core/timeline';
import type { Clock, Replica } from './ports';
import { writersOf } from './store';
import { readBeats } from './stored-beats';
import { within } from './within';

export interface Library {
  readonly config: Config;
  readonly clock: Clock;
  readonly replicas: readonly Replica[];
  readonly regions: readonly RegionId[];
}

export interface Shelf {
  readonly region: RegionId;
  readonly monitor: Monitor;
  readonly from: Instant;
  readonly to: Instant;
  /** Where this monitor stands in the beats of each configuration; -1 where it is not in it. */
  readonly rosters: Map<string, number>;
}

export interface Found {
  readonly region: RegionId;
  readonly marks: readonly Mark[];
  /** When each of its rounds began, whatever it observed. */
  readonly begun: readonly Instant[];
}

const queryLimitMs = 10 * second;

export async function marksOf(library: Library, shelf: Shelf): Promise<Found> {
  const beats = await beatsOf(library, shelf);
  const marks: Mark[] = [];
  for (const beat of beats) {
    const mark = beat.marks[await positionOf(library, shelf, beat.configHash)];
    if (mark !== undefined && mark.outcome !== 'idle') marks.push({ at: begunAt(library, beat), ...outcomeOf(beat, mark) });
  }
  return { region: shelf.region, marks, begun: beats.map((beat) => begunAt(library, beat)) };
}

const begunAt = ({ config }: Library, { region, slot }: Beat): Instant => slotBegins(config, region, slot);

/** What a prober says whose own canaries read wrong is not believed: it covered nothing. */
function outcomeOf({ canaries }: Beat, { outcome, reason }: BeatMark): Pick<Mark, 'outcome' | 'why'> {
  if (canaries !== undefined && canaries !== 'right') return { outcome: 'skipped', why: `could not be believed (canaries: ${canaries})` };
  return outcome === 'ok' || outcome === 'failed' ? { outcome } : { outcome: 'skipped', why: `skipped it (${reason})` };
}

/** The union of what all replicas have under all names of this region, oldest first. */
async function beatsOf(library: Library, { region, from, to }: Pick<Shelf, 'region' | 'from' | 'to'>): Promise<readonly Beat[]> {
  const now = library.clock.now();
  const kept = { from: instant(Math.max(from, now - keptBeatDays * day)), to: instant(Math.min(to, now + hour)) };
  const { items } = await readBeats({ ...library, limitMs: queryLimitMs }, { writers: writersOf(region, library.regions), ...kept });
  const found = new Map<Slot, Beat>();
  for (const item of items) {
    const beat = decodeBeat(item);
    if (beat !== undefined) found.set(beat.slot, beat);
  }
  return [...found.values()].sort((one, other) => one.slot - other.slot);
}

/** Which stretches before a time are searched, in hours: the last three, the rest of a day, then one hour of each day that is kept. */
const searchedHours: readonly (readonly [number, number])[] = [
  [3, 0],
  [24, 3],
  ...Array.from({ length: keptBeatDays - 1 }, (_, index) => [24 * (index + 2), 24 * (index + 2) - 1] as const),
];

/** Any earlier observation of this monitor. One that is found only in other hours of long ago is missed. */
export async function observedBefore(library: Library, shelf: Omit<Shelf, 'from' | 'to'>, before: Instant): Promise<Instant | undefined> {
  const oldest = library.clock.now() - keptBeatDays * day;
  for (const [from, to] of searchedHours) {
    const searched = { from: instant(before - from * hour), to: instant(before - to * hour - 1) };
    if (searched.to < oldest) return undefined;
    const { marks } = await marksOf(library, { ...shelf, ...searched });
    if (marks[0] !== undefined) return marks[0].at;
  }
  return undefined;
}

async function positionOf(library: Library, { monitor, region, rosters }: Shelf, configHash: string): Promise<number> {
  const known = rosters.get(configHash);
  if (known !== undefined) return known;
  const position =
    configHash === library.config.hash ? library.config.monitors.indexOf(monitor) : await positionInRoster(library, { monitor, region, configHash });
  rosters.set(configHash, position);
  return position;
}

async function positionInRoster(
  library: Library,
  { monitor, region, configHash }: { readonly monitor: Monitor; readonly region: RegionId; readonly configHash: string },
): Promise<number> {
  const keys = writersOf(region, library.regions).map((writer: Writer) => rosterKey(writer, configHash));
  for (const replica of library.replicas) {
    const outcome = await within(library.clock, queryLimitMs, replica.get(keys));
    const items = outcome.kind === 'done' ? outcome.value : [];
    const ids = items.flatMap((item) => decodeRoster(item) ?? [])[0]?.ids;
    if (ids !== undefined) return ids.indexOf(monitor.id);
  }
  return -1;
}
