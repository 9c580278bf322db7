/** Why a monitor's verdict is what it is: what each region says of it, which rule decided, and what came of that. */
import { availabilityFinding } from '../availability-finding';
import type { RegionId } from '../basics/brand';
import { isoTime } from '../basics/time';
import { conclude, type Finding } from '../conclusion';
import type { Config, Monitor } from '../config/config';
import { identityFindings, type Judged } from '../identity-finding';
import { latestByKey } from '../incident';
import { monitorSubject } from '../log';
import { identityIn } from '../proof-view';
import { slotBegins } from '../slots';
import { standingOf, standings } from '../standing';
import { type Judgement, judgeMonitor, type Voice } from '../verdict';
import { chorusOf, voicesOf } from '../voices';
import { incidentWhy, unwrittenView } from './incident-why';
import type { Onlooking } from './onlooking';
import { verdictWords, voiceWords } from './reason-words';
import type { MonitorWhyView, VoiceWhyView } from './why-view';

export function monitorWhy(monitor: Monitor, seen: Onlooking): MonitorWhyView {
  const { config, now } = seen;
  const { voices, judgement } = judgedOf(monitor, seen);
  const latest = latestByKey(seen.incidents);
  const me = judgement.completedBy ?? config.regions.probers[0] ?? ('' as never);
  const finding = findingOfAnswerer(monitor, judgement, { seen, me }) ?? availabilityFinding({ monitor, judgement, voices, config, me, now });
  const incident = latest.get(finding.about.key);
  const conclusion = conclude(finding, incident);
  return {
    kind: 'monitor',
    now: isoTime(now),
    id: monitor.id,
    target: monitor.target,
    voices: voices.map((voice) => voiceView(voice, seen)),
    ...identityIn(monitor, { voices, config, now }),
    verdict: { verdict: judgement.verdict, certainty: judgement.certainty, reason: judgement.reason, why: verdictWords[judgement.reason] },
    written:
      conclusion.kind === 'write'
        ? { transition: conclusion.body.kind, reason: judgement.reason, why: verdictWords[judgement.reason] }
        : { transition: null, ...unwrittenView(conclusion.why) },
    incident: incident === undefined ? null : incidentWhy(incident, seen, finding.condition),
  };
}

function judgedOf(monitor: Monitor, seen: Onlooking): Judged {
  const voices = voicesOf(chorusOf(seen.config, seen), monitor);
  const standing = standingOf(standings(seen.incidents), monitorSubject(monitor.id));
  return { monitor, voices, judgement: judgeMonitor({ monitor, voices, standing }) };
}

/** Where somebody else answers that is what there is to explain. With whom it was mixed up only all monitors can show. */
function findingOfAnswerer(monitor: Monitor, { verdict }: Judgement, { seen, me }: { readonly seen: Onlooking; readonly me: RegionId }): Finding | undefined {
  if (verdict !== 'misidentified') return undefined;
  const judged = seen.config.monitors.map((one) => judgedOf(one, seen));
  const findings = identityFindings(judged, { config: seen.config, me, now: seen.now, latest: latestByKey(seen.incidents) });
  return findings.find(({ about }) => about.subject === monitorSubject(monitor.id));
}

function voiceView(voice: Voice, { config, now }: { readonly config: Config; readonly now: Onlooking['now'] }): VoiceWhyView {
  const { region } = voice;
  const begun = (slot: Parameters<typeof slotBegins>[2]) => slotBegins(config, region, slot);
  if (voice.kind === '?') {
    const ageMs = voice.lastSlot === undefined ? null : Math.max(0, now - begun(voice.lastSlot));
    const nothing = { run: null, since: null, address: null, phases: null };
    return { region, says: '?', health: 'unknown', reason: voice.why, why: voiceWords[voice.why], ageMs, ...nothing };
  }
  const { sample } = voice;
  return {
    region,
    says: sample.ok ? 'ok' : 'fails',
    health: sample.health,
    reason: sample.reason,
    why: sample.detail,
    run: sample.run,
    since: isoTime(begun(sample.runSince)),
    ageMs: Math.max(0, now - begun(sample.slot)),
    address: sample.address === '' ? null : sample.address,
    phases: sample.phases,
  };
}
