/** Gaps as a report shows them: what is unknown, and how what was written down about it became smaller. */
import type { Instant } from './basics/brand';
import { isoTime } from './basics/time';
import { hullOf, type KnownGap, lastOf, lengthMs, remaining } from './gap';
import { type Gap, overlaps, type Stretch } from './timeline';
import type { GapRevisionView, ReportView } from './views';

/** A gap that was written down, with all that was ever said of it. */
export interface Bygone {
  readonly hull: Stretch;
  readonly revisions: readonly { readonly at: Instant; readonly stretches: readonly Stretch[]; readonly cause: string }[];
}

/** What a report finds of a gap that was written down; nothing where its window does not touch it. Beats that came since are one more revision. */
export function lookedAtNow(
  gap: KnownGap,
  seen: {
    readonly window: Stretch;
    readonly begun: readonly Instant[];
    readonly patience: { readonly cycleMs: number; readonly slackMs: number };
    readonly now: Instant;
  },
): readonly Bygone[] {
  const { window, begun, patience, now } = seen;
  const hull = hullOf(gap.revisions[0]);
  if (hull === undefined || !overlaps(hull, window)) return [];
  const revisions = gap.revisions.map(({ at, body }) => ({ at, stretches: body.stretches, cause: body.cause }));
  const { stretches, cause } = lastOf(gap).body;
  const left = remaining(stretches, begun, patience);
  if (lengthMs(left) < lengthMs(stretches)) revisions.push({ at: now, stretches: left, cause: left.length === 0 ? 'beats of that time came late' : cause });
  return [{ hull, revisions }];
}

export function gapViews(gaps: readonly (Gap & { readonly why: string })[], bygone: readonly Bygone[]): Pick<ReportView, 'gaps' | 'formerGaps'> {
  const isOf = (gap: Gap, { hull }: Bygone): boolean => gap.cause === 'no prober reported' && overlaps(gap, hull);
  const former = bygone.filter((one) => !gaps.some((gap) => isOf(gap, one)));
  return {
    gaps: gaps.map((gap) => ({ ...timesOf(gap), cause: gap.cause, why: gap.why, revisions: bygone.filter((one) => isOf(gap, one)).flatMap(revisionViews) })),
    formerGaps: former.map((one) => ({ ...timesOf(one.hull), revisions: revisionViews(one) })),
  };
}

const timesOf = ({ from, to }: Stretch): { readonly from: string; readonly to: string } => ({ from: isoTime(from), to: isoTime(to) });

/** A revision that leaves nothing has no length. */
function revisionViews({ hull, revisions }: Bygone): readonly GapRevisionView[] {
  return revisions.flatMap(({ at, stretches, cause }) => {
    const shown = stretches.length === 0 ? [{ from: hull.to, to: hull.to }] : stretches;
    return shown.map((stretch) => ({ at: isoTime(at), ...timesOf(stretch), cause }));
  });
}
