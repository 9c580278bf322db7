/** The newest deliveries of the local SNS. */
import { setAge } from './ages.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setClass, setText } from './dom.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').LocalDelivery} LocalDelivery
 * @typedef {LocalDelivery & { readonly channel: string }} Drawn
 */

const shown = 6;

/** @param {News} news */
export function drawDeliveries({ local }) {
  if (local.view === null) return;
  const { channels, deliveries } = local.view;
  const newest = [...deliveries].sort((one, other) => (Date.parse(other.at) || 0) - (Date.parse(one.at) || 0)).slice(0, shown);
  const drawn = newest.map((delivery) => ({
    ...delivery,
    channel: channels.find(({ endpoint }) => endpoint === delivery.endpoint)?.name ?? delivery.protocol,
  }));
  setAttributes(byId('deliveries-section'), { hidden: null });
  drawList(byId('deliveries'), drawn, { key: ({ messageId, subscription, endpoint }) => `${messageId} ${subscription} ${endpoint}`, row: deliveryRow });
  setAttributes(byId('no-deliveries'), { hidden: drawn.length > 0 ? '' : null });
}

function deliveryRow() {
  const status = make('strong', 'word');
  const channel = make('span', 'id');
  const when = make('time');
  const endpoint = make('span', 'target quiet');
  const detail = make('span', 'detail quiet');
  const node = make('li', 'delivery', make('span', 'state-line', channel, status, make('span', 'quiet', when, ' ago')), endpoint, detail);
  const draw = (/** @type {Drawn} */ delivery) => {
    setClass(node, `delivery ${delivery.status}`);
    setText(channel, delivery.channel);
    setText(status, `${delivery.status}${delivery.attempts > 1 ? `, ${delivery.attempts} attempts` : ''}`);
    setAge(when, pageTime(delivery.at), 'an unknown time');
    setText(endpoint, delivery.endpoint);
    setText(detail, delivery.detail ?? '');
  };
  return { node, draw };
}
