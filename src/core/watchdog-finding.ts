/** From what was observed of a region's watchdog, or by it of itself, to what would be written of it. */
import { type Instant, type RegionId, type Slot, slotAt } from './basics/brand';
import type { Finding } from './conclusion';
import { type Condition, isRipe, severityOf } from './condition';
import { dedupKey, watchdogSubject } from './log';
import { speakersInOrder } from './speaker';
import type { SelfState } from './watch';
import type { WatchdogState } from './watchdog-watch';

export interface WatchdogQuestion {
  readonly subject: RegionId;
  readonly state: WatchdogState;
  readonly reason: string;
  /** What that watchdog finds of itself, by its newest record or by its own word. */
  readonly self: SelfState;
  readonly selfReason: string;
  /** Whether this very watchdog speaks: nobody else tells what it finds of itself. */
  readonly isMyself: boolean;
  /** Whether this observer could store its own last record anywhere. */
  readonly couldStore: boolean;
  /** For how long this observer has found the same. */
  readonly lastsMs: number;
  readonly newest: Slot | undefined;
  readonly speakers: readonly RegionId[];
  readonly me: RegionId;
  readonly now: Instant;
}

export function watchdogFinding(question: WatchdogQuestion): Finding {
  const { subject, me, newest, lastsMs } = question;
  const key = dedupKey(watchdogSubject(subject), 'watch');
  const condition = conditionOf(question);
  const isOfItself = condition === 'alone' || condition === 'refused';
  const isUnripe = condition === undefined && question.state === 'watching' && ofMyself(question) !== undefined;
  return {
    condition,
    undecided: isUnripe ? 'not-long-enough' : undefined,
    reason: isOfItself ? question.selfReason : question.reason,
    evidence: { [subject]: newest ?? slotAt(0) },
    about: {
      key,
      subject: watchdogSubject(subject),
      family: 'watch',
      severity: condition === undefined || condition === 'well' ? 'page' : severityOf(condition, { lastsMs }),
      certainty: 'single-witness',
      speaker: isOfItself ? subject : (speakersInOrder(key, question.speakers).find((region) => region !== subject) ?? me),
    },
    facts: () => [`${me} finds the watchdog of ${subject} ${question.state}: ${question.reason}`, `it finds itself ${question.self}: ${question.selfReason}`],
  };
}

function conditionOf(question: WatchdogQuestion): Condition | 'well' | undefined {
  const { state, self, lastsMs } = question;
  if (state === 'watcher-silent') return 'watcher-silent';
  if (state !== 'watching') return undefined;
  if (self === 'well') return 'well';
  const found = ofMyself(question);
  return found !== undefined && isRipe(found, lastsMs) ? found : undefined;
}

/** Told by nobody else, and so its end: whoever can store nothing says nothing of itself, for only this environment would ever know of it. */
const ofMyself = ({ self, isMyself, couldStore }: WatchdogQuestion): 'alone' | 'refused' | undefined =>
  isMyself && couldStore && (self === 'alone' || self === 'refused') ? self : undefined;
