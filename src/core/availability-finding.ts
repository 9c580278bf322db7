/** From a judgement of a monitor to what would be written of it: the facts a person needs, in lines, and who speaks first. */
import type { Instant, RegionId } from './basics/brand';
import { ageText } from './basics/time';
import { causesOf } from './causes';
import type { Finding } from './conclusion';
import { severityOf } from './condition';
import type { Config, Monitor } from './config/config';
import { dedupKey, monitorSubject } from './log';
import { totalMs } from './observation';
import { lastProofWords, type ProofQuestion, proofOf } from './proof';
import { slotBegins } from './slots';
import type { Judgement, Voice } from './verdict';

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
  const condition = conditionOf(judgement);
  const causes = condition === undefined || condition === 'well' ? [] : causesOf(monitor, judgement, question.voices);
  return {
    condition,
    undecided: judgement.isUnsure ? 'not-yet-confirmed' : undefined,
    reason: judgement.reason,
    evidence: judgement.evidence,
    about: {
      key: dedupKey(subject, 'availability'),
      subject,
      family: 'availability',
      severity: condition === undefined || condition === 'well' ? monitor.severity : severityOf(condition, { lastsMs: 0, configured: monitor.severity }),
      certainty: judgement.certainty,
      speaker: judgement.completedBy ?? me,
      ...(causes.length === 0 ? {} : { causes }),
    },
    facts: () => [...voiceLines(question.voices, question), ...targetLines(monitor, question)],
  };
}

/** What each region says. */
export const voiceLines = (voices: readonly Voice[], seen: { readonly config: Config; readonly now: Instant }): readonly string[] =>
  voices.map((voice) => voiceLine(voice, seen));

/** What is asked, who must answer and when that was last proven, and in which configuration. */
export function targetLines(monitor: Monitor, seen: ProofQuestion & { readonly now: Instant }): readonly string[] {
  const proof = proofOf(monitor, seen);
  const who = proof === undefined ? [] : [`who must answer: ${proof.wanted}`, `identity ${lastProofWords(proof, seen.now)}`];
  return [`target: ${monitor.target}`, ...who, `configuration: ${seen.config.hash}`];
}

/** Where somebody else answers nothing is known of the target: that is told by itself. */
function conditionOf({ verdict, isFlaky, isUnsure }: Judgement): Finding['condition'] {
  if (isFlaky) return 'flaky';
  if (isUnsure || verdict === 'unknown' || verdict === 'misidentified') return undefined;
  return verdict === 'up' ? 'well' : verdict;
}

function voiceLine(voice: Voice, { config, now }: { readonly config: Config; readonly now: Instant }): string {
  if (voice.kind === '?') return `${voice.region}: ? (${voice.why})`;
  const { sample } = voice;
  const age = ageText(now - slotBegins(config, voice.region, sample.slot));
  if (sample.ok) return `${voice.region}: ok in ${totalMs(sample.phases)} ms, ${age} ago`;
  const where = sample.address === '' ? '' : ` at ${sample.address}`;
  return `${voice.region}: ${sample.reason}${where}: ${sample.detail} (${sample.run} in a row, newest ${age} ago)`;
}
