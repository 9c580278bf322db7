/**
 * What all fresh regions together say of a monitor. Rules in this order; a verdict stands until a rule changes it:
 * the pool (a second place confirms faster than a second round), then the table of each region's own health.
 * Whatever was said before, a failing sample that had been a good one would never make the verdict worse.
 */
import type { Instant, RegionId, Slot } from './basics/brand';
import { second } from './basics/time';
import type { Certainty } from './condition';
import type { Monitor, RegionsToPage } from './config/config';
import { isFlaky } from './flaky';
import type { Sample } from './health';
import type { Standing, Verdict } from './standing';

/** What one region has to say now; a region that has nothing fresh to say is `?`. */
export type Voice =
  | { readonly kind: 'fresh'; readonly region: RegionId; readonly sample: Sample; readonly finishedAt: Instant }
  | { readonly kind: '?'; readonly region: RegionId; readonly why: SilentWhy; readonly lastSlot?: Slot | undefined };

/** `other-configuration`: an older one, or one of the same age. */
type SilentWhy = 'never-heard' | 'not-fresh' | 'other-configuration' | 'newer-configuration';

export type VerdictReason =
  | 'every-region-fails'
  | 'every-region-succeeds'
  | 'enough-regions-down'
  | 'down-from-some-regions'
  | 'only-witness-fails'
  | 'only-witness-succeeds'
  | 'no-region-is-fresh'
  | 'newer-configuration-elsewhere'
  | 'fails-now-and-then'
  | 'somebody-else-answers'
  | 'not-yet-confirmed';

export interface Judgement {
  readonly verdict: Verdict;
  readonly certainty: Certainty;
  readonly reason: VerdictReason;
  /** It is up, and fails now and then. */
  readonly isFlaky: boolean;
  /** What is seen may be about to say something else: the next sample, from wherever, can confirm it. */
  readonly isUnsure: boolean;
  /** The newest slot of each fresh region that was looked at. */
  readonly evidence: Readonly<Record<RegionId, Slot>>;
  /** The region whose newest sample completed the evidence. */
  readonly completedBy?: RegionId | undefined;
}

/** What only some regions see, a failure or a recovery, is told after so many rounds beyond `downAfter` or `upAfter`. */
const partialRounds = 3;

interface Question {
  readonly monitor: Monitor;
  readonly voices: readonly Voice[];
  /** What was said before. */
  readonly standing: Standing;
}

type Fresh = Extract<Voice, { kind: 'fresh' }>;
type Finding = Pick<Judgement, 'verdict' | 'reason'> & { readonly by: readonly Fresh[] };

export function judgeMonitor(question: Question): Judgement {
  const fresh = question.voices.filter((voice): voice is Fresh => voice.kind === 'fresh');
  const finding = find(question, fresh);
  const flaky = finding.verdict === 'up' && isFlaky(fresh, question);
  return {
    verdict: finding.verdict,
    certainty: fresh.length < 2 ? 'single-witness' : 'confirmed',
    reason: flaky ? 'fails-now-and-then' : finding.reason,
    isFlaky: flaky,
    isUnsure: finding.reason === 'not-yet-confirmed',
    evidence: Object.fromEntries(fresh.map((voice) => [voice.region, voice.sample.slot])),
    completedBy: newest(flaky ? fresh : finding.by)?.region,
  };
}

/** Whoever has an older configuration of a monitor than a living region leaves it to that one. */
function find(question: Question, fresh: readonly Fresh[]): Finding {
  const isOutdated = question.voices.some((voice) => voice.kind === '?' && voice.why === 'newer-configuration');
  if (isOutdated) return { verdict: 'unknown', reason: 'newer-configuration-elsewhere', by: [] };
  if (fresh.length === 0) return { verdict: 'unknown', reason: 'no-region-is-fresh', by: [] };
  if (fresh.length === 1) return withAnswerer(fromOneRegion(question, fresh), fresh);
  return withAnswerer(fromPool(question, fresh) ?? fromTable(question, fresh) ?? asBefore(question, fresh), fresh);
}

/**
 * What was confirmed as down, or as down from somewhere, is of another kind where any of those that see it so is answered by somebody
 * else: of the target itself nothing is known then. It is found where a failure would be found, no sooner and no more often.
 */
