/** What an onlooker has seen, as the JSON that programs rely on. */
import { type Instant, instant, type RegionId, type Slot } from '../core/basics/brand';
import { isoTime } from '../core/basics/time';
import { channelNews, relayOutcomes } from '../core/channel-news';
import { allRegions, type Config, type Monitor } from '../core/config/config';
import { type EntryOf, type Incident, idsOf, isOpen, latestByKey } from '../core/incident';
import { type Announced, dedupKey, type LogEntry, monitorSubject, type Receipt } from '../core/log';
import { totalMs } from '../core/observation';
import { identityIn } from '../core/proof-view';
import { slotBegins } from '../core/slots';
import { standingOf, standings } from '../core/standing';
import { type Judgement, judgeMonitor, type Voice } from '../core/verdict';
import type { AnnouncementView, IncidentView, MonitorRegionView, MonitorView, RegionView, StatusView, WatchView } from '../core/views';
import { chorusOf, voicesOf } from '../core/voices';

import { incidentsOf } from './region-log';
import type { Seen } from './seen';

/** How many resolved incidents and announcements are shown. */
const mostShown = 50;

export function statusView(seen: Seen, now: Instant): StatusView {
  const incidents = incidentsOf(seen.log);
  const latest = latestByKey(incidents);
  const standing = standings(incidents);
  const chorus = chorusOf(seen.config, { now, heads: seen.heads, arrivals: seen.arrivals });
  const monitors = seen.config.monitors.map((monitor) => {
    const subject = monitorSubject(monitor.id);
    const voices = voicesOf(chorus, monitor);
    const judgement = judgeMonitor({ monitor, voices, standing: standingOf(standing, subject) });
    const family = judgement.verdict === 'misidentified' ? 'identity' : 'availability';
    return monitorView(monitor, { config: seen.config, voices, judgement, incident: latest.get(dedupKey(subject, family)), now });
  });
  return { now: isoTime(now), regions: regionViews(seen, now), monitors, watches: watchViews(seen, now), incidents: incidentViews(incidents) };
}

function regionViews(seen: Seen, now: Instant): readonly RegionView[] {
  return allRegions(seen.config.regions).map((region) => {
    const head = seen.heads.get(region);
    const role = seen.config.regions.witness === region ? 'witness' : 'prober';
    return { name: region, role, lastBeatAgeMs: head === undefined ? null : Math.max(0, now - head.finishedAt) };
  });
}

interface Told {
  readonly config: Config;
  readonly voices: readonly Voice[];
  readonly judgement: Judgement;
  readonly incident: Incident | undefined;
  readonly now: Instant;
}

function monitorView(monitor: Monitor, told: Told): MonitorView {
  const { judgement } = told;
  return {
    id: monitor.id,
    target: monitor.target,
    verdict: judgement.verdict,
    isFlaky: judgement.isFlaky,
    certainty: judgement.certainty,
    since: sinceOf(told),
    reason: judgement.reason,
    regions: Object.fromEntries(told.voices.map((voice) => [voice.region, voiceView(voice, told)])),
    ...identityIn(monitor, told),
  };
}

/** Since when a verdict holds: from its incident, or from the oldest run that still goes on. */
function sinceOf({ config, voices, judgement, incident }: Told): string | null {
  if (incident !== undefined && isOpen(incident) && judgement.verdict === incident.condition) return isoTime(incident.openedAt);
  const begun = (region: RegionId, slot: Slot): Instant => slotBegins(config, region, slot);
  if (judgement.verdict === 'unknown') {
    const heard = voices.flatMap((voice) => (voice.kind === '?' && voice.lastSlot !== undefined ? [begun(voice.region, voice.lastSlot)] : []));
    return heard.length === 0 ? null : isoTime(instant(Math.max(...heard)));
  }
  if (judgement.verdict === 'up' && incident?.resolvedAt !== undefined) return isoTime(incident.resolvedAt);
  const runs = voices.flatMap((voice) => (voice.kind === 'fresh' ? [begun(voice.region, voice.sample.runSince)] : []));
  return runs.length === 0 ? null : isoTime(instant(Math.min(...runs)));
}

