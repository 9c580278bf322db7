/** How a window of time was spent: up, down, unknown or paused, exactly. Time that nobody watched is unknown, with its cause. */
import { type Instant, instant } from './basics/brand';

/** One observation of one region, at the time its slot began. */
export interface Mark {
  readonly at: Instant;
  /** `skipped`: the region was at work, but did not cover this monitor. */
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** Why it was skipped. */
  readonly why?: string | undefined;
}

export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

export const overlaps = (one: Stretch, other: Stretch): boolean => one.from < other.to && other.from < one.to;

export type GapCause = 'before the first observation' | 'no prober reported' | 'probers reported but did not cover this monitor' | 'in the future';

export interface Gap extends Stretch {
  readonly cause: GapCause;
}

export interface Timeline {
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly pausedMs: number;
  readonly gaps: readonly Gap[];
}

export interface TimelineQuestion {
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  readonly intervalMs: number;
  /** How much later than its interval the next observation may come and still follow on without a gap. */
  readonly toleranceMs: number;
  /** The marks of each region, oldest first; ones before the window count for its beginning. */
  readonly marks: readonly (readonly Mark[])[];
  /** When it was observed first, where that is known to be earlier than any of these marks. */
  readonly firstAt?: Instant | undefined;
}

/** Up while any region's valid observation succeeds, down while all valid ones fail, unknown while there is none. */
export function tellTime(question: TimelineQuestion): Timeline {
  const spans = question.marks.flatMap((marks) => spansOf(marks, question));
  const segments = segmentsOf(spans, question);
  const firstAt = Math.min(...[...question.marks.map(([first]) => first?.at), question.firstAt].map((at) => at ?? Number.POSITIVE_INFINITY));
  const timeline = { upMs: 0, downMs: 0, unknownMs: 0, pausedMs: 0 };
  const gaps: Gap[] = [];
  for (const segment of segments) {
    const lengthMs = segment.to - segment.from;
    if (segment.ok > 0) timeline.upMs += lengthMs;
    else if (segment.failed > 0) timeline.downMs += lengthMs;
    else {
      timeline.unknownMs += lengthMs;
      addGap(gaps, { from: segment.from, to: segment.to, cause: causeOf(segment, { firstAt, now: question.now }) });
    }
  }
  return { ...timeline, gaps };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly outcome: Mark['outcome'];
}

/** An observation holds until the next one; where none follows in time, for one interval and no longer. */
function spansOf(marks: readonly Mark[], { intervalMs, toleranceMs, now }: TimelineQuestion): readonly Span[] {
  return marks.map((mark, index) => {
    const next = marks[index + 1]?.at ?? now;
    const follows = next - mark.at <= intervalMs + toleranceMs;
    return { from: mark.at, to: follows ? next : mark.at + intervalMs, outcome: mark.outcome };
  });
}

interface Segment {
  readonly from: Instant;
  readonly to: Instant;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Cuts the window where anything begins or ends, and counts what holds in each piece. */
function segmentsOf(spans: readonly Span[], { from, to, now }: TimelineQuestion): readonly Segment[] {
  const steps: { at: number; outcome: Mark['outcome'] | 'edge'; by: number }[] = [from, to, Math.min(Math.max(now, from), to)].map((at) => ({
    at,
    outcome: 'edge',
    by: 0,
  }));
  for (const span of spans) {
    const [begin, end] = [Math.max(span.from, from), Math.min(span.to, to)];
    if (begin >= end) continue;
    steps.push({ at: begin, outcome: span.outcome, by: 1 }, { at: end, outcome: span.outcome, by: -1 });
  }
  steps.sort((one, other) => one.at - other.at);
  const holding = { ok: 0, failed: 0, skipped: 0, edge: 0 };
  const segments: Segment[] = [];
  let begin: number = from;
  for (const step of steps) {
    if (step.at > begin) segments.push({ from: instant(begin), to: instant(step.at), ok: holding.ok, failed: holding.failed, skipped: holding.skipped });
    begin = Math.max(begin, step.at);
    holding[step.outcome] += step.by;
  }
  return segments;
}

function causeOf(segment: Segment, { firstAt, now }: { readonly firstAt: number; readonly now: Instant }): GapCause {
  if (segment.from >= now) return 'in the future';
  if (segment.to <= firstAt) return 'before the first observation';
  return segment.skipped > 0 ? 'probers reported but did not cover this monitor' : 'no prober reported';
}

function addGap(gaps: Gap[], gap: Gap): void {
  const last = gaps.at(-1);
  if (last !== undefined && last.to === gap.from && last.cause === gap.cause) gaps[gaps.length - 1] = { ...last, to: gap.to };
  else gaps.push(gap);
}
