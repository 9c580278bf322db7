/** Drills that run, and where this local system keeps its data. */
import { setAge } from './ages.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setText } from './dom.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').LocalDrill} LocalDrill
 */

/** @param {News} news */
export function drawDrills({ local }) {
  const drills = local.view?.drills ?? [];
  drawList(byId('drills'), drills, { key: ({ id }) => id, row: drillRow });
  setAttributes(byId('drills'), { hidden: drills.length === 0 ? '' : null });
}

function drillRow() {
  const what = make('span');
  const since = make('time');
  const node = make('li', '', make('strong', '', 'Drill'), what, make('span', 'quiet', 'began ', since, ' ago'));
  const draw = (/** @type {LocalDrill} */ drill) => {
    setText(what, `${drill.kind} ${drill.what}`);
    setAge(since, pageTime(drill.startedAt), 'an unknown time');
  };
  return { node, draw };
}

const started = make('time');
const place = make('span', 'code');

/** @param {News} news */
export function drawFooter({ local }) {
  if (local.view === null) return;
  const footer = byId('footer');
  if (!started.isConnected) footer.append('Running for ', started, ', data in ', place, '. For programs: /api/status, /api/announcements.');
  setAge(started, pageTime(local.view.startedAt), 'an unknown time');
  setText(place, local.view.data);
}
