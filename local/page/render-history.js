/** The past of every monitor on an axis of time: what it was, and how long it took to answer. */
import { setAge } from './ages.js';
import { isFirstAwaited } from './api.js';
import { pageNow, pageTime } from './clock.js';
import { byId, drawList, make, makeSvg, setAttributes, setClass, setText } from './dom.js';
import { chapterOf, periods, readHistory } from './history.js';
import { latencyChart } from './latency-chart.js';
import { stateStrip } from './state-strip.js';
import { timeAxis } from './time-axis.js';
import { count } from './words.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./history.js').Period} Period
 * @typedef {import('./history.js').Chapter} Chapter
 * @typedef {import('./api.js').ReportView} ReportView
 */

const hint = 'Point at a piece, or reach it with Tab and the arrow keys, to read what it is.';
const keys = [
  { tone: 'up', word: 'up' },
  { tone: 'down', word: 'down' },
  { tone: 'unknown', word: 'unknown' },
  { tone: 'paused', word: 'paused' },
  { tone: 'absent', word: 'no data yet' },
];
/** Who has only just begun sees more in an hour than in a day. */
const youngMs = 6 * 3_600_000;
/** @type {Period | null} */
let chosen = null;
/** @type {Period} */
let period = periods[1];
/** @type {readonly string[]} */
let monitors = [];

/** Also asks for what is due; where it is not known yet how young all is, nothing: a day takes longer to read than an hour. @param {News} news */
export function drawHistory({ status, local }) {
  if (status.view === null || isFirstAwaited(local)) return;
  const isYoung = local.view !== null && pageNow() - (pageTime(local.view.startedAt) ?? 0) < youngMs;
  period = chosen ?? (isYoung ? periods[0] : periods[1]);
  monitors = status.view.monitors.map(({ id }) => id);
  show();
}

function show() {
  drawList(byId('history-periods'), periods, { key: ({ name }) => name, row: periodButton });
  drawList(byId('history-key'), keys, { key: ({ word }) => word, row: keyRow });
  draw();
  const empty = byId('no-history');
  setAttributes(empty, { hidden: monitors.length > 0 ? '' : null });
  setText(empty, 'No monitor is configured.');
  void readHistory(period, monitors, draw);
}

function draw() {
  drawList(byId('history'), monitors, { key: (id) => id, row: historyRow });
}

function keyRow() {
  const sample = makeSvg('rect', { width: 20 });
  const word = make('span');
  const node = make('li', '', makeSvg('svg', {}, sample), word);
  const drawKey = (/** @type {typeof keys[number]} */ key) => {
    setAttributes(sample, { class: `sample-piece ${key.tone}`, y: key.tone === 'up' ? 4 : 0, height: key.tone === 'up' ? 10 : 14 });
    setText(word, key.word);
  };
  return { node, draw: drawKey };
}

function periodButton() {
  const node = make('button');
  node.type = 'button';
  /** @type {Period | null} */
  let mine = null;
  node.addEventListener('click', () => {
    if (mine === null) return;
    chosen = mine;
    period = mine;
    show();
  });
  const drawButton = (/** @type {Period} */ next) => {
    mine = next;
    setText(node, next.name);
    setAttributes(node, { 'aria-label': `Last ${next.name}`, 'aria-pressed': String(next === period) });
  };
  return { node, draw: drawButton };
}

function historyRow() {
  const id = make('h3', 'id');
  const summary = make('span', 'summary');
  const age = make('time');
  const asOf = make('span', 'quiet', 'as of ', age, ' ago');
  const trouble = make('p', 'trouble');
  const told = make('p', 'told');
  const chart = chartOf(told);
  const node = make('li', '', make('div', 'history-line', id, summary, asOf), trouble, chart.node, told);
  const drawRow = (/** @type {string} */ monitor) => {
    const chapter = chapterOf(period, monitor);
    setClass(node, `history${chapter.report !== null && chapter.failure !== '' ? ' stale' : ''}`);
    setText(id, monitor);
    setText(summary, chapter.report === null ? '' : summaryText(chapter.report));
    setAttributes(asOf, { hidden: chapter.askedAt === null ? '' : null });
    setAge(age, chapter.askedAt);
    setText(trouble, troubleText(chapter));
    if (chart.draw(chapter.report)) setText(told, hint);
    setAttributes(told, { hidden: chapter.report === null ? '' : null });
  };
  return { node, draw: drawRow };
}

/**
 * @param {HTMLElement} told
 * @returns {{ readonly node: HTMLElement, readonly draw: (report: ReportView | null) => boolean }} true where another period is drawn than before
 */
function chartOf(told) {
  const strip = stateStrip(told);
  const axis = timeAxis();
  const latency = latencyChart(told);
  const node = make('div', 'chart', strip.node, axis.node, latency.node);
  /** @type {ReportView | null} */
  let drawn = null;
  let drawnPeriod = '';
  const drawChart = (/** @type {ReportView | null} */ report) => {
    setAttributes(node, { hidden: report === null ? '' : null });
    if (report === null || report === drawn) return false;
    const window = { fromMs: Date.parse(report.from), toMs: Date.parse(report.to) };
    strip.draw(report, window);
    axis.draw(window);
    latency.draw(report, window);
    const isAnother = drawnPeriod !== period.name;
    drawn = report;
    drawnPeriod = period.name;
    return isAnother;
  };
  return { node, draw: drawChart };
}

/** @param {ReportView} report */
function summaryText({ summary, revisedHours }) {
  return revisedHours.length === 0 ? summary : `${summary} · ${count(revisedHours.length, 'revision')} of hours whose beats came late`;
}

/** @param {Chapter} chapter */
function troubleText({ report, failure }) {
  if (failure === '') return report === null ? `Reading the last ${period.name} …` : '';
  const known = report === null ? 'nothing is known of this time' : 'what is drawn is old';
  return `The last ${period.name} could not be read, ${known}. (${failure})`;
}
