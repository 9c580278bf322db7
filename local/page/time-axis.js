/** An axis of real time in SVG: as wide as its box, with its writing never stretched. */
import { drawList, makeSvg, setAttributes, setText } from './dom.js';

/**
 * Page-independent times in ms since 1970.
 * @typedef {{ readonly fromMs: number, readonly toMs: number }} Window
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Share of the width beside each end where a label would be cut off. */
const edge = 0.045;

/**
 * @param {number} ms
 * @param {Window} window
 */
export const shareOf = (ms, { fromMs, toMs }) => Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs)));

/** @param {number} share */
export const percent = (share) => `${Math.round(share * 1e6) / 1e4}%`;

export function timeAxis() {
  const node = makeSvg('svg', { class: 'axis', 'aria-hidden': 'true', focusable: 'false' });
  const draw = (/** @type {Window} */ window) => {
    const ticks = ticksOf(window).map((at) => ({ at, x: percent(shareOf(at, window)) }));
    drawList(node, ticks, { key: ({ at }) => String(at), row: tickRow });
  };
  return { node, draw };
}

/** Whole quarters of an hour, or of a UTC day, or every fifth day. */
const stepOf = (/** @type {number} */ lengthMs) => (lengthMs <= 2 * hourMs ? hourMs / 4 : lengthMs <= 2 * dayMs ? 6 * hourMs : 5 * dayMs);

/** @param {Window} window */
function ticksOf(window) {
  const stepMs = stepOf(window.toMs - window.fromMs);
  /** @type {number[]} */
  const ticks = [];
  for (let at = Math.ceil(window.fromMs / stepMs) * stepMs; at < window.toMs; at += stepMs) {
    const share = shareOf(at, window);
    if (share > edge && share < 1 - edge) ticks.push(at);
  }
  return ticks;
}

function tickRow() {
  const line = makeSvg('line', { y1: 0, y2: 4 });
  const label = makeSvg('text', { y: 15 });
  const node = makeSvg('g', {}, line, label);
  const draw = (/** @type {{ at: number, x: string }} */ { at, x }) => {
    setAttributes(line, { x1: x, x2: x });
    setAttributes(label, { x });
    setText(label, tickText(at));
  };
  return { node, draw };
}

const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** The day where one begins, else the hour. @param {number} at */
const tickText = (at) => (at % dayMs === 0 ? dayName.format(at) : new Date(at).toISOString().slice(11, 16));
