/** The JSON that programs may rely on: shapes of `/api/status`, `/api/announcements` and `/api/report`. Times are ISO strings. */
import type { Severity } from './config/config';
import type { Reason } from './observation';

export interface StatusView {
  readonly now: string;
  readonly regions: readonly RegionView[];
  readonly monitors: readonly MonitorView[];
  readonly watches: readonly WatchView[];
  /** Open ones first, then the newest resolved ones. */
  readonly incidents: readonly IncidentView[];
}

export interface RegionView {
  readonly name: string;
  readonly role: 'prober' | 'witness';
  /** Age of the newest beat that anyone can read; `null` where there is none, as for a witness. */
  readonly lastBeatAgeMs: number | null;
}

export interface MonitorView {
  readonly id: string;
  /** The target as it may be shown. */
  readonly target: string;
  readonly verdict: 'up' | 'partial' | 'down' | 'misidentified' | 'unknown';
  /** It is up, and fails too often to be called steady. */
  readonly isFlaky: boolean;
  readonly certainty: 'confirmed' | 'single-witness';
  /** Since when this verdict holds, as far as is known. */
  readonly since: string | null;
  /** Why this verdict, in words. */
  readonly reason: string;
  readonly regions: Readonly<Record<string, MonitorRegionView>>;
  /** Whether it is proven who answers; absent where nobody is named who must. */
  readonly identity?: IdentityView | undefined;
}

export interface IdentityView {
  /** Who must answer, and by what that is proven. */
  readonly wanted: string;
  /** By the newest observation of every region that is fresh. */
  readonly isProven: boolean;
  readonly lastProven: { readonly region: string; readonly at: string } | null;
  /** All of it in words: when it was last proven, or why it is not. */
  readonly words: string;
}

export interface MonitorRegionView {
  readonly health: 'up' | 'down' | 'unknown';
  readonly reason: Reason | null;
  /** Such as `status 503, wanted 2xx`. */
  readonly detail: string;
  /** Age of the newest observation of this region. */
  readonly ageMs: number | null;
  /** Latency of the newest observation. */
  readonly latencyMs: number | null;
}

export interface WatchView {
  readonly observer: string;
  readonly subject: string;
  readonly state: string;
  readonly since: string | null;
  /** The evidence in words, such as `local replica old, direct read failed, witness old`. */
  readonly reason: string;
  /** Age of this watch record itself: old words are shown as old. */
  readonly ageMs: number;
}

export interface IncidentView {
  readonly id: string;
  readonly key: string;
  readonly subject: string;
  readonly family: string;
  readonly severity: Severity;
  readonly state: 'open' | 'resolved';
  /** What the incident says now: `down`, `partial`, `silent` … */
  readonly condition: string;
  readonly certainty: 'confirmed' | 'single-witness';
  readonly openedAt: string;
  readonly resolvedAt: string | null;
}

export interface AnnouncementView {
  readonly id: string;
  readonly incident: string;
  readonly subject: string;
  readonly kind: 'opened' | 'changed' | 'resolved';
  /** Why it was said, and said by this region. */
  readonly reason: string;
  readonly at: string;
  /** The region that spoke. */
  readonly region: string;
  readonly channel: string;
  readonly receipt: { readonly level: 'accepted'; readonly messageId: string; readonly at: string } | null;
  /** What became of it at each channel that it was for, as far as anybody has written it down. */
  readonly channels: readonly ChannelNewsView[];
  /** First line of the message. */
  readonly text: string;
}

export interface ChannelNewsView {
  readonly channel: string;
  /** Such as `slack`; `null` of a channel that the configuration has no longer. */
  readonly kind: string | null;
  /**
   * `delivered`: a relay saw it taken. `accepted`: SNS itself brings it, and nobody sees whether it came. `undelivered`: a relay tried, and it
   * was not taken. `under-way`: a relay has it, and has not written yet what became of it.
   */
  readonly state: 'delivered' | 'accepted' | 'undelivered' | 'under-way';
  /** Whose relay or topic. */
  readonly region: string;
  readonly at: string;
  /** Why it was not taken. */
  readonly why: string | null;
}

export interface ReportView {
  readonly monitor: string;
  readonly from: string;
  readonly to: string;
  /** The four add up to `to - from`, exactly. */
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly pausedMs: number;
  /** Up, of the time that is known; `null` where nothing is known. A share of one, as all of these. */
  readonly known: number | null;
  /** Known, of all time that is not paused. */
  readonly coverage: number | null;
  /** The truth lies between: all unknown time was down, or all of it was up. */
  readonly bounds: readonly [least: number, most: number] | null;
  /** The same as one line: `99.988 % known · coverage 99.727 % · 99.715–99.988 %`, or `no data`. */
  readonly summary: string;
  /** The window piece by piece, without a break: what a page draws on an axis of time. */
  readonly segments: readonly SegmentView[];
  /** How long good answers took, region by region, in steps of whole hours. */
  readonly latency: readonly LatencyView[];
  /** What was told of this monitor and touches the window, oldest first. */
  readonly incidents: readonly IncidentView[];
  /** Hours that were written down more than once, since beats of them came late: every revision. */
  readonly revisedHours: readonly HourRevisionView[];
  /** The unknown time, piece by piece. */
  readonly gaps: readonly GapView[];
  /** Gaps that were told, and of which nothing is left: beats of that time came late. */
  readonly formerGaps: readonly Omit<GapView, 'cause' | 'why'>[];
}

export interface SegmentView {
  readonly from: string;
  readonly to: string;
  readonly state: 'up' | 'down' | 'unknown' | 'paused';
  /** Of unknown time, as in `gaps`. */
  readonly cause: GapView['cause'] | null;
  /** Of unknown time as in `gaps`; of paused time, whose maintenance it was. */
  readonly why: string;
  /** The highest revision of the roll-ups that it is told from; `null` where it is told from beats alone. */
  readonly revision: number | null;
}

export interface LatencyView {
  readonly region: string;
  readonly from: string;
  readonly to: string;
  /** How many good answers there were. */
  readonly answers: number;
  /** Half of them took at most so long, and 95 of 100. Off by 9 % at most. */
  readonly medianMs: number;
  readonly p95Ms: number;
}

export interface HourRevisionView {
  readonly region: string;
  readonly from: string;
  readonly to: string;
  /** Counts from 0. */
  readonly revision: number;
  readonly writtenAt: string;
  /** What this region alone saw of the hour, as it was known then. */
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
}

/** Of one window, all monitors. */
export interface ReportsView {
  readonly from: string;
  readonly to: string;
  /** When it was made: what is later than that is not known yet. */
  readonly at: string;
  readonly reports: readonly ReportView[];
}

export interface GapView {
  readonly from: string;
  readonly to: string;
  readonly cause: 'before the first observation' | 'no prober reported' | 'probers reported but did not cover this monitor' | 'in the future';
  /** Such as `eu-west-1 silent, us-east-2 hung`: what was said of each prober in that time. */
  readonly why: string;
  /** What was written down about time that nobody watched, each smaller than the one before; more than one piece of the same time is one revision. */
  readonly revisions: readonly GapRevisionView[];
}

export interface GapRevisionView {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly cause: string;
}
