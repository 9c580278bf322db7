/** The way to what is to be done. */
import { runbookAddress } from '../names';
import { type Html, html } from './html';
import type { WidgetView } from './view';

/** A link where it is known where the runbook can be read, else the name of its file and section. */
export function runbookLink({ runbookUrl }: Pick<WidgetView, 'runbookUrl'>, section: string): Html {
  const address = runbookAddress(section, runbookUrl);
  if (runbookUrl === undefined) return html`<code>${address}</code>`;
  return html`<a href="${address}" target="_blank" rel="noopener noreferrer">what to do</a>`;
}
