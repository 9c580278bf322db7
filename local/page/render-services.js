/** The demo's own services, with buttons to break and to mend them. */
import { drawActions } from './action-button.js';
import { byId, drawList, make, setAttributes, setText } from './dom.js';
import { symbol } from './symbols.js';
import { list } from './words.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').LocalService} LocalService
 * @typedef {{ readonly service: LocalService, readonly probers: readonly string[] }} Drawn
 */

/** @param {News} news */
export function drawServices({ local }) {
  if (local.view === null) return;
  const probers = local.view.regions.filter(({ role }) => role === 'prober').map(({ name }) => name);
  const drawn = local.view.services.map((service) => ({ service, probers }));
  setAttributes(byId('services-section'), { hidden: drawn.length === 0 ? '' : null });
  drawList(byId('services'), drawn, { key: ({ service }) => service.name, row: serviceRow });
}

function serviceRow() {
  const sign = symbol();
  const name = make('span', 'id');
  const url = make('span', 'target quiet');
  const state = make('span', 'state');
  const buttons = make('div', 'buttons');
  const node = make('li', 'service', make('div', 'about', make('span', 'state-line', sign.node, name, state), url), buttons);
  const draw = (/** @type {Drawn} */ { service, probers }) => {
    sign.draw(service.broken === 'no' ? 'up' : service.broken === 'everywhere' ? 'down' : 'partial');
    setText(name, service.name);
    setText(url, service.url);
    setText(state, stateText(service));
    drawActions(buttons, actionsOf(service, probers), byId('services-said'));
  };
  return { node, draw };
}

/** @param {LocalService} service */
function stateText({ broken }) {
  if (broken === 'no') return 'answers well';
  return broken === 'everywhere' ? 'broken for everyone' : `broken for ${list(broken)}`;
}

/**
 * @param {LocalService} service
 * @param {readonly string[]} probers
 */
function actionsOf({ name, broken }, probers) {
  const path = `/api/services/${encodeURIComponent(name)}`;
  const isBrokenFor = (/** @type {string} */ region) => broken === 'everywhere' || (broken !== 'no' && broken.includes(region));
  return [
    { key: 'break', label: 'Break', named: `Break ${name}`, useful: broken !== 'everywhere', asks: [{ path, body: { broken: true } }] },
    ...probers.map((region) => ({
      key: `break for ${region}`,
      label: `Break for ${region}`,
      named: `Break ${name} for ${region}`,
      useful: !isBrokenFor(region),
      asks: [{ path, body: { broken: true, region } }],
    })),
    { key: 'mend', label: 'Mend', named: `Mend ${name}`, useful: broken !== 'no', asks: [{ path, body: { broken: false } }] },
  ];
}
