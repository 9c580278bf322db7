/** A report over any window, told from the beats of all regions that any replica still has, and from what the logs say of gaps. */
import { availabilityOf, availabilityText } from '../core/availability';
import { type Instant, instant } from '../core/basics/brand';
import { isoTime, second } from '../core/basics/time';
import type { Monitor } from '../core/config/config';
import { knownGaps } from '../core/gap';
import { sayCause } from '../core/gap-cause';
import { type Bygone, gapViews, lookedAtNow } from '../core/gap-views';
import type { Incident } from '../core/incident';
import type { LogEntry } from '../core/log';
import { type Timeline, tellTime } from '../core/timeline';
import type { ReportView } from '../core/views';
import { slackMs } from '../core/watch';
import { type Found, type Library, marksOf, observedBefore } from './marks';

export interface ReportRequest {
  readonly monitor: string;
  readonly from: Instant;
  readonly to: Instant;
}

export interface Desk extends Library {
  readonly entries: readonly LogEntry[];
  readonly incidents: readonly Incident[];
}

/** How much later than its interval an observation may come and still follow on: the probe's own timeout and a little slack. */
const toleranceOf = (monitor: Monitor): number => monitor.timeoutMs + 2 * second;

export async function reportOf(desk: Desk, { monitor: id, from, to }: ReportRequest): Promise<ReportView | undefined> {
  const monitor = desk.config.monitors.find((candidate) => candidate.id === id);
  if (monitor === undefined) return undefined;
  const window = { from, to };
  const { timeline, found } = await timelineOf(desk, monitor, window);
  const { upMs, downMs, unknownMs, pausedMs } = timeline;
  const marks = new Map(found.map((one) => [one.region, one.marks]));
  const gaps = timeline.gaps.map((gap) => ({ ...gap, why: sayCause(gap, { marks, incidents: desk.incidents, intervalMs: monitor.intervalMs }) }));
  return {
    monitor: monitor.id,
    from: isoTime(from),
    to: isoTime(to),
    upMs,
    downMs,
    unknownMs,
    pausedMs,
    ...availabilityOf(timeline),
    summary: availabilityText(timeline),
    ...gapViews(gaps, bygoneOf(desk, window, found)),
  };
}

interface Told {
  readonly timeline: Timeline;
  readonly found: readonly Found[];
}

/** Reads a little beyond the window on both sides: what holds at its edges is the same as in any longer window. */
async function timelineOf(desk: Desk, monitor: Monitor, { from, to }: Pick<ReportRequest, 'from' | 'to'>): Promise<Told> {
  const toleranceMs = toleranceOf(monitor);
  const aroundMs = monitor.intervalMs + toleranceMs + desk.config.beatIntervalMs;
  const { probers } = desk.config.regions;
  const rosters = new Map<string, number>();
  const shelf = { monitor, from: instant(from - aroundMs), to: instant(to + aroundMs), rosters };
  const found = await Promise.all(probers.map((region) => marksOf(desk, { ...shelf, region })));
  const question = { from, to, now: desk.clock.now(), intervalMs: monitor.intervalMs, toleranceMs, marks: found.map(({ marks }) => marks) };
  const timeline = tellTime(question);
  if (!timeline.gaps.some(({ cause }) => cause === 'before the first observation')) return { timeline, found };
  const earlier = (await Promise.all(probers.map((region) => observedBefore(desk, { monitor, region, rosters }, shelf.from)))).flatMap((at) => at ?? []);
  return { timeline: earlier.length === 0 ? timeline : tellTime({ ...question, firstAt: instant(Math.min(...earlier)) }), found };
}

/** Gaps that were written down, as they stand now that these beats are known. */
function bygoneOf({ config, clock, entries }: Desk, window: Pick<ReportRequest, 'from' | 'to'>, found: readonly Found[]): readonly Bygone[] {
  const begun = found.flatMap((one) => one.begun);
  const patience = { cycleMs: config.beatIntervalMs, slackMs: slackMs(config.beatIntervalMs) };
  return knownGaps(entries).flatMap((gap) => lookedAtNow(gap, { window, begun, patience, now: clock.now() }));
}