function withAnswerer(finding: Finding, fresh: readonly Fresh[]): Finding {
  if (finding.reason === 'not-yet-confirmed' || (finding.verdict !== 'down' && finding.verdict !== 'partial')) return finding;
  const everyFails = fresh.every(({ sample }) => !sample.ok);
  const isAnsweredByAnother = ({ sample }: Fresh): boolean => sample.reason === 'misidentified' && (everyFails || sample.health === 'down');
  return fresh.some(isAnsweredByAnother) ? { ...finding, verdict: 'misidentified', reason: 'somebody-else-answers' } : finding;
}

function fromPool({ monitor }: Question, fresh: readonly Fresh[]): Finding | undefined {
  const samples = fresh.reduce((sum, voice) => sum + voice.sample.run, 0);
  if (fresh.every((voice) => !voice.sample.ok) && samples >= monitor.downAfter) return { verdict: 'down', reason: 'every-region-fails', by: fresh };
  if (fresh.every((voice) => voice.sample.ok) && samples >= monitor.upAfter) return { verdict: 'up', reason: 'every-region-succeeds', by: fresh };
  return undefined;
}

function fromTable({ monitor, standing }: Question, fresh: readonly Fresh[]): Finding | undefined {
  const down = fresh.filter((voice) => voice.sample.health === 'down');
  const up = fresh.filter((voice) => voice.sample.health === 'up' && voice.sample.ok);
  if (down.length >= regionsNeeded(monitor.regionsToPage, fresh.length)) return { verdict: 'down', reason: 'enough-regions-down', by: down };
  if (up.length === fresh.length) return { verdict: 'up', reason: 'every-region-succeeds', by: up };
  const telling =
    standing.verdict === 'down' || standing.verdict === 'misidentified'
      ? fresh.filter(({ sample }) => sample.ok && sample.run >= monitor.upAfter + partialRounds)
      : down.filter(({ sample }) => !sample.ok && sample.run >= monitor.downAfter + partialRounds);
  return telling.length > 0 ? { verdict: 'partial', reason: 'down-from-some-regions', by: telling } : undefined;
}

function regionsNeeded(wanted: RegionsToPage, fresh: number): number {
  if (wanted === 'all') return fresh;
  if (wanted === 'majority') return Math.floor(fresh / 2) + 1;
  return wanted === 'any' ? 1 : Math.min(wanted, fresh);
}

/** One region alone must be surer: twice the samples, all taken since another was last heard. Where there is only one region, it is all there is. */
function fromOneRegion(question: Question, fresh: readonly Fresh[]): Finding {
  const { monitor, voices, standing } = question;
  const alone = voices.length === 1;
  const voice = fresh[0];
  if (voice === undefined) return asBefore(question, fresh);
  const samples = alone ? voice.sample.run : Math.min(voice.sample.run, samplesSince(voice, question));
  if (!voice.sample.ok)
    return samples >= monitor.downAfter * (alone ? 1 : 2) ? { verdict: 'down', reason: 'only-witness-fails', by: fresh } : asBefore(question, fresh);
  const isWell = standing.verdict === 'up' || standing.verdict === 'unknown';
  const [good, needed] = isWell || alone ? [voice.sample.run, monitor.upAfter] : [samples, monitor.upAfter * 2];
  return good >= needed ? { verdict: 'up', reason: 'only-witness-succeeds', by: fresh } : asBefore(question, fresh);
}

/** Without limit where no other was ever heard. */
function samplesSince(voice: Fresh, { voices, monitor }: Question): number {
  const lastHeard = voices.flatMap((other) => (other.kind === '?' && other.lastSlot !== undefined ? [other.lastSlot] : []));
  return Math.floor(((voice.sample.slot - Math.max(...lastHeard)) * second) / monitor.intervalMs);
}

/** Nothing was said before: a region that remembers health says what it remembers. */
function asBefore({ standing }: Question, fresh: readonly Fresh[]): Finding {
  const remembersUp = fresh.some((voice) => voice.sample.health === 'up');
  const verdict = standing.verdict === 'unknown' && remembersUp ? 'up' : standing.verdict;
  return { verdict, reason: 'not-yet-confirmed', by: [] };
}

/** Of samples of one slot the one whose round finished later. Only who speaks first rests on it, so a skewed clock does no harm. */
function newest(voices: readonly Fresh[]): Fresh | undefined {
  return voices.reduce<Fresh | undefined>((best, voice) => (best === undefined || isNewer(voice, best) ? voice : best), undefined);
}

const isNewer = (one: Fresh, other: Fresh): boolean =>
  one.sample.slot === other.sample.slot ? one.finishedAt >= other.finishedAt : one.sample.slot > other.sample.slot;
