/** From what was observed of a peer to what would be written of it. */
import type { Instant, RegionId, Slot } from './basics/brand';
import { ageText, second } from './basics/time';
import type { Finding } from './conclusion';
import { type Condition, isRipe, severityOf } from './condition';
import { dedupKey, type EvidenceSlots, proberSubject } from './log';
import { speakersInOrder } from './speaker';
import type { WatchFinding, WatchState } from './watch';

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
    undecided: condition === undefined && told.includes(watch.state) ? 'not-long-enough' : undefined,
    reason: watch.reason,
    evidence: question.evidence,
    about: {
      key,
      subject: proberSubject(subject),
      family: 'watch',
      severity: condition === undefined || condition === 'well' ? 'page' : severityOf(condition, question),
      certainty: 'single-witness',
      speaker: speakersInOrder(key, question.speakers).find((region) => region !== subject) ?? me,
    },
    facts: () => [`${subject} is ${watch.state} to ${me}: ${watch.reason}`, lastBeat],
  };
}

/** These are incidents of the prober's key in the family `watch`; the others are told elsewhere, or are nothing that could be told. */
const told: readonly WatchState[] = ['silent', 'hung', 'stopped', 'store-down', 'link-lost', 'replication-stuck', 'skewed'];
const well: readonly WatchState[] = ['reporting', 'skipping', 'lying'];

function watchCondition(state: WatchState, lastsMs: number): Condition | 'well' | undefined {
  if (well.includes(state)) return 'well';
  const condition = told.includes(state) ? (state as Condition) : undefined;
  if (condition === undefined || isRipe(condition, lastsMs)) return condition;
  return condition === 'skewed' ? 'well' : undefined;
}