function voiceView(voice: Voice, { config, now }: Told): MonitorRegionView {
  const age = (slot: Slot): number => Math.max(0, now - slotBegins(config, voice.region, slot));
  if (voice.kind === '?')
    return { health: 'unknown', reason: null, detail: voice.why, ageMs: voice.lastSlot === undefined ? null : age(voice.lastSlot), latencyMs: null };
  const { sample } = voice;
  const health = sample.health === 'unknown' ? (sample.ok ? 'up' : 'down') : sample.health;
  return { health, reason: sample.reason, detail: sample.detail, ageMs: age(sample.slot), latencyMs: totalMs(sample.phases) };
}

function watchViews(seen: Seen, now: Instant): readonly WatchView[] {
  return [...seen.watchRecords.values()].flatMap((record) =>
    record.peers.map((peer) => ({
      observer: record.region,
      subject: peer.region,
      state: peer.state,
      since: isoTime(peer.since),
      reason: peer.reason,
      ageMs: Math.max(0, now - record.at),
    })),
  );
}

function incidentViews(incidents: readonly Incident[]): readonly IncidentView[] {
  const newestFirst = [...incidents].reverse();
  return [...newestFirst.filter(isOpen), ...newestFirst.filter((incident) => !isOpen(incident)).slice(0, mostShown)].map(incidentView);
}

export function incidentView(incident: Incident): IncidentView {
  const { id, key, subject, family, severity, condition, certainty, openedAt, resolvedAt } = incident;
  const state = resolvedAt === undefined ? 'open' : 'resolved';
  return {
    id,
    key,
    subject,
    family,
    severity,
    state,
    condition,
    certainty,
    openedAt: isoTime(openedAt),
    resolvedAt: resolvedAt === undefined ? null : isoTime(resolvedAt),
  };
}

/** Newest first; an announcement that was sent again has one row per sending. Each names its incident as the status does, whatever it was called when it was sent. */
export function announcementsView(
  { entries, incidents }: { readonly entries: readonly LogEntry[]; readonly incidents: readonly Incident[] },
  config: Pick<Config, 'channels'>,
): readonly AnnouncementView[] {
  const nowCalled = new Map(incidents.flatMap((incident) => idsOf(incident).map((id) => [id, incident.id] as const)));
  const announced: EntryOf<Announced>[] = [];
  const receipts: EntryOf<Receipt>[] = [];
  for (const entry of entries) {
    if (entry.body.kind === 'announced') announced.push({ ...entry, body: entry.body });
    if (entry.body.kind === 'receipt' && entry.body.level === 'accepted') receipts.push({ ...entry, body: entry.body });
  }
  const outcomes = relayOutcomes(entries);
  return announced
    .sort((one, other) => other.at - one.at || other.n - one.n)
    .slice(0, mostShown)
    .map((entry) => {
      const accepted = receiptOf(entry, receipts);
      const channels = channelNews({ about: entry.body, accepted, outcomes }, config);
      return { ...announcementView(entry, accepted), channels, incident: nowCalled.get(entry.body.incident) ?? entry.body.incident };
    });
}

function receiptOf(announced: EntryOf<Announced>, receipts: readonly EntryOf<Receipt>[]): EntryOf<Receipt> | undefined {
  const { incident, transition, condition, as, minutes } = announced.body;
  return receipts.find(
    ({ body, region, at }) =>
      region === announced.region &&
      body.incident === incident &&
      body.transition === transition &&
      body.condition === condition &&
      body.as === as &&
      body.minutes === minutes &&
      at >= announced.at,
  );
}

function announcementView(entry: EntryOf<Announced>, receipt: EntryOf<Receipt> | undefined): Omit<AnnouncementView, 'channels'> {
  return {
    id: `${entry.region}/${entry.month}/${entry.n}`,
    incident: entry.body.incident,
    subject: subjectOf(entry.body.key),
    kind: entry.body.transition,
    reason: entry.body.reason,
    at: isoTime(entry.at),
    region: entry.region,
    channel: receipt === undefined ? 'sns' : `sns:${receipt.body.topic}`,
    receipt: receipt === undefined ? null : { level: 'accepted', messageId: receipt.body.messageId, at: isoTime(receipt.at) },
    text: entry.body.text,
  };
}

const subjectOf = (key: RegionId | string): string => key.slice(0, key.lastIndexOf(':'));
