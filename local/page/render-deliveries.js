/** The newest deliveries of the local SNS, each at the channel that it was for. */
import { setAge } from './ages.js';
import { channelName, newsState, newsWitness } from './channel-news.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setClass, setText } from './dom.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').LocalDelivery} LocalDelivery
 * @typedef {import('./api.js').LocalChannel} LocalChannel
 * @typedef {import('./api.js').AnnouncementView} AnnouncementView
 * @typedef {{ readonly key: string, readonly channel: string, readonly tone: string, readonly status: string, readonly at: string,
 *   readonly where: string, readonly detail: string }} Drawn
 */

const shown = 6;

/** @param {News} news */
export function drawDeliveries({ local, announcements }) {
  if (local.view === null) return;
  const { channels, deliveries } = local.view;
  const told = new Map((announcements.view ?? []).flatMap((said) => (said.receipt === null ? [] : [[said.receipt.messageId, said]])));
  const drawn = deliveries
    .flatMap((delivery) => (delivery.protocol === 'lambda' ? relayRows(delivery, told.get(delivery.messageId)) : [ownRow(delivery, channels)]))
    .sort((one, other) => (Date.parse(other.at) || 0) - (Date.parse(one.at) || 0))
    .slice(0, shown);
  setAttributes(byId('deliveries-section'), { hidden: null });
  drawList(byId('deliveries'), drawn, { key: ({ key }) => key, row: deliveryRow });
  setAttributes(byId('no-deliveries'), { hidden: drawn.length > 0 ? '' : null });
}

/**
 * What SNS itself brought.
 * @param {LocalDelivery} delivery
 * @param {readonly LocalChannel[]} channels
 * @returns {Drawn}
 */
function ownRow(delivery, channels) {
  const { messageId, subscription, endpoint, status, attempts, at, detail } = delivery;
  const known = channels.find(({ name }) => name === subscription);
  const statusText = `${status}${attempts > 1 ? `, ${attempts} attempts` : ''}`;
  const channel = channelName({ kind: known?.kind ?? null, channel: subscription });
  return { key: `${messageId} ${subscription} ${endpoint}`, channel, tone: status, status: statusText, at, where: endpoint, detail: detail ?? '' };
}

const tones = /** @type {const} */ ({ delivered: 'delivered', accepted: 'delivered', undelivered: 'failed', 'under-way': 'retrying' });

/**
 * One for each channel that the relay was to bring it to, as far as the logs know; tests and alarms are in no log.
 * @param {LocalDelivery} delivery
 * @param {AnnouncementView | undefined} said
 * @returns {readonly Drawn[]}
 */
function relayRows(delivery, said) {
  const { messageId } = delivery;
  const brought = said?.channels.filter(({ state }) => state !== 'accepted') ?? [];
  if (brought.length === 0 || delivery.status !== 'delivered')
    return [{ ...ownRow(delivery, []), channel: 'the relay', where: 'for the channels that SNS cannot reach' }];
  return brought.map((news) => ({
    key: `${messageId} ${news.channel}`,
    channel: channelName(news),
    tone: tones[news.state],
    status: newsState(news),
    at: news.at,
    where: newsWitness(news),
    detail: news.why ?? '',
  }));
}

function deliveryRow() {
  const status = make('strong', 'word');
  const channel = make('span', 'id');
  const when = make('time');
  const where = make('span', 'target quiet');
  const detail = make('span', 'detail quiet');
  const node = make('li', 'delivery', make('span', 'state-line', channel, status, make('span', 'quiet', when, ' ago')), where, detail);
  const draw = (/** @type {Drawn} */ delivery) => {
    setClass(node, `delivery ${delivery.tone}`);
    setText(channel, delivery.channel);
    setText(status, delivery.status);
    setAge(when, pageTime(delivery.at), 'an unknown time');
    setText(where, delivery.where);
    setText(detail, delivery.detail);
  };
  return { node, draw };
}
