/** From how a region covers its monitors to what would be written of it. */
import { type RegionId, type Slot, slotAt } from './basics/brand';
import type { Finding } from './conclusion';
import { severityOf } from './condition';
import type { Coverage } from './coverage';
import { dedupKey, proberSubject } from './log';
import { speakersInOrder } from './speaker';
import type { Patience, WatchState } from './watch';

export interface CoverageQuestion {
  readonly subject: RegionId;
  readonly state: WatchState;
  readonly coverage: Coverage;
  /** For how long this observer has found the same state. */
  readonly lastsMs: number;
  readonly patience: Patience;
  readonly newest: Slot | undefined;
  readonly speakers: readonly RegionId[];
  readonly me: RegionId;
}

/** How many monitors a message names. */
const mostNamed = 10;

export function coverageFinding(question: CoverageQuestion): Finding {
  const { subject, state, coverage, newest, me } = question;
  const key = dedupKey(proberSubject(subject), 'coverage');
  const { condition, undecided } = conditionOf(question);
  return {
    condition,
    undecided,
    reason: coverage.reason,
    evidence: { [subject]: newest ?? slotAt(0) },
    about: {
      key,
      subject: proberSubject(subject),
      family: 'coverage',
      severity: severityOf(state === 'lying' ? 'lying' : 'skipping', question),
      certainty: 'single-witness',
      speaker: speakersInOrder(key, question.speakers).find((region) => region !== subject) ?? me,
    },
    facts: () => [`${subject}: ${coverage.reason}`, ...namesOf(coverage)],
  };
}

/** A round that was cut short wakes nobody: what is tolerated of a peer is tolerated of its work, too. */
function conditionOf({ state, coverage, lastsMs, patience }: CoverageQuestion): Pick<Finding, 'condition' | 'undecided'> {
  if (state === 'reporting' || state === 'skewed') return coverage.isSure ? { condition: 'well' } : { condition: undefined, undecided: 'not-long-enough' };
  if (state !== 'skipping' && state !== 'lying') return { condition: undefined };
  // What is skipped was missed twice before it was seen to be; what lies must do so twice.
  const isLasting = lastsMs >= (state === 'lying' ? Math.max(patience.tolerateMs, 2 * patience.cycleMs) : patience.tolerateMs);
  return isLasting ? { condition: state } : { condition: undefined, undecided: 'not-long-enough' };
}

function namesOf({ skipped }: Coverage): readonly string[] {
  if (skipped.length === 0) return [];
  const more = skipped.length > mostNamed ? `, and ${skipped.length - mostNamed} more` : '';
  return [`not covered: ${skipped.slice(0, mostNamed).join(', ')}${more}`];
}
