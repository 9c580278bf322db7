/** What was told to people: when, by which region, why, and whether anyone took it. */
import { setAge } from './ages.js';
import { newsLine, newsWitness } from './channel-news.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setClass, setText } from './dom.js';
import { cell } from './render-incidents.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').AnnouncementView} AnnouncementView
 * @typedef {import('../../src/core/views').ChannelNewsView} ChannelNewsView
 */

const shown = 12;

/** @param {News} news */
export function drawAnnouncements({ announcements }) {
  const all = announcements.view ?? [];
  setAttributes(byId('announcements-table'), { hidden: all.length === 0 ? '' : null });
  drawList(byId('announcements'), all.slice(0, shown), { key: ({ id, region, channel }) => `${id} ${region} ${channel}`, row: announcementRow });
  setAttributes(byId('no-announcements'), { hidden: all.length > 0 ? '' : null });
  setText(byId('no-announcements'), 'Nothing has been announced so far.');
  setText(byId('announcements-count'), all.length > shown ? `the newest ${shown} of ${all.length}` : '');
}

function announcementRow() {
  const when = make('time');
  const kind = make('span', 'kind');
  const text = make('span', 'first-line');
  const reason = make('span', 'quiet clamp');
  const region = make('span');
  const channel = make('span', 'quiet');
  const receipt = make('span', 'receipt');
  const message = make('span', 'code quiet');
  const channels = make('ul', 'channel-news quiet');
  const node = make('tr');
  setAttributes(node, { role: 'row' });
  node.append(
    cell('When', make('span', '', when, ' ago')),
    cell('Kind', kind),
    cell('What was said', text, reason),
    cell('Said by', region, channel),
    cell('Receipt', receipt, message, channels),
  );
  const draw = (/** @type {AnnouncementView} */ said) => {
    setAge(when, pageTime(said.at), 'an unknown time');
    setClass(node, `announcement ${said.kind}`);
    setText(kind, said.kind);
    setText(text, said.text);
    setAttributes(text, { title: said.text.slice(0, 500) });
    setText(reason, `${said.reason} · ${said.incident}`);
    setText(region, said.region);
    setText(channel, said.channel);
    setClass(receipt, said.receipt === null ? 'receipt missing' : 'receipt');
    setText(receipt, said.receipt === null ? 'no receipt yet' : said.receipt.level);
    setText(message, said.receipt === null ? '' : said.receipt.messageId.slice(0, 8));
    setAttributes(message, { title: said.receipt?.messageId ?? null });
    drawList(channels, said.channels, { key: ({ channel, state }) => `${channel} ${state}`, row: newsRow });
  };
  return { node, draw };
}

function newsRow() {
  const node = make('li');
  const draw = (/** @type {ChannelNewsView} */ news) => {
    setClass(node, news.state);
    setText(node, newsLine(news));
    setAttributes(node, { title: `${newsWitness(news)}, ${news.at}` });
  };
  return { node, draw };
}
