/** How a window of time was spent: up, down, unknown or paused, exactly. Time that nobody watched is unknown, with its cause. */
import { type Instant, instant } from './basics/brand';

/** One observation of one region, at the time its slot began. */
export interface Mark {
  readonly at: Instant;
  /** `skipped`: the region was at work, but did not cover this monitor. */
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** Why it was skipped. */
  readonly why?: string | undefined;
  /** How long a good answer took. */
  readonly latencyMs?: number | undefined;
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

/** The pieces of a window: each follows on the one before, and together they fill it. */
export interface Segment extends Stretch {
  readonly state: 'up' | 'down' | 'unknown' | 'paused';
  /** Why it is unknown. */
  readonly cause?: GapCause | undefined;
}

export interface Timeline {
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly pausedMs: number;
  readonly gaps: readonly Gap[];
  readonly segments: readonly Segment[];
}

export interface Patience {
  readonly intervalMs: number;
  /** How much later than its interval the next observation may come and still follow on without a gap. */
  readonly toleranceMs: number;
}

export interface TimelineQuestion extends Patience, Stretch {
  readonly now: Instant;
  /** The marks of each region, oldest first; ones before the window count for its beginning. */
  readonly marks: readonly (readonly Mark[])[];
  /** When it was observed first, where that is known to be earlier than any of these marks. */
  readonly firstAt?: Instant | undefined;
}

/** What one region's observations say of a stretch of time. */
export interface Span extends Stretch {
  readonly outcome: Mark['outcome'];
  readonly why?: string | undefined;
}

/** Up while any region's valid observation succeeds, down while all valid ones fail, unknown while there is none. */
export function tellTime(question: TimelineQuestion): Timeline {
  return tellSpans({ ...question, spans: question.marks.flatMap((marks) => spansOf(marks, question)) });
}

export interface SpansQuestion extends Stretch {
  readonly now: Instant;
  /** Of all regions, in any order; those of one region do not overlap. */
  readonly spans: readonly Span[];
  /** Planned work: what was observed meanwhile counts as paused. Time that nobody watched stays unknown. */
  readonly pauses?: readonly Stretch[] | undefined;
  readonly firstAt?: Instant | undefined;
}

/** The same, of spans that are known already. */
export function tellSpans(question: SpansQuestion): Timeline {
  const { from, to, now, spans, pauses = [] } = question;
  const firstAt = spans.reduce((first, span) => Math.min(first, span.from), question.firstAt ?? Number.POSITIVE_INFINITY);
  const timeline = { upMs: 0, downMs: 0, unknownMs: 0, pausedMs: 0 };
  const segments: Segment[] = [];
  for (const piece of piecesOf(spans, { from, to, now, pauses })) {
    const state = stateOf(piece);
    timeline[`${state}Ms`] += piece.to - piece.from;
    const cause = state === 'unknown' ? causeOf(piece, { firstAt, now }) : undefined;
    extend(segments, { from: piece.from, to: piece.to, state, ...(cause === undefined ? {} : { cause }) });
  }
  return { ...timeline, gaps: segments.flatMap(({ from, to, cause }) => (cause === undefined ? [] : [{ from, to, cause }])), segments };
}

function stateOf({ ok, failed, paused }: Piece): Segment['state'] {
  if (ok + failed === 0) return 'unknown';
  if (paused > 0) return 'paused';
  return ok > 0 ? 'up' : 'down';
}

/** An observation holds until the next one; where none follows in time, for one interval and no longer. */
export function spansOf(marks: readonly Mark[], { intervalMs, toleranceMs, now }: Patience & { readonly now: Instant }): readonly Span[] {
  return marks.map(({ at, outcome, why }, index) => {
    const next = marks[index + 1]?.at ?? now;
    const follows = next - at <= intervalMs + toleranceMs;
    return { from: at, to: instant(follows ? next : at + intervalMs), outcome, ...(why === undefined ? {} : { why }) };
  });
}

/** The same spans within a stretch, those that say the same of adjoining time as one. In order of time, and not overlapping. */
export function spansWithin(spans: readonly Span[], { from, to }: Stretch): readonly Span[] {
  const within: Span[] = [];
  for (const span of spans) {
    if (span.from >= to || span.to <= from || span.from >= span.to) continue;
    addSpan(within, span.from >= from && span.to <= to ? span : { ...span, from: instant(Math.max(span.from, from)), to: instant(Math.min(span.to, to)) });
  }
  return within;
}

/** Lets the last one last longer, where it says the same. */
export function addSpan(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && last.to === span.from && last.outcome === span.outcome && last.why === span.why) spans[spans.length - 1] = { ...last, to: span.to };
  else spans.push(span);
}

interface Piece extends Stretch {
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
  readonly paused: number;
}

type Cutting = Stretch & { readonly now: Instant; readonly pauses: readonly Stretch[] };

/** Cuts the window where anything begins or ends, and counts what holds in each piece. */
function piecesOf(spans: readonly Span[], { from, to, now, pauses }: Cutting): readonly Piece[] {
  const steps: { at: number; outcome: Mark['outcome'] | 'paused' | 'edge'; by: number }[] = [from, to, Math.min(Math.max(now, from), to)].map((at) => ({
    at,
    outcome: 'edge',
    by: 0,
  }));
  for (const span of [...spans, ...pauses.map((pause) => ({ ...pause, outcome: 'paused' as const }))]) {
    const [begin, end] = [Math.max(span.from, from), Math.min(span.to, to)];
    if (begin >= end) continue;
    steps.push({ at: begin, outcome: span.outcome, by: 1 }, { at: end, outcome: span.outcome, by: -1 });
  }
  steps.sort((one, other) => one.at - other.at);
  const holding = { ok: 0, failed: 0, skipped: 0, paused: 0, edge: 0 };
  const pieces: Piece[] = [];
  let begin: number = from;
  for (const step of steps) {
    const { edge: _edge, ...counts } = holding;
    if (step.at > begin) pieces.push({ from: instant(begin), to: instant(step.at), ...counts });
    begin = Math.max(begin, step.at);
    holding[step.outcome] += step.by;
  }
  return pieces;
}

function causeOf(piece: Piece, { firstAt, now }: { readonly firstAt: number; readonly now: Instant }): GapCause {
  if (piece.from >= now) return 'in the future';
  if (piece.to <= firstAt) return 'before the first observation';
  return piece.skipped > 0 ? 'probers reported but did not cover this monitor' : 'no prober reported';
}

function extend(segments: Segment[], segment: Segment): void {
  const last = segments.at(-1);
  if (last !== undefined && last.state === segment.state && last.cause === segment.cause) segments[segments.length - 1] = { ...last, to: segment.to };
  else segments.push(segment);
}
