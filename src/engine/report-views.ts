/** The parts of a report that a page draws: the axis of time, latency, and the hours that were written down more than once. */
import { type Instant, instant } from '../core/basics/brand';
import { hour, isoTime } from '../core/basics/time';
import type { Monitor } from '../core/config/config';
import { readHour } from '../core/hour';
import { answersOf, quantileMs } from '../core/latency';
import type { Quiet } from '../core/orders/arranged';
import { hourOfTime } from '../core/roll-up';
import { type Gap, overlaps, type Segment, type Span, type Stretch, tellSpans } from '../core/timeline';
import type { HourRevisionView, LatencyView, SegmentView } from '../core/views';
import type { RegionHistory } from './history';
import type { Roster } from './marks';
import type { Revision } from './stored-hours';

export interface Reasons {
  readonly gaps: readonly (Gap & { readonly why: string })[];
  readonly pauses: readonly Quiet[];
}

export function segmentViews(segments: readonly Segment[], { gaps, pauses }: Reasons, histories: readonly RegionHistory[]): readonly SegmentView[] {
  const whys = new Map(gaps.map(({ from, why }) => [from, why]));
  return segments.map(({ from, to, state, cause }) => ({
    from: isoTime(from),
    to: isoTime(to),
    state,
    cause: cause ?? null,
    why: state === 'unknown' ? (whys.get(from) ?? '') : state === 'paused' ? pausesText(pauses.filter((pause) => overlaps(pause, { from, to }))) : '',
    revision: highestRevision({ from, to }, histories),
  }));
}

/** Such as `maintenance by ana (o-5): backups`; of the file, `maintenance by twinwatch.yaml`. Each once, though every region has written it down. */
function pausesText(pauses: readonly Quiet[]): string {
  const texts = pauses.map(({ by, name, why }) => `maintenance by ${by}${name === by ? '' : ` (${name})`}${why === undefined ? '' : `: ${why}`}`);
  return [...new Set(texts)].join('; ');
}

function highestRevision({ from, to }: Stretch, histories: readonly RegionHistory[]): number | null {
  let highest: number | null = null;
  for (const { hours } of histories) {
    if (hours.size === 0) continue;
    for (let begins = Math.floor(from / hour) * hour; begins < to; begins += hour) {
      const revision = hours.get(instant(begins))?.at(-1)?.[0].revision;
      if (revision !== undefined && revision > (highest ?? -1)) highest = revision;
    }
  }
  return highest;
}

export interface Drawn extends Stretch {
  readonly monitor: Monitor;
  readonly stepMs: number;
}

/** Steps without any good answer are left out. */
export function latencyViews({ region, seen }: RegionHistory, { monitor, from, to, stepMs }: Drawn): readonly LatencyView[] {
  return (seen.get(monitor.id)?.latency ?? []).flatMap((latency, step) => {
    const [medianMs, p95Ms] = [quantileMs(latency, 0.5), quantileMs(latency, 0.95)];
    if (medianMs === null || p95Ms === null) return [];
    const begins = instant(from + step * stepMs);
    return [{ region, from: isoTime(begins), to: isoTime(instant(Math.min(to, begins + stepMs))), answers: answersOf(latency), medianMs, p95Ms }];
  });
}

export interface RevisedOf {
  readonly monitor: Monitor;
  readonly rosters: ReadonlyMap<string, Roster>;
}

export function revisedHourViews(history: RegionHistory, of: RevisedOf): readonly HourRevisionView[] {
  return [...history.hours].flatMap(([begins, revisions]) =>
    revisions.length < 2 ? [] : revisions.map((revision) => revisionView(history, { begins, revision, ...of })),
  );
}

function revisionView(
  { region }: RegionHistory,
  { begins, revision, monitor, rosters }: RevisedOf & { readonly begins: Instant; readonly revision: Revision },
) {
  const [{ configHash, writtenAt, revision: number }] = revision;
  const wanted = rosters.get(`${region} ${configHash}`)?.get(monitor.id);
  const spans: Span[] = [];
  for (const item of revision) readHour(item, { spans: (place) => (place === wanted ? spans : undefined), latency: () => undefined });
  const { from, to } = hourOfTime(begins);
  const { upMs, downMs, unknownMs } = tellSpans({ from, to, now: writtenAt, spans });
  return { region, from: isoTime(from), to: isoTime(to), revision: number, writtenAt: isoTime(writtenAt), upMs, downMs, unknownMs };
}
