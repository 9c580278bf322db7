/** The page of local mode: asks every second, draws what is new, and lets every age grow in between. */
import { tickAges } from './ages.js';
import { ask, newSource } from './api.js';
import { hearServerTime } from './clock.js';
import { nameTableParts } from './dom.js';
import { drawAnnouncements } from './render-announcements.js';
import { drawDeliveries } from './render-deliveries.js';
import { drawFreshness } from './render-freshness.js';
import { drawHeadline } from './render-headline.js';
import { drawHistory } from './render-history.js';
import { drawIncidents } from './render-incidents.js';
import { drawLinks } from './render-links.js';
import { drawAlarms, drawDrills, drawFooter } from './render-local.js';
import { drawMonitors } from './render-monitors.js';
import { drawPicture } from './render-picture.js';
import { drawRegions } from './render-regions.js';
import { drawServices } from './render-services.js';

const beatMs = 1000;

/**
 * @typedef {{ readonly status: import('./api.js').Source<import('./api.js').StatusView>,
 *   readonly announcements: import('./api.js').Source<readonly import('./api.js').AnnouncementView[]>,
 *   readonly local: import('./api.js').Source<import('./api.js').LocalView> }} News
 */

/** @type {News} */
const news = {
  status: newSource('/api/status', ['regions', 'monitors', 'watches', 'incidents']),
  announcements: newSource('/api/announcements', []),
  local: newSource('/api/local', ['regions', 'links', 'services', 'channels', 'deliveries', 'drills', 'alarms']),
};

/** @type {Record<keyof News, readonly ((news: News) => void)[]>} */
const drawings = {
  status: [drawMonitors, drawRegions, drawPicture, drawIncidents, drawHistory],
  announcements: [drawAnnouncements, drawDeliveries],
  local: [drawRegions, drawPicture, drawLinks, drawServices, drawDeliveries, drawDrills, drawAlarms, drawFooter, drawHistory],
};

/** @param {keyof News} name */
async function refresh(name) {
  const source = news[name];
  const before = { view: source.view, askedAt: source.askedAt };
  if (!(await askOne(name))) return tick();
  if (name === 'status') hearServerTime(news.status.view?.now, news.status.askedAt);
  try {
    for (const draw of drawings[name]) draw(news);
  } catch (error) {
    // What could not be drawn is no news: the banner must say so, rather than an old picture look fresh.
    Object.assign(source, before);
    source.failure = `the answer could not be drawn (${error instanceof Error ? error.message : String(error)})`;
  }
  tick();
}

/** @param {keyof News} name */
function askOne(name) {
  if (name === 'status') return ask(news.status);
  return name === 'local' ? ask(news.local) : ask(news.announcements);
}

function tick() {
  tickAges();
  drawHeadline(news);
  drawFreshness(news);
}

function beat() {
  tick();
  if (!document.hidden) askAll();
}

function askAll() {
  for (const name of /** @type {const} */ (['status', 'announcements', 'local'])) void refresh(name);
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) askAll();
});
document.addEventListener('twinwatch:acted', askAll);
nameTableParts();
setInterval(beat, beatMs);
askAll();
