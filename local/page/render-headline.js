/** The top line, the title of the tab and its icon: all three say the same. */
import { pageNow, pageTime } from './clock.js';
import { byId, setAttributes, setClass, setText } from './dom.js';
import { isOld, newsAgeMs } from './render-freshness.js';
import { headline, tally, withAge } from './sentence.js';
import { symbol } from './symbols.js';
import { watchersOf, watchersText } from './watchers.js';
import { ageText } from './words.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./symbols.js').Tone} Tone
 */

/** @type {Record<Tone, string>} */
const icons = { up: 'favicon-up.svg', single: 'favicon-partial.svg', partial: 'favicon-partial.svg', down: 'favicon-down.svg', unknown: 'favicon.svg' };
const sign = symbol();
let spoken = '';

/** @param {News} news */
export function drawHeadline(news) {
  if (!sign.node.isConnected) byId('headline-symbol').append(sign.node);
  const status = news.status.view;
  if (status === null) return;
  const old = isOld(news, 'status');
  // Old news is told as it was when it was heard: its watchers are judged by the ages of then.
  const watchers = watchersOf(status, { dark: darkRegions(news), elapsedMs: old ? 0 : newsAgeMs(news, 'status') });
  const line = headline(status.monitors, watchers);
  const since = pageTime(line.since);
  const sentence = withAge(line, since === null ? null : pageNow() - since);
  show(old ? 'unknown' : line.tone);
  setText(byId('sentence'), old ? `When last heard, ${ageText(newsAgeMs(news, 'status'))} ago: ${line.said}` : sentence);
  setClass(byId('watchers'), watchers.missing.length > 0 ? 'missing' : 'quiet');
  setText(byId('watchers'), [tally(status.monitors), watchersText(watchers)].filter((part) => part !== '').join(' · '));
  setText(titleElement(), `${old ? 'no news' : line.short} · twinwatch`);
  if (!old) speak(line.said);
}

/** @param {News} news */
function darkRegions(news) {
  const dark = (news.local.view?.regions ?? []).filter(({ state }) => state === 'dark');
  return new Set(isOld(news, 'local') && !isOld(news, 'status') ? [] : dark.map(({ name }) => name));
}

/** @param {Tone} tone */
function show(tone) {
  sign.draw(tone);
  setClass(byId('headline'), `headline ${tone}`);
  setAttributes(byId('favicon'), { href: icons[tone] });
}

/**
 * Read aloud when it changes, and only then: an age that grows is no news.
 * @param {string} said
 */
function speak(said) {
  if (said === spoken) return;
  spoken = said;
  setText(byId('spoken'), said);
}

function titleElement() {
  const title = document.querySelector('title');
  if (title === null) throw new Error('index.html has no title');
  return title;
}
