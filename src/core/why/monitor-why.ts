/** Why a monitor's verdict is what it is: what each region says of it, which rule decided, and what came of that. */
import { availabilityFinding } from '../availability-finding';
import { isoTime } from '../basics/time';
import { conclude } from '../conclusion';
import type { Config, Monitor } from '../config/config';
import { latestByKey } from '../incident';
import { dedupKey, monitorSubject } from '../log';
import { slotBegins } from '../slots';
import { nothingSaid, standings } from '../standing';
import { judgeMonitor, type Voice } from '../verdict';
import { chorusOf, voicesOf } from '../voices';
import { incidentWhy, unwrittenView } from './incident-why';
import type { Onlooking } from './onlooking';
import { verdictWords, voiceWords } from './reason-words';
import type { MonitorWhyView, VoiceWhyView } from './why-view';

export function monitorWhy(monitor: Monitor, seen: Onlooking): MonitorWhyView {
  const { config, now } = seen;
  const voices = voicesOf(chorusOf(config, seen), monitor);
  const key = dedupKey(monitorSubject(monitor.id), 'availability');
  const incident = latestByKey(seen.incidents).get(key);
  const judgement = judgeMonitor({ monitor, voices, standing: standings(seen.incidents).get(key) ?? nothingSaid });
  const me = judgement.completedBy ?? config.regions.probers[0] ?? ('' as never);
  const finding = availabilityFinding({ monitor, judgement, voices, config, me, now });
  const conclusion = conclude(finding, incident);
  return {
    kind: 'monitor',
    now: isoTime(now),
    id: monitor.id,
    target: monitor.target,
    voices: voices.map((voice) => voiceView(voice, seen)),
    verdict: { verdict: judgement.verdict, certainty: judgement.certainty, reason: judgement.reason, why: verdictWords[judgement.reason] },
    written:
      conclusion.kind === 'write'
        ? { transition: conclusion.body.kind, reason: judgement.reason, why: verdictWords[judgement.reason] }
        : { transition: null, ...unwrittenView(conclusion.why) },
    incident: incident === undefined ? null : incidentWhy(incident, seen, finding.condition),
  };
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
