/** What twinwatch shows on a CloudWatch dashboard: HTML with its own style, without a script and without anything that is fetched. */
import { utcTime } from '../basics/time';
import { headlineHtml } from './headline';
import { type Html, html, nothing } from './html';
import { incidentsHtml } from './incidents';
import { monitorsHtml } from './monitors';
import { regionsHtml } from './regions';
import { style } from './style';
import { toldHtml } from './told';
import type { WidgetView } from './view';

export function widgetHtml(view: WidgetView): string {
  const parts = [headlineHtml(view), unreadHtml(view), monitorsHtml(view), incidentsHtml(view), regionsHtml(view), toldHtml(view), footHtml(view)];
  // The class of the empty element is how a widget asks the console to leave its tables and links as they are.
  return html`<div class="cwdb-no-default-styles"></div><style>${{ html: style }}</style><div class="tw tw-theme-${view.theme}">${parts}</div>`.html;
}

function unreadHtml({ unread }: WidgetView): Html {
  if (unread.length === 0) return nothing;
  return html`<ul class="tw-unread">${unread.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

function footHtml({ readIn, now, tookMs }: WidgetView): Html {
  return html`<p class="tw-foot">As the replica in ${readIn} has it, read at ${utcTime(now)} in ${Math.round(tookMs)} ms. Refresh the dashboard to read again.</p>`;
}
