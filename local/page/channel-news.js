/** What became of a message at one channel, in words: which channel, by which receipt, when. */

/** @typedef {import('../../src/core/views').ChannelNewsView} ChannelNewsView */

const stateWords = /** @type {const} */ ({
  delivered: 'delivered',
  accepted: 'accepted by SNS',
  undelivered: 'not delivered',
  'under-way': 'under way',
});

/** @param {Pick<ChannelNewsView, 'state'>} news */
export const newsState = ({ state }) => stateWords[state];

/**
 * Such as `slack ops-chat: delivered 14:02:11`.
 * @param {ChannelNewsView} news
 */
export const newsLine = (news) => `${channelName(news)}: ${newsState(news)} ${news.at.slice(11, 19)}${news.why === null ? '' : ` (${news.why})`}`;

/**
 * Its kind, and what the file calls it.
 * @param {{ readonly kind: string | null, readonly channel: string }} of
 */
export const channelName = ({ kind, channel }) => (kind === null ? channel : `${kind} ${channel}`);

/**
 * Who says so.
 * @param {ChannelNewsView} news
 */
export const newsWitness = ({ state, region }) =>
  state === 'accepted' ? `by SNS in ${region}, which does not say whether it came` : `by the relay of ${region}`;
