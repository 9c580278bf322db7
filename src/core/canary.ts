/**
 * Two canaries that no user has to run: something that must answer, and something that must not. A prober that reads them wrong
 * cannot be believed, whatever else it says.
 */
import { monitorHash, monitorId } from './basics/brand';
import { second } from './basics/time';
import type { CanaryReading } from './beat';
import type { Monitor } from './config/config';
import type { HttpProbe } from './config/kinds/http/probe';
import { type Attempt, decidingAttempt, type Observation, outcomeOf } from './observation';

export interface Canaries {
  /** The endpoint of the region's own table: whoever cannot reach it cannot store anything either. Any HTTP answer is one. */
  readonly mustAnswer: Monitor;
  /** A port of the loopback interface on which nothing listens. */
  readonly mustRefuse: Monitor;
}

const timeoutMs = 2 * second;

export const canariesAt = (canaryUrl: string): Canaries => ({
  mustAnswer: ours('canary-must-answer', canaryUrl),
  mustRefuse: ours('canary-must-refuse', 'http://127.0.0.1:1/'),
});

/** A neutral address as something to probe. It need not be well, it need only be there. */
export const anchorAt = (url: string): Monitor => canary('canary-anchor', url);

function ours(id: string, url: string): Monitor {
  return { ...canary(id, url), probe: { ...anyAnswer(url), mayBePrivate: true } };
}

function canary(id: string, url: string): Monitor & { readonly probe: HttpProbe } {
  return {
    id: monitorId(id),
    hash: monitorHash('000000000000'),
    intervalMs: timeoutMs,
    timeoutMs,
    downAfter: 1,
    upAfter: 1,
    severity: 'page',
    regionsToPage: 'any',
    target: url,
    probe: anyAnswer(url),
  };
}

const anyAnswer = (url: string): HttpProbe => ({ kind: 'http', url, expect: { status: [[100, 999]] } });

/**
 * One dead endpoint discredits nobody who sees something else: `nothing-answered` says that no monitor answered either, which
 * anchors may yet refute. A canary that could not be tried says nothing.
 */
export function readCanaries(seen: {
  readonly mustAnswer: Attempt;
  readonly mustRefuse: Attempt;
  readonly observations: readonly Observation[];
}): CanaryReading {
  if (outcomeOf(seen.mustRefuse) === 'ok') return 'closed-port-answered';
  const isAnythingSeen = seen.observations.some((observation) => outcomeOf(decidingAttempt(observation)) === 'ok');
  return outcomeOf(seen.mustAnswer) === 'failed' && !isAnythingSeen ? 'nothing-answered' : 'right';
}

/** What was observed by a prober that cannot be believed covers nothing. */
export function discredited(observation: Observation, reading: Exclude<CanaryReading, 'right'>): Observation {
  const { phases } = decidingAttempt(observation);
  return { ...observation, attempts: [{ reason: 'prober-error', detail: `${disbelief[reading]}, so what it sees does not count`, phases }] };
}

export const disbelief: Readonly<Record<Exclude<CanaryReading, 'right'>, string>> = {
  'closed-port-answered': 'this prober calls a closed port up',
  'nothing-answered': 'this prober reaches nothing at all',
};
