/** How old the page's own news is. Old news is greyed and says its age; it is never passed off as current. */
import { pageNow } from './clock.js';
import { byId, setAttributes, setText } from './dom.js';
import { ageText } from './words.js';

/** @typedef {import('./page.js').News} News */

const oldAfterMs = 3500;
const openedAt = pageNow();
const words = /** @type {const} */ ({ status: 'of the monitors and regions', announcements: 'of announcements', local: 'of processes, links and deliveries' });
const names = /** @type {const} */ (['status', 'announcements', 'local']);

/**
 * @param {News} news
 * @param {keyof News} name
 */
export const newsAgeMs = (news, name) => pageNow() - (news[name].askedAt ?? openedAt);

/**
 * @param {News} news
 * @param {keyof News} name
 */
export const isOld = (news, name) => newsAgeMs(news, name) > oldAfterMs;

/** @param {News} news */
export function drawFreshness(news) {
  const old = names.filter((name) => isOld(news, name));
  for (const section of document.querySelectorAll('[data-source]')) {
    section.classList.toggle(
      'old',
      old.some((name) => name === section.getAttribute('data-source')),
    );
  }
  document.documentElement.classList.toggle('old', old.includes('status'));
  const banner = byId('banner');
  setAttributes(banner, { hidden: old.length === 0 ? '' : null });
  setText(banner, old.length === 0 ? '' : bannerText(news, old));
  setText(byId('freshness'), news.status.askedAt === null ? 'no news yet' : `news ${ageText(newsAgeMs(news, 'status'))} old`);
}

/**
 * @param {News} news
 * @param {readonly (keyof News)[]} old
 */
function bannerText(news, old) {
  const youngest = Math.min(...old.map((name) => newsAgeMs(news, name)));
  const whole = old.length === names.length;
  const about = whole ? '' : ` ${old.map((name) => words[name]).join(' and ')}`;
  const never = old.every((name) => news[name].view === null);
  const failure = old.map((name) => news[name].failure).find((text) => text !== '') ?? 'no answer yet';
  const below = never ? 'nothing is known' : whole ? 'what you see below is old' : 'what is greyed below is old';
  return `This page has had no news${about} for ${ageText(youngest)}; ${below}. (${failure})`;
}
