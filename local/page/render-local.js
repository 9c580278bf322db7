/** Drills that run, CloudWatch's alarms that have fired, and where this local system keeps its data. */
import { setAge } from './ages.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setText } from './dom.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').LocalDrill} LocalDrill
 * @typedef {import('./api.js').LocalAlarm} LocalAlarm
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

/** @param {News} news */
export function drawAlarms({ local }) {
  const fired = (local.view?.alarms ?? []).filter(({ state }) => state === 'ALARM');
  drawList(byId('alarms'), fired, { key: ({ region, name }) => `${region} ${name}`, row: alarmRow });
  setAttributes(byId('alarms'), { hidden: fired.length === 0 ? '' : null });
}

function alarmRow() {
  const what = make('span');
  const since = make('time');
  const node = make('li', '', make('strong', '', 'CloudWatch'), what, make('span', 'quiet', 'since ', since));
  const draw = (/** @type {LocalAlarm} */ alarm) => {
    setText(what, `in ${alarm.region}: ${alarm.name} is in ALARM`);
    setAttributes(node, { title: alarm.description });
    setAge(since, pageTime(alarm.since), 'an unknown time');
  };
  return { node, draw };
}

const started = make('time');
const place = make('span', 'code');
const widget = make('a', '', 'as the dashboard in AWS has it');
setAttributes(widget, { href: '/widget' });

/** @param {News} news */
export function drawFooter({ local }) {
  if (local.view === null) return;
  const footer = byId('footer');
  if (!started.isConnected)
    footer.append('Running for ', started, ', data in ', place, '. For programs: /api/status, /api/announcements. The same ', widget, '.');
  setAge(started, pageTime(local.view.startedAt), 'an unknown time');
  setText(place, local.view.data);
}
