/** What a monitor was, piece by piece, each as wide as it lasted. Height and pattern tell as much as colour does. */
import { drawList, makeSvg, setAttributes } from './dom.js';
import { pieceList } from './pieces.js';
import { segmentText, toneOfSegment } from './segment-words.js';
import { percent, shareOf } from './time-axis.js';

/**
 * @typedef {import('./api.js').ReportView} ReportView
 * @typedef {import('./api.js').SegmentView} SegmentView
 * @typedef {import('./time-axis.js').Window} Window
 */

const tall = { y: 1, height: 24 };
const low = { y: 8, height: 17 };
/** A share of the width that is too thin to be seen. */
const thin = 0.004;

/** @param {HTMLElement} told */
export function stateStrip(told) {
  const pieces = makeSvg('g');
  const marks = makeSvg('g', { 'aria-hidden': 'true' });
  const node = makeSvg('svg', { class: 'strip', role: 'group' }, pieces, marks);
  const drawPieces = pieceList(pieces, told);
  const draw = (/** @type {ReportView} */ report, /** @type {Window} */ window) => {
    const placed = report.segments.map((segment, at) => ({ segment, at, ...placeOf(segment, window) }));
    drawPieces(placed.map(pieceOf));
    // Widths stay true to time; what is too thin to be seen has a mark above it.
    const hidden = placed.filter(({ segment, width }) => width < thin && toneOfSegment(segment) !== 'up');
    drawList(marks, hidden, { key: ({ segment }) => segment.from, row: markRow });
    setAttributes(node, { 'aria-label': `History of ${report.monitor}, ${report.segments.length} pieces: ${report.summary}` });
  };
  return { node, draw };
}

/**
 * @param {SegmentView} segment
 * @param {Window} window
 */
function placeOf(segment, window) {
  const x = shareOf(Date.parse(segment.from), window);
  return { x, width: shareOf(Date.parse(segment.to), window) - x };
}

/** @typedef {{ readonly segment: SegmentView, readonly at: number, readonly x: number, readonly width: number }} Placed */

/** @param {Placed} placed @returns {import('./pieces.js').Piece} */
function pieceOf({ segment, at, x, width }) {
  const tone = toneOfSegment(segment);
  const box = { ...(tone === 'up' ? low : tall), x: percent(x), width: percent(width) };
  // The window moves on, so the first piece begins elsewhere each time and is still the same.
  return { key: at === 0 ? 'first' : segment.from, className: tone, text: segmentText(segment), box };
}

function markRow() {
  const node = makeSvg('line', { y1: 0, y2: 25 });
  const draw = (/** @type {Placed} */ { segment, x, width }) => {
    const middle = percent(x + width / 2);
    setAttributes(node, { class: `mark ${toneOfSegment(segment)}`, x1: middle, x2: middle });
  };
  return { node, draw };
}
