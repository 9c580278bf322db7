/** From a judgement to what would be written of it: the facts a person needs, in lines, and who speaks first. */
import type { Instant, RegionId, Slot } from './basics/brand';
import { ageText, second } from './basics/time';
import type { Finding } from './conclusion';
import type { Config, Monitor } from './config/config';
import { type Condition, dedupKey, type EvidenceSlots, monitorSubject, proberSubject } from './log';
import { totalMs } from './observation';
import { slotBegins } from './slots';
import { speakersInOrder } from './speaker';
import type { Judgement, Voice } from './verdict';
import type { WatchFinding, WatchState } from './watch';

/** What one judgement of a monitor means for the log. */
export function availabilityFinding(question: {
  readonly monitor: Monitor;
  readonly judgement: Judgement;
  readonly voices: readonly Voice[];
  readonly config: Config;
  readonly me: RegionId;
  readonly now: Instant;
}): Finding {
  const { monitor, judgement, me } = question;
  const subject = monitorSubject(monitor.id);
  return {
    condition: judgement.reason === 'not-yet-confirmed' ? undefined : conditionOf(judgement),
    reason: judgement.reason,
    evidence: judgement.evidence,
    about: {
      key: dedupKey(subject, 'availability'),
      subject,
      family: 'availability',
      severity: monitor.severity,
      certainty: judgement.certainty,
      speaker: judgement.completedBy ?? me,
    },
    facts: () => [...question.voices.map((voice) => voiceLine(voice, question)), `target: ${monitor.target}`, `configuration: ${question.config.hash}`],
  };
}

function conditionOf({ verdict }: Judgement): Finding['condition'] {
  if (verdict === 'up') return 'well';
  return verdict === 'unknown' ? undefined : verdict;
}

function voiceLine(voice: Voice, { config, now }: { readonly config: Config; readonly now: Instant }): string {
  if (voice.kind === '?') return `${voice.region}: ? (${voice.why})`;
  const { sample } = voice;
  const age = ageText(now - slotBegins(config, voice.region, sample.slot));
  if (sample.ok) return `${voice.region}: ok in ${totalMs(sample.phases)} ms, ${age} ago`;
  const where = sample.address === '' ? '' : ` at ${sample.address}`;
  return `${voice.region}: ${sample.reason}${where}: ${sample.detail} (${sample.run} in a row, newest ${age} ago)`;
}

/** A lasting trouble with a path, not with the prober, becomes a ticket only after this time. */
const pathTroubleMs: Readonly<Partial<Record<WatchState, number>>> = { 'link-lost': 10 * 60 * second, 'replication-stuck': 5 * 60 * second };

/** What watching a peer means for the log. */
export function watchFinding(question: {
  readonly subject: RegionId;
  readonly watch: WatchFinding;
  /** For how long this observer has found the same. */
  readonly lastsMs: number;
  readonly evidence: EvidenceSlots;
  readonly newest: Slot | undefined;
  readonly speakers: readonly RegionId[];
  readonly me: RegionId;
  readonly now: Instant;
}): Finding {
  const { subject, watch, me, now, newest } = question;
  const key = dedupKey(proberSubject(subject), 'watch');
  const condition = watchCondition(watch.state, question.lastsMs);
  const lastBeat = newest === undefined ? 'no beat was ever seen' : `newest beat: slot ${newest}, ${ageText(now - newest * second)} ago`;
  return {
    condition,
    reason: watch.reason,
    evidence: question.evidence,
    about: {
      key,
      subject: proberSubject(subject),
      family: 'watch',
      severity: condition === 'silent' || condition === 'well' ? 'page' : 'ticket',
      certainty: 'single-witness',
      speaker:
        speakersInOrder(
          key,
          question.speakers.filter((region) => region !== subject),
        )[0] ?? me,
    },
    facts: () => [`${subject} is ${watch.state} to ${me}: ${watch.reason}`, lastBeat],
  };
}

function watchCondition(state: WatchState, lastsMs: number): Condition | 'well' | undefined {
  if (state === 'reporting') return 'well';
  if (state === 'silent') return 'silent';
  if (state !== 'link-lost' && state !== 'replication-stuck') return undefined;
  return lastsMs >= (pathTroubleMs[state] ?? 0) ? state : undefined;
}
