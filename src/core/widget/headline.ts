/** The one sentence on top: what is wrong, or that nothing is, and who watches. */
import type { Instant } from '../basics/brand';
import { ageText } from '../basics/time';
import type { MonitorView } from '../views';
import { clipped, type Html, html, nothing } from './html';
import { regionTone } from './regions';
import { sign, type Tone, toneOfMonitor, worstTone } from './tone';
import { gravestFirst, sinceMs, type WidgetView } from './view';

interface Headline {
  readonly tone: Tone;
  readonly said: string;
}

export function headlineHtml(view: WidgetView): Html {
  const { tone, said } = headlineOf(view);
  const tally = tallyOf(view.status.monitors);
  return html`<div class="tw-head tw-${tone}">${sign(tone)}<div><h1>${said}</h1><p>${watchersOf(view)}${tally === '' ? nothing : html` · ${tally}`}</p></div></div>`;
}

function headlineOf(view: WidgetView): Headline {
  const { monitors } = view.status;
  if (!view.isRead) return { tone: 'unknown', said: `Nothing is known here: the table in ${view.readIn} could not be read` };
  if (monitors.length === 0) return { tone: 'unknown', said: 'No monitor is configured' };
  for (const verdict of gravestFirst.filter((one) => one !== 'up')) {
    const those = monitors.filter((monitor) => monitor.verdict === verdict);
    if (those.length > 0) return { tone: worstTone(those.map(toneOfMonitor)), said: troubleOf(those, verdict, view.now) };
  }
  return allUp(view);
}

function troubleOf(monitors: readonly MonitorView[], verdict: string, now: Instant): string {
  const [only, ...more] = monitors;
  if (only === undefined || more.length > 0) return `${monitors.length} monitors are ${verdict}: ${listed(monitors.map(({ id }) => clipped(id, 40)))}`;
  const since = only.since === null ? '' : ` for ${ageText(sinceMs(now, only.since))}`;
  const certainty = verdict !== 'down' ? '' : only.certainty === 'confirmed' ? ', confirmed,' : ', seen by one region alone,';
  return `${clipped(only.id, 60)} is ${verdict}${certainty}${since}`;
}

function allUp(view: WidgetView): Headline {
  const { monitors, regions } = view.status;
  const tone = worstTone([...monitors.map(toneOfMonitor), ...regions.map((region) => (regionTone(view, region) === 'up' ? 'up' : 'amber'))]);
  const unsure = monitors.filter((monitor) => toneOfMonitor(monitor) !== 'up').length;
  const said = monitors.length === 1 ? '1 monitor up' : `${monitors.length} monitors up`;
  return { tone, said: unsure === 0 ? said : `${said}, ${unsure} of them not for sure` };
}

function watchersOf(view: WidgetView): string {
  const missing = view.status.regions.filter((region) => regionTone(view, region) !== 'up').map(({ name }) => name);
  const all = view.status.regions.length;
  if (missing.length === 0) return all === 1 ? 'its region watches' : `all ${all} regions watch`;
  if (missing.length === all) return 'no region is known to watch';
  return `${all - missing.length} of ${all} regions watch; not ${listed(missing)}`;
}

/** How many monitors stand where, where they differ. */
function tallyOf(monitors: readonly MonitorView[]): string {
  const counted = gravestFirst.map((verdict) => ({ verdict, many: monitors.filter((one) => one.verdict === verdict).length }));
  const present = counted.filter(({ many }) => many > 0);
  return present.length < 2 ? '' : present.map(({ verdict, many }) => `${many} ${verdict}`).join(' · ');
}

const mostNamed = 4;

function listed(names: readonly string[]): string {
  const shown = names.length > mostNamed ? [...names.slice(0, mostNamed - 1), `${names.length - mostNamed + 1} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
