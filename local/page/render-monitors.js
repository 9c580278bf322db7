/** The table of monitors: the verdict, and under each region what that region saw, with its age. */
import { setAge } from './ages.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setClass, setText } from './dom.js';
import { symbol } from './symbols.js';
import { toneOfHealth, toneOfMonitor } from './tones.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').MonitorView} MonitorView
 * @typedef {import('./api.js').MonitorRegionView} MonitorRegionView
 * @typedef {{ readonly monitor: MonitorView, readonly regions: readonly string[], readonly heardAt: number }} Drawn
 */

/** @param {News} news */
export function drawMonitors(news) {
  const { view, askedAt } = news.status;
  if (view === null || askedAt === null) return;
  const regions = regionColumns(view);
  drawList(byId('monitor-columns'), ['Verdict', 'Monitor', ...regions], { key: (name) => name, row: columnHeader });
  const drawn = [...view.monitors].sort(worstFirst).map((monitor) => ({ monitor, regions, heardAt: askedAt }));
  drawList(byId('monitors'), drawn, { key: ({ monitor }) => monitor.id, row: monitorRow });
  const empty = byId('no-monitors');
  setAttributes(empty, { hidden: drawn.length > 0 ? '' : null });
  setText(empty, 'No monitor is configured.');
}

/** Probers in their order, then any other region that a monitor speaks of. @param {import('./api.js').StatusView} view */
function regionColumns(view) {
  const probers = view.regions.filter(({ role }) => role === 'prober').map(({ name }) => name);
  return [...new Set([...probers, ...view.monitors.flatMap(({ regions }) => Object.keys(regions ?? {}))])];
}

const order = ['misidentified', 'down', 'partial', 'unknown', 'up'];

/** @param {MonitorView} one @param {MonitorView} other */
const worstFirst = (one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict) || (one.id < other.id ? -1 : 1);

function columnHeader() {
  const node = make('th');
  setAttributes(node, { role: 'columnheader', scope: 'col' });
  return { node, draw: (/** @type {string} */ name) => setText(node, name) };
}

function monitorRow() {
  const node = make('tr');
  setAttributes(node, { role: 'row' });
  const draw = (/** @type {Drawn} */ drawn) => {
    setClass(node, `monitor ${toneOfMonitor(drawn.monitor)}`);
    const cells = [
      { key: 'the verdict', cell: verdictCell, drawn },
      { key: 'the name', cell: nameCell, drawn },
      ...drawn.regions.map((region) => ({ key: `seen by ${region}`, cell: () => seenCell(region), drawn })),
    ];
    drawList(node, cells, { key: ({ key }) => key, row: ({ cell }) => cellRow(cell()) });
  };
  return { node, draw };
}

/** @typedef {{ readonly node: HTMLElement, readonly draw: (drawn: Drawn) => void }} Cell */

/** @param {Cell} cell */
const cellRow = ({ node, draw }) => ({ node, draw: (/** @type {{ drawn: Drawn }} */ { drawn }) => draw(drawn) });

/** @returns {Cell} */
function verdictCell() {
  const sign = symbol();
  const word = make('strong', 'word');
  const certainty = make('span', 'certainty');
  const since = make('time');
  const node = make('td', 'verdict', make('span', 'verdict-line', sign.node, word), certainty, make('span', 'quiet', 'for ', since));
  setAttributes(node, { role: 'cell' });
  const draw = (/** @type {Drawn} */ { monitor }) => {
    sign.draw(toneOfMonitor(monitor));
    setText(word, monitor.verdict);
    setText(certainty, certaintyText(monitor));
    setAge(since, pageTime(monitor.since), 'an unknown time');
  };
  return { node, draw };
}

/** @param {MonitorView} monitor */
function certaintyText({ verdict, certainty, isFlaky }) {
  if (isFlaky) return certainty === 'confirmed' ? 'flaky' : 'flaky, single witness';
  if (certainty !== 'confirmed') return verdict === 'unknown' ? '' : 'single witness';
  return verdict === 'up' || verdict === 'unknown' ? '' : 'confirmed';
}

/** @returns {Cell} */
function nameCell() {
  const id = make('span', 'id');
  const target = make('span', 'target quiet');
  const reason = make('span', 'reason');
  const identity = make('span', 'identity quiet');
  const node = make('th', 'monitor-name', id, target, reason, identity);
  setAttributes(node, { role: 'rowheader', scope: 'row' });
  const draw = (/** @type {Drawn} */ { monitor }) => {
    setText(id, monitor.id);
    setText(target, monitor.target);
    setText(reason, monitor.reason);
    setText(identity, identityText(monitor));
    setAttributes(identity, { hidden: monitor.identity === undefined ? '' : null });
  };
  return { node, draw };
}

/** Where somebody is named who must answer. @param {MonitorView} monitor */
const identityText = ({ identity }) => (identity === undefined ? '' : `identity ${identity.words}`);

/**
 * @param {string} region
 * @returns {Cell}
 */
function seenCell(region) {
  const sign = symbol();
  const word = make('span', 'word');
  const latency = make('span', 'latency');
  const age = make('time');
  const ago = make('span', 'quiet', age, ' ago');
  const detail = make('span', 'detail');
  const node = make('td', 'seen', make('span', 'seen-line', sign.node, word, latency, ago), detail);
  setAttributes(node, { role: 'cell', 'data-label': region });
  const draw = (/** @type {Drawn} */ { monitor, heardAt }) => {
    const seen = monitor.regions?.[region];
    const tone = toneOfHealth(seen?.health ?? 'unknown');
    const failing = seen !== undefined && seen.reason !== null && seen.reason !== 'ok';
    setClass(node, `seen ${tone === 'up' && failing ? 'partial' : tone}`);
    sign.draw(tone);
    setText(word, seen?.health ?? 'unknown');
    setText(latency, seen?.latencyMs == null || tone === 'unknown' ? '' : `${Math.round(seen.latencyMs)} ms`);
    setAttributes(ago, { hidden: seen?.ageMs == null ? '' : null });
    setAge(age, seen?.ageMs == null ? null : heardAt - seen.ageMs);
    setText(detail, detailText(seen));
    setAttributes(detail, { title: seen?.detail ? seen.detail.slice(0, 500) : null });
  };
  return { node, draw };
}

/**
 * What was seen, where it is worth a word: a failure, or the last that was known of a region that is no longer fresh.
 * @param {MonitorRegionView | undefined} seen
 */
function detailText(seen) {
  if (seen === undefined || seen.reason === null) return 'nothing seen yet';
  const failure = seen.reason === 'ok' ? '' : failureText(seen.reason, seen.detail);
  if (seen.health === 'unknown') return `not fresh; last seen: ${failure === '' ? 'ok' : failure}`;
  return failure === '' ? '' : `${seen.health === 'up' ? 'last sample: ' : ''}${failure}`;
}

/**
 * The reason is named once, also where the detail begins with it.
 * @param {string} reason
 * @param {string} detail
 */
function failureText(reason, detail) {
  if (detail === '' || detail.startsWith(reason)) return detail || reason;
  return `${reason}: ${detail}`;
}
