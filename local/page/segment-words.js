/** What a piece of a monitor's history is called, and which tone it takes. Only what is known to be good is drawn as good. */
import { spanText } from './words.js';

/**
 * `absent` is time of which nobody could know: before the monitor existed, or yet to come.
 * @typedef {'up' | 'partial' | 'down' | 'unknown' | 'paused' | 'absent'} HistoryTone
 * @typedef {import('./api.js').SegmentView} SegmentView
 * @typedef {import('./api.js').LatencyView} LatencyView
 */

/** @type {Record<string, HistoryTone>} */
const ofState = { up: 'up', partial: 'partial', down: 'down', paused: 'paused' };
const absentCauses = ['before the first observation', 'in the future'];

/**
 * @param {SegmentView} segment
 * @returns {HistoryTone}
 */
export function toneOfSegment({ state, cause }) {
  if (state === 'unknown' && absentCauses.includes(cause ?? '')) return 'absent';
  return ofState[state] ?? 'unknown';
}

/**
 * Such as `unknown, 2026-11-20 04:00:00 to 05:30:00 UTC (1 h 30 min): no prober reported; both silent. Revision 2.`
 * @param {SegmentView} segment
 */
export function segmentText(segment) {
  const name = toneOfSegment(segment) === 'absent' ? 'no data' : segment.state;
  const because = [segment.cause, segment.why].filter(Boolean).join('; ');
  const origin = segment.revision === null ? 'From beats, not yet rolled up' : `Revision ${segment.revision}`;
  return `${name}, ${stretchText(segment)}${because === '' ? '' : `: ${because}`}. ${origin}.`;
}

/**
 * Such as `latency, 2026-11-20 04:00:00 to 05:00:00 UTC (1 h): eu-west-1 half within 12 ms, 95 % within 40 ms, of 120 answers.`
 * @param {readonly LatencyView[]} step one of each region, of the same time
 */
export function latencyText(step) {
  const [first] = step;
  if (first === undefined) return '';
  const regions = step.map(
    ({ region, medianMs, p95Ms, answers }) => `${region} half within ${Math.round(medianMs)} ms, 95 % within ${Math.round(p95Ms)} ms, of ${answers} answers`,
  );
  return `latency, ${stretchText(first)}: ${regions.join('; ')}.`;
}

/** The day is said twice only where it changes. @param {{ readonly from: string, readonly to: string }} stretch */
function stretchText({ from, to }) {
  const [start, end] = [plainTime(from), plainTime(to)];
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${start} to ${sameDay ? end.slice(11) : end} UTC (${spanText(Date.parse(to) - Date.parse(from))})`;
}

/** @param {string} iso */
const plainTime = (iso) => new Date(iso).toISOString().slice(0, 19).replace('T', ' ');
