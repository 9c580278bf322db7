/** The past of a monitor, as `/api/report` would tell it: up, but for what a test says. */
import type { LatencyView, ReportView, SegmentView } from '../../src/core/views';
import { ireland, ohio } from './news';

const hourMs = 3_600_000;

/** Hours of the window, counted from its beginning. */
export type Piece = Partial<SegmentView> & { readonly hours: readonly [from: number, to: number] };

/** The report that the page asked for; `pieces` need not cover the window, what they leave is up. */
export function past(query: URLSearchParams, pieces: readonly Piece[] = []): ReportView {
  const [monitor, from, to, steps] = ['monitor', 'from', 'to', 'steps'].map((name) => query.get(name) ?? '') as [string, string, string, string];
  const at = (hours: number) => new Date(Date.parse(from) + hours * hourMs).toISOString();
  const hours = (Date.parse(to) - Date.parse(from)) / hourMs;
  const segments: SegmentView[] = [];
  let told = 0;
  for (const {
    hours: [start, end],
    ...over
  } of [...pieces, { hours: [hours, hours] as const }]) {
    const up: SegmentView = { from: at(told), to: at(start), state: 'up', cause: null, why: '', revision: 0 };
    if (start > told) segments.push(up);
    if (end > start) segments.push({ ...up, from: at(start), to: at(end), ...over });
    told = end;
  }
  const figures = { upMs: 0, downMs: 0, unknownMs: 0, pausedMs: 0, known: 0.999, coverage: 0.98, bounds: [0.98, 0.999] as const };
  const summary = '99.900 % known · coverage 98.000 % · 98.000–99.900 %';
  const lists = { incidents: [], revisedHours: [], gaps: [], formerGaps: [] };
  return { monitor, from, to, ...figures, summary, segments, latency: latencyOf(at, hours, Number(steps)), ...lists };
}

/** A wave for each region, with a break where nobody answered. */
function latencyOf(at: (hours: number) => string, hours: number, steps: number): LatencyView[] {
  const each = hours / steps;
  return [ireland, ohio].flatMap((region, nth) =>
    Array.from({ length: steps }, (_, step) => step)
      .filter((step) => step < steps * 0.5 || step >= steps * 0.55)
      .map((step) => {
        const medianMs = 20 + nth * 70 + 6 * Math.sin(step / 2 + nth);
        return { region, from: at(step * each), to: at((step + 1) * each), answers: 120, medianMs, p95Ms: medianMs * (1.3 + (step % 7 === 0 ? 0.6 : 0)) };
      }),
  );
}
