/** Each monitor: its verdict, what every region sees of it and how long ago, and its last day. */
import { ageText } from '../basics/time';
import type { MonitorRegionView, MonitorView, ReportView } from '../views';
import { clipped, type Html, html, nothing } from './html';
import { stripHtml } from './strip';
import { sign, type Tone, toneOfMonitor } from './tone';
import { shownMonitors, sinceMs, type WidgetView } from './view';

export function monitorsHtml(view: WidgetView): Html {
  const { monitors } = view.status;
  if (monitors.length === 0) return html`<p class="tw-quiet">Nothing is watched: put a monitor into twinwatch.yaml and deploy again.</p>`;
  const shown = shownMonitors(view.status);
  const more = monitors.length - shown.length;
  const left = more === 0 ? nothing : html`<p class="tw-quiet">and ${more} more, none of them worse</p>`;
  const head = html`<thead><tr><th>Monitor</th><th>Seen from</th><th>24 hours</th></tr></thead>`;
  return html`<table class="tw-monitors">${head}<tbody>${shown.map((monitor) => row(view, monitor))}</tbody></table>${left}`;
}

function row(view: WidgetView, monitor: MonitorView): Html {
  const tone = toneOfMonitor(monitor);
  const report = view.reports.get(monitor.id);
  const regions = Object.entries(monitor.regions).map(([region, seen]) => seenHtml(region, seen, report));
  const day = report === undefined ? html`<p class="tw-quiet">not read</p>` : stripHtml(report);
  return html`<tr class="tw-${tone}"><td>${sign(tone)}<b>${clipped(monitor.id, 60)}</b><p>${verdictHtml(view, monitor, tone)}</p><code title="${clipped(monitor.target, 200)}">${clipped(monitor.target, 80)}</code></td><td>${regions}</td><td>${day}</td></tr>`;
}

function verdictHtml({ now }: WidgetView, { verdict, certainty, isFlaky, since, reason }: MonitorView, tone: Tone): Html {
  const remarks = [
    ...(verdict === 'down' && certainty === 'confirmed' ? ['confirmed'] : []),
    ...(verdict !== 'unknown' && certainty !== 'confirmed' ? ['single witness'] : []),
    ...(isFlaky ? ['flaky'] : []),
    ...(since === null ? [] : [`for ${ageText(sinceMs(now, since))}`]),
    ...(tone === 'up' || verdict === 'down' ? [] : [reason.replaceAll('-', ' ')]),
  ];
  return html`<b class="tw-${tone}">${verdict}</b> ${remarks.join(' · ')}`;
}

function seenHtml(region: string, { health, reason, detail, ageMs, latencyMs }: MonitorRegionView, report: ReportView | undefined): Html {
  const age = ageMs === null ? 'never' : `${ageText(ageMs)} ago`;
  const isFailing = health !== 'unknown' && reason !== null && reason !== 'ok';
  const latency = latencyMs === null ? nothing : html` ${Math.round(latencyMs)} ms`;
  const why = isFailing || health === 'unknown' ? html`<p class="tw-why">${clipped(wordsOf(health, reason, detail), 160)}</p>` : nothing;
  return html`<div class="tw-seen"><i>${region}</i> <b class="tw-${toneOf(health, isFailing)}">${health}</b>${latency} <i class="tw-ago">${age}</i>${usualHtml(region, report)}${why}</div>`;
}

/** A region that is up by its own count and failed just now is not drawn as good. */
const toneOf = (health: MonitorRegionView['health'], isFailing: boolean): Tone => (health === 'up' && isFailing ? 'amber' : health);

const wordsOf = (health: string, reason: string | null, detail: string): string =>
  health === 'unknown' ? detail.replaceAll('-', ' ') : detail === '' ? (reason ?? '') : detail;

/** Half of the good answers of the last day took at most the first, and 95 of 100 the second. */
function usualHtml(region: string, report: ReportView | undefined): Html {
  const usual = report?.latency.find((latency) => latency.region === region && latency.answers > 0);
  return usual === undefined ? nothing : html` <small>usually ${Math.round(usual.medianMs)}–${Math.round(usual.p95Ms)} ms</small>`;
}
