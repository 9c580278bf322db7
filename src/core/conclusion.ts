/** From what is judged now and what is already written down to what must be written down: a transition, or silence with its reason. */

import { type Condition, isGraver } from './condition';
import { isBehind, isNewerEvidence } from './evidence';
import { type Incident, isOpen } from './incident';
import type { Changed, EvidenceSlots, Opened, Resolved, TransitionBody } from './log';

/** What one region finds of one subject, ready to be held against the log. */
export interface Finding {
  /** `undefined` where nothing can be said, as with an `unknown` verdict: it neither opens nor closes. */
  readonly condition: Condition | 'well' | undefined;
  /** Where something was found all the same, and is not yet sure or has not lasted long enough. */
  readonly undecided?: 'not-yet-confirmed' | 'not-long-enough' | undefined;
  readonly reason: string;
  readonly evidence: EvidenceSlots;
  /** The opening as it would be written. */
  readonly about: Pick<Opened, 'key' | 'subject' | 'family' | 'severity' | 'certainty' | 'speaker' | 'causes'>;
  /** What was seen, in lines; put into words only where something is written, which is seldom. */
  readonly facts: () => readonly string[];
}

/** Why nothing is written down. */
export const unwrittenReasons = [
  'nothing-wrong',
  'nothing-known',
  'not-yet-confirmed',
  'not-long-enough',
  'already-open',
  'milder-than-told',
  'end-not-newer',
  'change-not-newer',
  'behind-the-end',
] as const;
export type UnwrittenReason = (typeof unwrittenReasons)[number];

export type Conclusion = { readonly kind: 'write'; readonly body: TransitionBody } | { readonly kind: 'nothing'; readonly why: UnwrittenReason };

/** `latest` is the open incident of the finding's key, or else the newest resolved one. */
export function conclude(finding: Finding, latest: Incident | undefined): Conclusion {
  const { condition } = finding;
  const open = latest !== undefined && isOpen(latest) ? latest : undefined;
  if (condition === undefined) return silence(finding.undecided ?? (finding.reason === 'not-yet-confirmed' ? 'not-yet-confirmed' : 'nothing-known'));
  if (condition === 'well') return open === undefined ? silence('nothing-wrong') : resolve(finding, open);
  if (open !== undefined) return open.condition === condition ? sameAgain(finding, condition, open) : change(finding, condition, open);
  if (latest !== undefined && isBehindResolution(finding, latest)) return silence('behind-the-end');
  return { kind: 'write', body: opened(finding, condition) };
}

const silence = (why: UnwrittenReason): Conclusion => ({ kind: 'nothing', why });

/** Closing takes evidence newer than each opening's and change's: a view that lags behind closes nothing. */
function resolve(finding: Finding, open: Incident): Conclusion {
  if (!isNewerThanAll(finding, open)) return silence('end-not-newer');
  const { key, subject, family, speaker } = finding.about;
  const body: Resolved = { kind: 'resolved', key, subject, family, facts: finding.facts(), speaker, reason: finding.reason, evidence: finding.evidence };
  return { kind: 'write', body };
}

/** What lasts may become graver. It never becomes milder again before it is over: another region may have watched it for less time. */
function sameAgain(finding: Finding, condition: Condition, open: Incident): Conclusion {
  const { severity } = finding.about;
  if (isGraver(severity, open.severity)) return change(finding, condition, open);
  return silence(isGraver(open.severity, severity) ? 'milder-than-told' : 'already-open');
}

function change(finding: Finding, condition: Condition, open: Incident): Conclusion {
  if (!isNewerThanAll(finding, open)) return silence('change-not-newer');
  const body: Changed = { ...opened(finding, condition), kind: 'changed' };
  return { kind: 'write', body };
}

const opened = (finding: Finding, condition: Condition): Opened => ({
  kind: 'opened',
  ...finding.about,
  facts: finding.facts(),
  condition,
  reason: finding.reason,
  evidence: finding.evidence,
});

const isNewerThanAll = (finding: Finding, incident: Incident): boolean =>
  incident.transitions.every((transition) => transition.entries.every((entry) => isNewerEvidence(finding.evidence, entry.body.evidence)));

const isBehindResolution = (finding: Finding, resolved: Incident): boolean =>
  resolved.transitions.some(
    (transition) => transition.kind === 'resolved' && transition.entries.some((entry) => isBehind(finding.evidence, entry.body.evidence)),
  );
