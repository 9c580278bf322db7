/** Runs the single-path detectors beside each other over the same beats and the same crashes. */
import { minute, second } from '../../src/core/basics/time';
import { type Seen, seenAtB } from './arrivals';
import { baselines, type Detector, type Phases } from './baselines';
import { yearMs } from './blackouts';
import type { Crash } from './episode';
import { isCutOffLong } from './false-pages';
import type { World } from './world';

/** How many pages each makes about a prober that is alive: a page that is due before the beat that would prevent it counts. */
export function falsePagesOf(world: World): ReadonlyMap<string, number> {
  const phases: Phases = { minuteMs: 0, lookMs: 0 };
  const rows = baselines(phases).map((detector) => ({ detector, count: 0, wrongUntil: 0 }));
  let fed = 0;
  for (const beat of seenAtB(world, 0)) {
    if (fed % monthOfBeats === 0) Object.assign(phases, drawPhases(world, -1 - fed));
    for (const row of rows) count(row, beat, fed > 150, world);
    fed += 1;
  }
  return new Map(rows.map(({ detector, count: pages }) => [detector.name, pages]));
}

/** The grid of evaluations lies anew so often, as that of the schedules does. */
const monthOfBeats = 43_200;

interface Counted {
  readonly detector: Detector;
  count: number;
  wrongUntil: number;
}

/** While a page stands, it is not told again. */
function count(row: Counted, beat: Seen, isWarm: boolean, world: World): void {
  const pagesAt = row.detector.pagesAt();
  const countsAt = row.detector.countsAt(beat);
  if (countsAt < Number.POSITIVE_INFINITY && pagesAt < countsAt) {
    if (isWarm && pagesAt >= row.wrongUntil && !isCutOffLong(world, pagesAt)) row.count += 1;
    row.wrongUntil = Math.max(row.wrongUntil, countsAt);
  }
  row.detector.feed(beat);
}

function drawPhases(world: World, trial: number): Phases {
  const draws = world.crashDraws(trial);
  return { minuteMs: draws.unit() * minute, lookMs: draws.unit() * 5 * second };
}

/** Seconds from each crash to each detector's page. */
export function baselineDelays(world: World, crashes: readonly Crash[]): ReadonlyMap<string, number[]> {
  const delays = new Map<string, number[]>();
  for (const [trial, crash] of crashes.entries()) {
    const detectors = baselines(drawPhases(world, trial + 1_000_000));
    for (const beat of seenAtB(world, crash.at - 150 * minute, crash.at)) {
      const goneAt = crash.kind === 'region' ? crash.at : Number.POSITIVE_INFINITY;
      const seenAt = beat.seenAt < goneAt ? beat.seenAt : Number.POSITIVE_INFINITY;
      const publishedAt = beat.publishedAt < crash.at ? beat.publishedAt : Number.POSITIVE_INFINITY;
      const isWritten = world.writtenAt(beat.slotMs / world.scale.cycleMs) < crash.at;
      if (isWritten) for (const detector of detectors) detector.feed({ slotMs: beat.slotMs, seenAt, publishedAt });
    }
    for (const detector of detectors) {
      const known = delays.get(detector.name) ?? [];
      known.push((Math.max(detector.pagesAt(), crash.at) - crash.at) / second);
      delays.set(detector.name, known);
    }
  }
  return delays;
}

/** Crashes at random times: the same for every detector. */
export function drawCrashes(world: World, kind: Crash['kind'], count: number): readonly Crash[] {
  const lifeMs = world.scale.years * yearMs;
  return Array.from({ length: count }, (_, trial) => ({ kind, at: 0.001 * lifeMs + 0.998 * lifeMs * world.crashDraws(trial).unit() }));
}
