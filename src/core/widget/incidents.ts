/** What is open, and what ended within the last day. */
import { ageText, day } from '../basics/time';
import { runbookSection } from '../names';
import type { IncidentView } from '../views';
import { clipped, type Html, html } from './html';
import { runbookLink } from './runbook-link';
import { sign, type Tone } from './tone';
import { sinceMs, type WidgetView } from './view';

const mostOpen = 20;
const mostOver = 3;

export function incidentsHtml(view: WidgetView): Html {
  const { incidents } = view.status;
  const open = incidents.filter(({ state }) => state === 'open');
  const over = incidents.filter(({ resolvedAt }) => resolvedAt !== null && sinceMs(view.now, resolvedAt) < day).slice(0, mostOver);
  const more = open.length > mostOpen ? html`<p class="tw-quiet">and ${open.length - mostOpen} more</p>` : html``;
  const none = open.length > 0 ? html`` : html`<p class="tw-quiet">${view.isRead ? 'None is open.' : 'Not known.'}</p>`;
  const rows = [...open.slice(0, mostOpen), ...over].map((incident) => row(view, incident));
  return html`<h2>Incidents</h2>${none}<table><tbody>${rows}</tbody></table>${more}`;
}

function row(view: WidgetView, { subject, family, condition, severity, certainty, openedAt, resolvedAt, key }: IncidentView): Html {
  const about = html`<b>${clipped(subject, 80)}</b> <code>${clipped(key, 120)}</code>`;
  const age = ageText(sinceMs(view.now, openedAt));
  if (resolvedAt !== null) {
    const lasted = ageText(sinceMs(view.now, openedAt) - sinceMs(view.now, resolvedAt));
    return html`<tr class="tw-over"><td><i>resolved</i></td><td>${about}<p>was ${condition} for ${lasted}, until ${ageText(sinceMs(view.now, resolvedAt))} ago</p></td></tr>`;
  }
  const tone = tones[severity];
  const witnesses = certainty === 'confirmed' ? 'confirmed' : 'single witness';
  return html`<tr class="tw-${tone}"><td>${sign(tone)}<b class="tw-${tone}">${severity}</b></td><td>${about}<p>${condition} for ${age}, ${witnesses} · ${runbookLink(view, runbookSection(family, condition))}</p></td></tr>`;
}

const tones: Readonly<Record<IncidentView['severity'], Tone>> = { page: 'down', ticket: 'amber', note: 'unknown' };
