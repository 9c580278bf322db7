/** How long good answers took, region by region: half of them within the bold line, 95 of 100 within the fine one. Time without answers is a break. */
import { drawList, make, makeSvg, setAttributes, setText } from './dom.js';
import { pieceList } from './pieces.js';
import { latencyText } from './segment-words.js';
import { percent, shareOf } from './time-axis.js';

/**
 * @typedef {import('./api.js').ReportView} ReportView
 * @typedef {import('./api.js').LatencyView} LatencyView
 * @typedef {import('./time-axis.js').Window} Window
 * @typedef {{ readonly region: string, readonly at: number, readonly median: string, readonly p95: string }} Curve
 */

const height = 44;
/** Units across; stretched to the real width, lines excepted. */
const across = 1000;
const lineStyles = 3;

/** @param {HTMLElement} told */
export function latencyChart(told) {
  const curves = makeSvg('g');
  const plot = makeSvg('svg', { viewBox: `0 0 ${across} ${height}`, width: '100%', height, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, curves);
  const steps = makeSvg('g');
  const svg = makeSvg('svg', { class: 'latencies', role: 'group' }, plot, steps);
  const most = make('span', 'most');
  const key = make('span', 'curve-key');
  const node = make('div', 'latency-chart', make('p', 'quiet latency-head', most, key), svg);
  const drawSteps = pieceList(steps, told);
  const draw = (/** @type {ReportView} */ report, /** @type {Window} */ window) => {
    const mostMs = Math.max(1, ...report.latency.map(({ p95Ms }) => p95Ms));
    const drawn = curvesOf(report.latency, window, mostMs);
    setAttributes(node, { hidden: report.latency.length === 0 ? '' : null });
    setAttributes(svg, { 'aria-label': `Latency of ${report.monitor}, up to ${Math.round(mostMs)} ms` });
    setText(most, `latency, 0 to ${Math.round(mostMs)} ms; bold: half of the answers, fine: 95 %`);
    drawList(curves, drawn, { key: ({ region }) => region, row: curveRow });
    drawList(key, drawn, { key: ({ region }) => region, row: keyRow });
    drawSteps(stepsOf(report.latency, window));
  };
  return { node, draw };
}

/**
 * @param {readonly LatencyView[]} latency
 * @param {Window} window
 * @param {number} mostMs
 * @returns {readonly Curve[]}
 */
function curvesOf(latency, window, mostMs) {
  const regions = [...new Set(latency.map(({ region }) => region))].sort();
  return regions.map((region, at) => {
    const mine = latency.filter((one) => one.region === region).sort((one, other) => Date.parse(one.from) - Date.parse(other.from));
    const y = (/** @type {number} */ ms) => rounded(height - 2 - (height - 4) * (ms / mostMs));
    return { region, at, median: pathOf(mine, window, ({ medianMs }) => y(medianMs)), p95: pathOf(mine, window, ({ p95Ms }) => y(p95Ms)) };
  });
}

/**
 * A level for each step; only steps that touch are joined.
 * @param {readonly LatencyView[]} steps
 * @param {Window} window
 * @param {(step: LatencyView) => number} y
 */
function pathOf(steps, window, y) {
  const x = (/** @type {string} */ iso) => rounded(across * shareOf(Date.parse(iso), window));
  return steps.map((step, at) => `${steps[at - 1]?.to === step.from ? 'L' : 'M'}${x(step.from)} ${y(step)}H${x(step.to)}`).join('');
}

/** @param {number} units */
const rounded = (units) => Math.round(units * 10) / 10;

function curveRow() {
  const p95 = makeSvg('path', { class: 'p95', 'vector-effect': 'non-scaling-stroke' });
  const median = makeSvg('path', { class: 'median', 'vector-effect': 'non-scaling-stroke' });
  const node = makeSvg('g', {}, p95, median);
  const draw = (/** @type {Curve} */ curve) => {
    setAttributes(node, { class: `curve curve-${curve.at % lineStyles}` });
    setAttributes(p95, { d: curve.p95 });
    setAttributes(median, { d: curve.median });
  };
  return { node, draw };
}

function keyRow() {
  const line = makeSvg('svg', { class: 'sample', width: 22, height: 10, 'aria-hidden': 'true' }, makeSvg('path', { class: 'median', d: 'M0 5H22' }));
  const name = make('span');
  const node = make('span', '', line, name);
  const draw = (/** @type {Curve} */ { region, at }) => {
    setAttributes(node, { class: `curve curve-${at % lineStyles}` });
    setText(name, region);
  };
  return { node, draw };
}

/**
 * @param {readonly LatencyView[]} latency
 * @param {Window} window
 * @returns {readonly import('./pieces.js').Piece[]}
 */
function stepsOf(latency, window) {
  const froms = [...new Set(latency.map(({ from }) => from))].sort();
  return froms.map((from, at) => {
    const step = latency.filter((one) => one.from === from);
    const end = Math.max(...step.map(({ to }) => Date.parse(to)));
    const x = shareOf(Date.parse(from), window);
    const box = { x: percent(x), width: percent(shareOf(end, window) - x), y: 0, height };
    return { key: at === 0 ? 'first' : from, className: 'step', text: latencyText(step), box };
  });
}
