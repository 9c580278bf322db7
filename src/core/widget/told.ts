/** Who is told, what was told last, and whether a topic took it. */
import { ageText, minute } from '../basics/time';
import type { AnnouncementView } from '../views';
import { clipped, type Html, html } from './html';
import { sinceMs, type WidgetView } from './view';

const mostShown = 4;
/** So long a topic may take, with the retries of whoever tells it. */
const patienceMs = minute;

export function toldHtml(view: WidgetView): Html {
  const { channels, announcements } = view;
  const who = channels.map(({ name, kind }) => html`<b>${clipped(name, 40)}</b> <i>${kind}</i> `);
  const none = channels.length === 0 ? html`<p class="tw-amber">No channel is configured: nobody is told anything.</p>` : html`<p>${who}</p>`;
  const nothingSaid = announcements.length === 0 ? html`<p class="tw-quiet">${view.isRead ? 'Nothing was told lately.' : 'Not known.'}</p>` : html``;
  const rows = announcements.slice(0, mostShown).map((announcement) => row(view, announcement));
  return html`<h2>Told <span>and whether the topic took it</span></h2>${none}${nothingSaid}<table><tbody>${rows}</tbody></table>`;
}

function row(view: WidgetView, { at, text, region, receipt, channel }: AnnouncementView): Html {
  const ageMs = sinceMs(view.now, at);
  return html`<tr><td class="tw-age">${ageText(ageMs)} ago</td><td>${clipped(text, 140)}<p>by ${region} · ${receiptHtml(channel, receipt, ageMs)}</p></td></tr>`;
}

function receiptHtml(channel: string, receipt: AnnouncementView['receipt'], ageMs: number): Html {
  if (receipt !== null) return html`${receipt.level} by ${channel}`;
  return ageMs < patienceMs ? html`on its way` : html`<b class="tw-down">no receipt: nobody may have heard it</b>`;
}
