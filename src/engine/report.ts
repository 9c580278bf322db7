/** A report over any window, told from the beats of all regions that any replica still has. */
import { type Instant, instant, type RegionId, type Slot, slotAt } from '../core/basics/brand';
import { day, hour, isoTime, second } from '../core/basics/time';
import { type Beat, decodeBeat, keptBeatDays } from '../core/beat';
import type { Config, Monitor } from '../core/config/config';
import { decodeRoster } from '../core/roster';
import { slotBegins } from '../core/slots';
import { beatPartition, onlyShard, padded, rosterKey, type Writer } from '../core/table';
import { type Mark, tellTime } from '../core/timeline';
import type { ReportView } from '../core/views';
import type { Clock, Replica } from './ports';
import { writersOf } from './store';
import { inParallel, type Outcome, within } from './within';

export interface ReportRequest {
  readonly monitor: string;
  readonly from: Instant;
  readonly to: Instant;
}

interface Library {
  readonly config: Config;
  readonly clock: Clock;
  readonly replicas: readonly Replica[];
  readonly regions: readonly RegionId[];
}

const queryLimitMs = 10 * second;
const queriesAtOnce = 8;

/** How much later than its interval an observation may come and still follow on: the probe's own timeout and a little slack. */
const toleranceOf = (monitor: Monitor): number => monitor.timeoutMs + 2 * second;

export async function reportOf(library: Library, { monitor: id, from, to }: ReportRequest): Promise<ReportView | undefined> {
  const monitor = library.config.monitors.find((candidate) => candidate.id === id);
  if (monitor === undefined) return undefined;
  const toleranceMs = toleranceOf(monitor);
  const earliest = instant(from - monitor.intervalMs - toleranceMs - library.config.beatIntervalMs);
  const rosters = new Map<string, number>();
  const marks = await Promise.all(library.config.regions.probers.map((region) => marksOf(library, { region, monitor, from: earliest, to, rosters })));
  const timeline = tellTime({ from, to, now: library.clock.now(), intervalMs: monitor.intervalMs, toleranceMs, marks });
  const gaps = timeline.gaps.map((gap) => ({ from: isoTime(gap.from), to: isoTime(gap.to), cause: gap.cause }));
  const { upMs, downMs, unknownMs, pausedMs } = timeline;
  return { monitor: monitor.id, from: isoTime(from), to: isoTime(to), upMs, downMs, unknownMs, pausedMs, gaps };
}

interface Shelf {
  readonly region: RegionId;
  readonly monitor: Monitor;
  readonly from: Instant;
  readonly to: Instant;
  /** Where this monitor stands in the beats of each configuration; -1 where it is not in it. */
  readonly rosters: Map<string, number>;
}

async function marksOf(library: Library, shelf: Shelf): Promise<readonly Mark[]> {
  const beats = await beatsOf(library, shelf);
  const marks: Mark[] = [];
  for (const beat of beats) {
    const mark = beat.marks[await positionOf(library, shelf, beat.configHash)];
    if (mark !== undefined && mark.outcome !== 'idle') marks.push({ at: slotBegins(library.config, shelf.region, beat.slot), outcome: mark.outcome });
  }
  return marks;
}

/** The union of what all replicas have under all names of this region, oldest first. */
async function beatsOf(library: Library, { region, from, to }: Shelf): Promise<readonly Beat[]> {
  const found = new Map<Slot, Beat>();
  const now = library.clock.now();
  const until = Math.min(to, now + hour);
  const since = Math.max(from, now - keptBeatDays * day);
  const reads = library.replicas.flatMap((replica) =>
    writersOf(region, library.regions).flatMap((writer) =>
      hoursBetween(since, until).map((slot) => ({ replica, partition: beatPartition(writer, onlyShard, slot) })),
    ),
  );
  await inParallel(reads, queriesAtOnce, async ({ replica, partition }) => {
    const outcome = await within(
      library.clock,
      queryLimitMs,
      replica.query(partition, padded(Math.ceil(Math.max(0, since) / second)), padded(Math.floor(Math.max(0, until) / second))),
    );
    for (const item of itemsOf(outcome)) {
      const beat = decodeBeat(item);
      if (beat !== undefined) found.set(beat.slot, beat);
    }
  });
  return [...found.values()].sort((one, other) => one.slot - other.slot);
}

function itemsOf<T>(outcome: Outcome<readonly T[]>): readonly T[] {
  return outcome.kind === 'done' ? outcome.value : [];
}

/** One slot of each hour that the window touches. */
function hoursBetween(from: number, to: number): readonly Slot[] {
  const hours: Slot[] = [];
  for (let at = Math.floor(from / hour) * hour; at <= to; at += hour) hours.push(slotAt(at / second));
  return hours;
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
    const items = itemsOf(await within(library.clock, queryLimitMs, replica.get(keys)));
    const ids = items.flatMap((item) => decodeRoster(item) ?? [])[0]?.ids;
    if (ids !== undefined) return ids.indexOf(monitor.id);
  }
  return -1;
}
