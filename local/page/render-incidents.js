/** Open incidents first, then the newest that are over. */
import { setAge } from './ages.js';
import { pageTime } from './clock.js';
import { byId, drawList, make, setAttributes, setClass, setText } from './dom.js';
import { symbol } from './symbols.js';

/**
 * @typedef {import('./page.js').News} News
 * @typedef {import('./api.js').IncidentView} IncidentView
 */

const resolvedShown = 6;

/** @param {News} news */
export function drawIncidents({ status }) {
  if (status.view === null) return;
  const open = status.view.incidents.filter(({ state }) => state === 'open');
  const resolved = status.view.incidents.filter(({ state }) => state !== 'open');
  setAttributes(byId('incidents-table'), { hidden: open.length + resolved.length === 0 ? '' : null });
  drawList(byId('incidents'), [...open, ...resolved.slice(0, resolvedShown)], { key: ({ id, openedAt }) => `${id} ${openedAt}`, row: incidentRow });
  const empty = byId('no-incidents');
  setAttributes(empty, { hidden: open.length > 0 ? '' : null });
  setText(empty, resolved.length === 0 ? 'No incident so far.' : 'No incident is open.');
}

function incidentRow() {
  const sign = symbol();
  const state = make('strong', 'word');
  const subject = make('span', 'id');
  const condition = make('span', 'condition');
  const severity = make('span', 'severity');
  const certainty = make('span', 'certainty');
  const opened = make('time');
  const over = make('time');
  const resolved = make('span', 'quiet', 'resolved ', over, ' ago');
  const key = make('span', 'code');
  const id = make('span', 'code quiet');
  const node = make('tr');
  setAttributes(node, { role: 'row' });
  node.append(
    cell('State', make('span', 'state-line', sign.node, state)),
    cell('Subject', subject, condition),
    cell('Severity', severity, certainty),
    cell('Opened', make('span', '', opened, ' ago'), resolved),
    cell('Key and id', key, id),
  );
  const draw = (/** @type {IncidentView} */ incident) => {
    const isOpen = incident.state === 'open';
    setClass(node, `incident ${isOpen ? 'open' : 'over'} ${incident.severity}`);
    sign.draw(isOpen ? (incident.severity === 'page' ? 'down' : 'partial') : 'up');
    setText(state, incident.state);
    setText(subject, incident.subject);
    setText(condition, `${incident.family}: ${incident.condition}`);
    setText(severity, incident.severity);
    setText(certainty, incident.certainty === 'single-witness' ? 'single witness' : incident.certainty);
    setAge(opened, pageTime(incident.openedAt), 'an unknown time');
    setAttributes(resolved, { hidden: incident.resolvedAt === null ? '' : null });
    setAge(over, pageTime(incident.resolvedAt), 'an unknown time');
    setText(key, incident.key);
    setText(id, incident.id);
  };
  return { node, draw };
}

/**
 * @param {string} label
 * @param {...Node} children
 */
export function cell(label, ...children) {
  const node = make('td', '', make('div', 'stack', ...children));
  setAttributes(node, { role: 'cell', 'data-label': label });
  return node;
}
