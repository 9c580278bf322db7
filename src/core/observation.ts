/** What one region saw of one monitor, once. */
import type { MonitorHash, MonitorId, Slot } from './basics/brand';

/** Why a probe ended as it did: a closed set, documented in docs/reasons.md. New ones stand at the end. */
export const reasons = [
  'ok',
  'status',
  'slow',
  'dns-nxdomain',
  'dns-timeout',
  'dns-error',
  'connect-refused',
  'connect-unreachable',
  'connect-reset',
  'connect-timeout',
  'tls-expired',
  'tls-name',
  'tls-untrusted',
  'tls-error',
  'tls-timeout',
  'first-byte-timeout',
  'transfer-timeout',
  'closed-early',
  'protocol',
  'too-large',
  'address-refused',
  'prober-error',
  'deadline',
  'body',
  'header',
  'redirect',
  'size',
  'encoding',
  'http-version',
  'tls-missing',
  'proxy',
  'misidentified',
  'tls-days',
  'tls-pin',
  'tls-version',
  'tls-client',
  'starttls',
  'dns-rcode',
  'dns-answer',
  'dialogue',
  'upgrade',
  'grpc-status',
  'domain-days',
  'domain-unknown',
  'heartbeat-late',
  'heartbeat-failed',
  'inbox-dark',
  'members',
  'token',
] as const;
export type Reason = (typeof reasons)[number];

/** Reasons that say something of the prober and nothing of the target: such a probe covered nothing. */
const ownReasons: readonly Reason[] = ['address-refused', 'prober-error', 'deadline', 'inbox-dark'];

/** Milliseconds spent in each phase; a phase that was not reached took 0. They add up to the whole probe. */
export interface Phases {
  readonly dnsMs: number;
  readonly connectMs: number;
  readonly tlsMs: number;
  readonly firstByteMs: number;
  readonly transferMs: number;
}
export const noPhases: Phases = { dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, transferMs: 0 };
export const totalMs = (phases: Phases): number => phases.dnsMs + phases.connectMs + phases.tlsMs + phases.firstByteMs + phases.transferMs;

/** One try of a probe. */
export interface Attempt {
  readonly reason: Reason;
  /** What was seen and what was wanted, such as `status 503, wanted 2xx`; empty when all is well. */
  readonly detail: string;
  readonly phases: Phases;
  /** The address really contacted, such as `192.0.2.10:443`. */
  readonly address?: string | undefined;
}

/** All tries of one probe in one round: the last one decides, the first one gives the latency. */
export interface Observation {
  readonly monitor: MonitorId;
  readonly hash: MonitorHash;
  readonly slot: Slot;
  readonly attempts: readonly [Attempt, ...Attempt[]];
}

export type Outcome = 'ok' | 'failed' | 'not-covered';

/** What an attempt says of the target. */
export function outcomeOf(attempt: Attempt): Outcome {
  if (attempt.reason === 'ok') return 'ok';
  return ownReasons.includes(attempt.reason) ? 'not-covered' : 'failed';
}

/** The attempt that decides: the last one made. */
export function decidingAttempt(observation: Observation): Attempt {
  return observation.attempts.at(-1) ?? observation.attempts[0];
}
