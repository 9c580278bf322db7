/** The links between the regions: one row per pair, cut and healed in both directions at once. */
import { drawActions } from './action-button.js';
import { byId, drawList, make, setAttributes, setText } from './dom.js';
import { symbol } from './symbols.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').LocalLink} LocalLink
 * @typedef {{ readonly a: string, readonly b: string, readonly ways: readonly LocalLink[] }} Pair
 */

/** @param {News} news */
export function drawLinks({ local }) {
  if (local.view === null) return;
  const pairs = pairsOf(local.view.links);
  setAttributes(byId('links-section'), { hidden: pairs.length === 0 ? '' : null });
  drawList(byId('links'), pairs, { key: ({ a, b }) => `${a} ${b}`, row: linkRow });
}

/**
 * @param {readonly LocalLink[]} links
 * @returns {readonly Pair[]}
 */
export function pairsOf(links) {
  const first = links.filter(
    ({ from, to }, at) => links.findIndex((other) => (other.from === from && other.to === to) || (other.from === to && other.to === from)) === at,
  );
  return first.map(({ from, to }) => ({
    a: from,
    b: to,
    ways: links.filter((link) => (link.from === from && link.to === to) || (link.from === to && link.to === from)),
  }));
}

function linkRow() {
  const sign = symbol();
  const ends = make('span', 'id');
  const state = make('span', 'state');
  const buttons = make('div', 'buttons');
  const node = make('li', 'link', make('div', 'about', make('span', 'state-line', sign.node, ends), state), buttons);
  const draw = (/** @type {Pair} */ pair) => {
    const cuts = pair.ways.filter(({ cut }) => cut).length;
    sign.draw(cuts === 0 ? 'up' : cuts === pair.ways.length ? 'down' : 'partial');
    setText(ends, `${pair.a} ⇄ ${pair.b}`);
    setText(state, stateText(pair));
    drawActions(buttons, actionsOf(pair), byId('links-said'));
  };
  return { node, draw };
}

/** @param {Pair} pair */
function stateText({ ways }) {
  const cuts = ways.filter(({ cut }) => cut);
  const delays = [...new Set(ways.map(({ delayMs }) => delayMs))].filter((ms) => ms > 0).map((ms) => `${ms} ms`);
  const late = delays.length === 0 ? '' : `, delay ${delays.join(' and ')}`;
  if (cuts.length === 0) return `open${late}`;
  if (cuts.length === ways.length) return 'cut both ways';
  return cuts.map(({ from, to }) => `cut from ${from} to ${to}`).join(', ') + late;
}

/** One button that cuts or heals; both where only one direction is cut. @param {Pair} pair */
function actionsOf({ a, b, ways }) {
  const asks = (/** @type {boolean} */ cut) => [
    { path: '/api/links', body: { from: a, to: b, cut } },
    { path: '/api/links', body: { from: b, to: a, cut } },
  ];
  const cut = { label: 'Cut', named: `Cut ${a} and ${b} apart`, useful: true, asks: asks(true) };
  const heal = { label: 'Heal', named: `Heal the link of ${a} and ${b}`, useful: true, asks: asks(false) };
  const cuts = ways.filter((way) => way.cut).length;
  const first = { key: 'first', ...(cuts === 0 ? cut : heal) };
  return cuts === 0 || cuts === ways.length ? [first] : [first, { key: 'second', ...cut }];
}
