/** Reports over any window: told from the roll-ups and beats of all regions that any replica has, and from what the logs say. */
import { asleepCause } from '../core/asleep';
import { availabilityOf, availabilityText } from '../core/availability';
import { type Instant, instant } from '../core/basics/brand';
import { hour, isoTime } from '../core/basics/time';
import type { Monitor } from '../core/config/config';
import { type KnownGap, knownGaps, lastOf } from '../core/gap';
import { sayCause } from '../core/gap-cause';
import { type Bygone, gapViews, lookedAtNow } from '../core/gap-views';
import type { Incident } from '../core/incident';
import { type LogEntry, monitoringSubject, monitorSubject } from '../core/log';
import type { Arranged } from '../core/orders/arranged';
import { overlaps, type Stretch, type Timeline, tellSpans } from '../core/timeline';
import type { IncidentView, ReportView } from '../core/views';
import { slackMs } from '../core/watch';
import { historyOf, type RegionHistory } from './history';
import { type Library, observedBefore } from './marks';
import { latencyViews, revisedHourViews, segmentViews } from './report-views';
import { incidentView } from './status';

export interface ReportRequest extends Stretch {
  /** The ids of some monitors. */
  readonly monitors: readonly string[];
  /** Into how many stretches latency is divided at most; they are whole hours. */
  readonly latencySteps: number;
}

export interface Desk extends Library {
  readonly arranged: Arranged;
  readonly entries: readonly LogEntry[];
  readonly incidents: readonly Incident[];
}

/** One for each monitor that there is, in the order of the request. */
export async function reportsOf(desk: Desk, request: ReportRequest): Promise<readonly ReportView[]> {
  const { config } = desk;
  const monitors = request.monitors.flatMap((id) => config.monitors.find((monitor) => monitor.id === id) ?? []);
  const { from, to } = request;
  const stepMs = Math.max(1, Math.ceil((to - from) / hour / request.latencySteps)) * hour;
  const histories = await Promise.all(config.regions.probers.map((region) => historyOf(desk, region, { from, to, monitors, stepMs })));
  const firstAt = await firstObserved(desk, { monitors, histories, from, to });
  const told = { histories, stepMs, bygone: bygoneOf(desk, { from, to }, histories), from, to };
  return monitors.map((monitor) => reportOf(desk, { ...told, monitor, firstAt: firstAt.get(monitor.id) }));
}

interface Told extends Stretch {
  readonly monitor: Monitor;
  readonly histories: readonly RegionHistory[];
  readonly stepMs: number;
  readonly firstAt: Instant | undefined;
  readonly bygone: readonly Bygone[];
}

function reportOf(desk: Desk, told: Told): ReportView {
  const { monitor, histories, from, to, bygone } = told;
  const timeline = timelineOf(desk, told);
  const { upMs, downMs, unknownMs, pausedMs } = timeline;
  const spans = new Map(histories.map(({ region, seen }) => [region, seen.get(monitor.id)?.spans ?? []]));
  const asleep = asleepIn(desk.entries);
  const gaps = timeline.gaps.map((gap) => ({ ...gap, why: sayCause(gap, { spans, incidents: desk.incidents, asleep }) }));
  return {
    monitor: monitor.id,
    from: isoTime(from),
    to: isoTime(to),
    ...{ upMs, downMs, unknownMs, pausedMs },
    ...availabilityOf(timeline),
    summary: availabilityText(timeline),
    segments: segmentViews(timeline.segments, { gaps, pauses: desk.arranged.pausesOf(monitor, { from, to }) }, histories),
    latency: histories.flatMap((history) => latencyViews(history, told)),
    incidents: incidentsIn(desk, told),
    revisedHours: histories.flatMap((history) => revisedHourViews(history, { monitor, rosters: desk.rosters })),
    ...gapViews(gaps, bygone),
  };
}

interface Question extends Stretch {
  readonly monitor: Monitor;
  readonly histories: readonly RegionHistory[];
  readonly firstAt?: Instant | undefined;
}

function timelineOf({ clock, arranged }: Desk, { monitor, histories, from, to, firstAt }: Question): Timeline {
  const spans = histories.flatMap(({ seen }) => seen.get(monitor.id)?.spans ?? []);
  return tellSpans({ from, to, now: clock.now(), spans, firstAt, pauses: arranged.pausesOf(monitor, { from, to }) });
}

/** What is left of the gaps whose cause is that the machine slept. */
const asleepIn = (entries: readonly LogEntry[]): readonly Stretch[] =>
  knownGaps(entries).flatMap((gap) => (lastOf(gap).body.cause === asleepCause ? lastOf(gap).body.stretches : []));

/** When each monitor was observed first, where that is earlier than what was read for the window. */
async function firstObserved(desk: Desk, wanted: Omit<Question, 'monitor'> & { readonly monitors: readonly Monitor[] }): Promise<ReadonlyMap<string, Instant>> {
  const { histories, from, to } = wanted;
  const firstAt = new Map<string, Instant>();
  const keep = (found: ReadonlyMap<string, Instant>): void => {
    for (const [id, at] of found) firstAt.set(id, instant(Math.min(at, firstAt.get(id) ?? at)));
  };
  for (const { beginnings } of histories) keep(beginnings?.firstAt ?? new Map());
  const monitors = wanted.monitors.filter((monitor) => {
    const { gaps } = timelineOf(desk, { monitor, histories, from, to, firstAt: firstAt.get(monitor.id) });
    return gaps.some(({ cause }) => cause === 'before the first observation');
  });
  if (monitors.length === 0) return firstAt;
  const before = instant(Math.floor(from / hour) * hour);
  for (const { region, beginnings } of histories)
    keep(await observedBefore(desk, { region, monitors: [...monitors], before, isRecent: beginnings !== undefined }));
  return firstAt;
}

/** Its own, and those in which nobody watched any monitor. */
function incidentsIn({ incidents }: Desk, { monitor, from, to }: Told): readonly IncidentView[] {
  const about = incidents.filter(({ subject }) => subject === monitorSubject(monitor.id) || subject === monitoringSubject);
  return about.filter(({ openedAt, resolvedAt }) => openedAt < to && (resolvedAt ?? to) > from).map(incidentView);
}

/** Gaps that were written down, as they stand now that these rounds are known. */
function bygoneOf({ config, clock, entries }: Desk, window: Stretch, histories: readonly RegionHistory[]): readonly Bygone[] {
  const gaps = knownGaps(entries).filter((gap) => touches(gap, window));
  const begun = gaps.length === 0 ? [] : histories.flatMap((history) => history.begun());
  const patience = { cycleMs: config.beatIntervalMs, slackMs: slackMs(config.beatIntervalMs) };
  return gaps.flatMap((gap) => lookedAtNow(gap, { window, begun, patience, now: clock.now() }));
}

const touches = ({ revisions: [first] }: KnownGap, window: Stretch): boolean => first.body.stretches.some((stretch) => overlaps(stretch, window));
