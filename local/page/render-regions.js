/** The regions: what each does, what its processes are, and what every observer says of it, with the age of those words. */
import { drawActions } from './action-button.js';
import { setAge } from './ages.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setClass, setText } from './dom.js';
import { symbol } from './symbols.js';
import { toneOfWatch } from './tones.js';
import { oldWordsMs } from './watchers.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').RegionView} RegionView
 * @typedef {import('./api.js').LocalRegion} LocalRegion
 * @typedef {import('./api.js').WatchView} WatchView
 * @typedef {{ readonly name: string, readonly role: string, readonly view: RegionView | undefined, readonly local: LocalRegion | undefined,
 *   readonly watches: readonly HeardWatch[], readonly heardAt: number }} Drawn
 * @typedef {WatchView & { readonly heardAt: number, readonly observerIsDark: boolean }} HeardWatch
 */

/** @param {News} news */
export function drawRegions(news) {
  const drawn = regionsOf(news);
  drawList(byId('regions'), drawn, { key: ({ name }) => name, row: regionRow });
  setAttributes(byId('no-regions'), { hidden: drawn.length > 0 ? '' : null });
}

/**
 * @param {News} news
 * @returns {readonly Drawn[]}
 */
function regionsOf({ status, local }) {
  const seen = status.view?.regions ?? [];
  const processes = local.view?.regions ?? [];
  const heardAt = status.askedAt ?? 0;
  const dark = new Set(processes.filter(({ state }) => state === 'dark').map(({ name }) => name));
  const watches = (status.view?.watches ?? []).map((watch) => ({ ...watch, heardAt, observerIsDark: dark.has(watch.observer) }));
  const names = [...new Set([...seen, ...processes].map(({ name }) => name))];
  return names.map((name) => {
    const view = seen.find((region) => region.name === name);
    const own = processes.find((region) => region.name === name);
    return { name, role: view?.role ?? own?.role ?? '', view, local: own, watches: watches.filter(({ subject }) => subject === name), heardAt };
  });
}

function regionRow() {
  const name = make('h3', 'id');
  const role = make('span', 'role quiet');
  const beat = beatLine();
  const process = processLine();
  const watches = make('ul', 'watches');
  const buttons = make('div', 'buttons');
  const head = make('div', 'about', make('span', 'state-line', name, role), make('span', 'process', process.node, beat.node), process.rest);
  const node = make('li', 'region', head, buttons, watches);
  const draw = (/** @type {Drawn} */ drawn) => {
    setClass(node, `region ${drawn.local?.state ?? ''}`.trim());
    setText(name, drawn.name);
    setText(role, drawn.role);
    beat.draw(drawn);
    process.draw(drawn.local);
    setAttributes(watches, { 'aria-label': `What is said of ${drawn.name}` });
    drawList(watches, drawn.watches, { key: ({ observer }) => observer, row: watchRow });
    drawActions(buttons, actionsOf(drawn.local), byId('regions-said'));
  };
  return { node, draw };
}

function beatLine() {
  const age = make('time');
  const before = make('span');
  const after = make('span');
  const node = make('span', 'beat', before, age, after);
  const draw = (/** @type {Drawn} */ { view, role, heardAt }) => {
    const ageMs = view?.lastBeatAgeMs ?? null;
    const silent = ageMs === null;
    setClass(node, !silent && ageMs > oldWordsMs ? 'beat stale' : 'beat');
    setText(before, silent ? (role === 'witness' ? 'only watches' : 'no beat yet') : 'last beat ');
    setAge(age, silent ? null : heardAt - ageMs, '');
    setText(after, silent ? '' : ' ago');
  };
  return { node, draw };
}

/** The truth of this laptop, which the regions themselves cannot know. */
function processLine() {
  const sign = symbol();
  const word = make('strong', 'word');
  const rest = make('span', 'processes quiet');
  const node = make('span', 'state-line', sign.node, word);
  const draw = (/** @type {LocalRegion | undefined} */ region) => {
    for (const part of [node, rest]) setAttributes(part, { hidden: region === undefined ? '' : null });
    if (region === undefined) return;
    sign.draw(region.state === 'running' ? 'up' : region.state === 'dark' ? 'down' : 'unknown');
    setText(word, region.state);
    setText(rest, region.state === 'dark' ? 'its processes are gone' : processText(region));
    setAttributes(rest, { title: (region.processes ?? []).map(({ name, pid }) => `${name} ${pid}`).join(', ') });
  };
  return { node, rest, draw };
}

/** @param {LocalRegion} region */
function processText({ pid, port, engine }) {
  return [pid === null ? '' : `pid ${pid}`, `port ${port}`, engine].filter((part) => part !== '').join(' · ');
}

function watchRow() {
  const sign = symbol();
  const observer = make('span', 'observer');
  const state = make('strong', 'word');
  const since = make('time');
  const age = make('time');
  const words = make('span', 'quiet', age, ' old');
  const reason = make('span', 'detail');
  const node = make('li', 'watch', make('span', 'state-line', observer, sign.node, state, make('span', 'quiet', 'for ', since)), words, reason);
  const draw = (/** @type {HeardWatch} */ watch) => {
    const tone = toneOfWatch(watch.state);
    const old = watch.observerIsDark || watch.ageMs > oldWordsMs;
    setClass(node, `watch ${tone}${old ? ' stale' : ''}`);
    sign.draw(old ? 'unknown' : tone);
    setText(observer, watch.observer === watch.subject ? 'says of itself' : `${watch.observer} ${old ? 'said' : 'says'}`);
    setText(state, watch.state);
    setAge(since, pageTime(watch.since), 'an unknown time');
    setAge(age, watch.heardAt - watch.ageMs);
    setText(reason, watch.reason ?? '');
  };
  return { node, draw };
}

/** @param {LocalRegion | undefined} region */
function actionsOf(region) {
  if (region === undefined) return [];
  const path = `/api/regions/${encodeURIComponent(region.name)}`;
  if (region.state === 'dark')
    return [{ key: 'life', label: 'Bring back', named: `Bring back ${region.name}`, useful: true, asks: [{ path, body: { state: 'running' } }] }];
  return [{ key: 'life', label: 'Kill region', named: `Kill region ${region.name}`, useful: true, asks: [{ path, body: { state: 'dark' } }] }];
}
