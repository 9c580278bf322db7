/** Each region: its role, how old its newest beat is, and what the others say of it, with the age of their words. */
import { ageText } from '../basics/time';
import type { RegionView, WatchView } from '../views';
import { clipped, type Html, html, nothing } from './html';
import { runbookLink } from './runbook-link';
import { oldWordsMs, sign, type Tone, toneOfWatch, worstTone } from './tone';
import { sinceMs, type WidgetView } from './view';

export function regionsHtml(view: WidgetView): Html {
  return html`<h2>Regions <span>and what they say of each other</span></h2><table class="tw-regions"><tbody>${view.status.regions.map((region) => row(view, region))}</tbody></table>`;
}

function row(view: WidgetView, region: RegionView): Html {
  const tone = regionTone(view, region);
  const said = watchesOf(view, region.name);
  const silence = html`<p class="tw-quiet">${region.role === 'witness' ? 'has no prober: it looks after the others' : 'nobody has said anything of it'}</p>`;
  return html`<tr class="tw-${tone}"><td>${sign(tone)}<b>${region.name}</b> <i>${region.role}</i><p>${lifeOf(view, region)}</p></td><td>${said.length === 0 ? silence : said.map((watch) => watchHtml(view, watch))}</td></tr>`;
}

const watchesOf = ({ status }: WidgetView, name: string): readonly WatchView[] => status.watches.filter(({ subject }) => subject === name);

/** By what others say of it; where nobody can, by its own signs of life. One whose watchdog looks no longer is not well, whatever its prober does. */
export function regionTone(view: WidgetView, region: RegionView): Tone {
  const { beatIntervalMs } = view;
  const tones = watchesOf(view, region.name)
    .filter(({ observer }) => observer !== region.name)
    .map((watch) => toneOfWatch(watch, beatIntervalMs))
    .filter((tone) => tone !== 'unknown');
  const looks = Math.min(...ownWords(view, region.name)) <= oldWordsMs(beatIntervalMs);
  if (tones.length > 0) return worstTone(looks ? tones : [...tones, 'amber']);
  return looks || (region.lastBeatAgeMs ?? Number.POSITIVE_INFINITY) <= oldWordsMs(beatIntervalMs) ? 'up' : 'unknown';
}

/** The ages of what it says itself: a witness has no beats. */
const ownWords = ({ status }: WidgetView, name: string): readonly number[] =>
  status.watches.flatMap(({ observer, ageMs }) => (observer === name ? [ageMs] : []));

function lifeOf(view: WidgetView, { name, role, lastBeatAgeMs }: RegionView): string {
  const lookedMs = Math.min(...ownWords(view, name));
  const looked = lookedMs === Number.POSITIVE_INFINITY ? 'no look at others is known' : `looked at others ${ageText(lookedMs)} ago`;
  if (role === 'witness') return looked;
  return `${lastBeatAgeMs === null ? 'no beat is known' : `last beat ${ageText(lastBeatAgeMs)} ago`}, ${looked}`;
}

function watchHtml(view: WidgetView, watch: WatchView): Html {
  const tone = toneOfWatch(watch, view.beatIntervalMs);
  const observer = watch.observer === watch.subject ? 'says of itself' : `${watch.observer} says`;
  const isCalm = watch.state === 'reporting';
  const since = isCalm || watch.since === null ? nothing : html` for ${ageText(sinceMs(view.now, watch.since))}`;
  const why = isCalm ? nothing : html`<p class="tw-why">${clipped(watch.reason, 200)} ${runbookLink(view, watch.state)}</p>`;
  return html`<p>${observer} <b class="tw-${tone}">${watch.state}</b>${since} <i class="tw-ago">${ageText(watch.ageMs)} old</i></p>${why}`;
}
