/** A picture of the regions and their links as they really are, for people who look before they read. */
import { setAge } from './ages.js';
import { pageNow } from './clock.js';
import { byId, drawList, makeSvg, setAttributes, setClass, setText } from './dom.js';
import { pairsOf } from './render-links.js';
import { oldWordsMs } from './watchers.js';
import { list } from './words.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').LocalLink} LocalLink
 * @typedef {{ readonly name: string, readonly role: string, readonly state: string, readonly x: number, readonly y: number,
 *   readonly bornAt: number | null }} Place
 * @typedef {{ readonly link: LocalLink, readonly from: Place, readonly to: Place, readonly both: boolean }} Way `both` directions alike
 */

const size = { width: 400, height: 236 };
const box = { width: 146, height: 52 };
const ways = makeSvg('g');
const places = makeSvg('g');
const picture = makeSvg('svg', { viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' }, ways, places);

/** @param {News} news */
export function drawPicture({ status, local }) {
  const regions = local.view?.regions ?? [];
  setAttributes(byId('picture'), { hidden: regions.length === 0 ? '' : null });
  if (!picture.isConnected) byId('picture').append(picture);
  const placed = regions.map((region, at) => ({ ...region, ...spot(at, regions.length), bornAt: beatOf(region.name, status) }));
  const links = waysOf(local.view?.links ?? [], placed);
  drawList(ways, links, { key: ({ link }) => `${link.from} ${link.to}`, row: wayRow });
  drawList(places, placed, { key: ({ name }) => name, row: placeRow });
  setAttributes(picture, { 'aria-label': inWords(placed, links) });
}

/**
 * One line where both directions are alike, else one for each.
 * @param {readonly LocalLink[]} links
 * @param {readonly Place[]} placed
 * @returns {readonly Way[]}
 */
function waysOf(links, placed) {
  return pairsOf(links).flatMap(({ ways }) => {
    const [there, back] = ways;
    const both = there !== undefined && back !== undefined && there.cut === back.cut && there.delayMs === back.delayMs;
    return (both ? [there] : ways).flatMap((link) => {
      const from = placed.find(({ name }) => name === link.from);
      const to = placed.find(({ name }) => name === link.to);
      return from === undefined || to === undefined ? [] : [{ link, from, to, both }];
    });
  });
}

/**
 * Around an ellipse, the first two on top.
 * @param {number} at
 * @param {number} many
 */
function spot(at, many) {
  const angle = ((-90 - 180 / many + (360 * at) / many) * Math.PI) / 180;
  const wide = many === 3 ? 1.155 : 1;
  const x = size.width / 2 + ((size.width - box.width) / 2 - 2) * Math.max(-1, Math.min(1, wide * Math.cos(angle)));
  const tall = many === 3 && at < 2 ? -1 : Math.sin(angle);
  return { x, y: size.height / 2 + ((size.height - box.height) / 2 - 2) * tall };
}

/**
 * @param {string} name
 * @param {News['status']} status
 */
function beatOf(name, { view, askedAt }) {
  const ageMs = view?.regions.find((region) => region.name === name)?.lastBeatAgeMs ?? null;
  return ageMs === null || askedAt === null ? null : askedAt - ageMs;
}

function placeRow() {
  const frame = makeSvg('rect', { x: -box.width / 2, y: -box.height / 2, width: box.width, height: box.height, rx: 8 });
  const name = makeSvg('text', { class: 'place-name', y: -6 });
  const state = makeSvg('tspan', { class: 'place-state' });
  const before = makeSvg('tspan');
  const age = makeSvg('tspan');
  const line = makeSvg('text', { class: 'place-line', y: 13 }, state, before, age);
  const node = makeSvg('g', {}, frame, name, line);
  const draw = (/** @type {Place} */ place) => {
    setAttributes(node, { transform: `translate(${place.x} ${place.y})` });
    setClass(node, `place ${place.state}${place.bornAt !== null && pageNow() - place.bornAt > oldWordsMs ? ' stale' : ''}`);
    setText(name, place.name);
    setText(state, place.state);
    setText(before, place.bornAt === null ? (place.role === 'witness' ? ' · witness' : ' · no beat') : ' · beat ');
    setAge(age, place.bornAt, '');
  };
  return { node, draw };
}

const arrow = 'M-9 -4.5L0 0L-9 4.5z';

function wayRow() {
  const line = makeSvg('line');
  const head = makeSvg('path', { class: 'head', d: arrow });
  const tail = makeSvg('path', { class: 'head', d: arrow });
  const cross = makeSvg('path', { class: 'cross', d: 'M-6 -6L6 6M6 -6L-6 6' });
  const label = makeSvg('text', { class: 'way-label' });
  const node = makeSvg('g', {}, line, head, tail, cross, label);
  const draw = (/** @type {Way} */ way) => {
    const { link, from, to, both } = way;
    const { start, end, middle, degrees } = course(from, to, both ? 0 : 7);
    const dead = from.state === 'dark' || to.state === 'dark';
    setClass(node, `way ${link.cut ? 'cut' : dead ? 'dead' : 'open'}`);
    setAttributes(line, { x1: start.x, y1: start.y, x2: end.x, y2: end.y });
    setAttributes(head, { transform: `translate(${end.x} ${end.y}) rotate(${degrees})` });
    setAttributes(tail, { transform: `translate(${start.x} ${start.y}) rotate(${degrees + 180})`, display: both ? null : 'none' });
    setAttributes(cross, { transform: `translate(${middle.x} ${middle.y})`, display: link.cut ? null : 'none' });
    setAttributes(label, { x: middle.x, y: middle.y + 4, display: !link.cut && link.delayMs > 0 ? null : 'none' });
    setText(label, `${link.delayMs} ms`);
  };
  return { node, draw };
}

/**
 * The line between two boxes, moved aside where each direction has its own.
 * @param {Place} from
 * @param {Place} to
 * @param {number} aside
 */
function course(from, to, aside) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const side = { x: -uy * aside, y: ux * aside };
  const inside = Math.min(box.width / 2 / (Math.abs(ux) || 1e-9), box.height / 2 / (Math.abs(uy) || 1e-9)) + 8;
  const on = (/** @type {Place} */ place, /** @type {number} */ along) => ({ x: place.x + ux * along + side.x, y: place.y + uy * along + side.y });
  const [start, end] = [on(from, inside), on(to, -inside)];
  return { start, end, middle: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }, degrees: (Math.atan2(dy, dx) * 180) / Math.PI };
}

/**
 * @param {readonly Place[]} placed
 * @param {readonly Way[]} links
 */
function inWords(placed, links) {
  const cut = links.filter(({ link }) => link.cut).map(({ link, both }) => `${link.from} ${both ? 'and' : 'to'} ${link.to}`);
  return `${list(placed.map(({ name, state }) => `${name} ${state}`))}. ${cut.length === 0 ? 'No link is cut' : `Cut: ${list(cut)}`}.`;
}
