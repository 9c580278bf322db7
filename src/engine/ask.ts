/** What a prober answers when it is asked what it sees: it probes as a round would, canaries included, and claims, records, judges and tells nothing. */
import { type Instant, instant, type MonitorHash, type MonitorId, type RegionId } from '../core/basics/brand';
import { second } from '../core/basics/time';
import type { CanaryReading } from '../core/beat';
import { type Config, isProbed, type Monitor } from '../core/config/config';
import { type IdentitySeen, identitySeen } from '../core/identity-seen';
import { type Attempt, decidingAttempt, type Observation, type Outcome, outcomeOf, type Reason, totalMs } from '../core/observation';
import { slotOf } from '../core/slots';
import { type Heard, listening } from './listening';
import { observeAll } from './observing';
import type { Finding } from './ports';
import type { World } from './world';

export interface Ask {
  /** The answer repeats it. */
  readonly nonce: string;
  /** Ids; empty for all. */
  readonly monitors: readonly string[];
  /** Whether everything is told that was looked at. */
  readonly isExplained: boolean;
}

export interface AskAnswer {
  /** The one that was asked with: an answer with another one is none. */
  readonly nonce: string;
  readonly region: RegionId;
  readonly configHash: string;
  readonly codeVersion: string;
  /** Where they read wrong, nothing that was seen counts. */
  readonly canaries: CanaryReading;
  readonly seen: readonly Seen[];
  /** Ids that the configuration of this function does not have. */
  readonly unknown: readonly string[];
}

/** One monitor, as one region sees it now. */
export interface Seen {
  readonly monitor: MonitorId;
  /** By which the one who asks can tell whether the same monitor is meant. */
  readonly hash: MonitorHash;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly detail: string;
  /** How many tries it took. */
  readonly tries: number;
  /** Of the first try. */
  readonly ms: number;
  /** The address really contacted, empty where none was. */
  readonly address: string;
  /** Every try. Answers of earlier versions lack it. */
  readonly attempts?: readonly Attempt[] | undefined;
  /** Whether it is proven who answered; absent where nobody is named who must, and in answers of earlier versions. */
  readonly identity?: IdentitySeen | undefined;
  /** Of each try all that was looked at, where that was asked for. Answers of earlier versions lack it. */
  readonly findings?: readonly (readonly Finding[])[] | undefined;
}

const nonceLengthMax = 64;

/** Throws where the event asks for nothing that can be answered. */
export function askOf(event: unknown): Ask {
  const { nonce, monitors, explain } = typeof event === 'object' && event !== null ? (event as Readonly<Record<string, unknown>>) : {};
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > nonceLengthMax) {
    throw new Error(`"ask.nonce" must be text of 1 to ${nonceLengthMax} characters, which the answer repeats`);
  }
  if (!Array.isArray(monitors) || !monitors.every((id) => typeof id === 'string')) {
    throw new Error('"ask.monitors" must be a list of ids of monitors; an empty one asks for all');
  }
  return { nonce, monitors, isExplained: explain === true };
}

export async function answerAsk(world: World, { nonce, monitors, isExplained }: Ask): Promise<AskAnswer> {
  const { region, config, codeVersion } = world.self;
  const { asked, unknown } = chosen(config, monitors);
  const byId = new Map(asked.map((monitor) => [monitor.id, monitor]));
  const slot = slotOf(config, region, world.ports.clock.now());
  const { world: listened, heard } = isExplained ? listening(world) : { world, heard: nothing };
  const { observations, canaries } = await observeAll(listened, { monitors: asked, slot, giveUpAt: giveUpAt(world) });
  const told = canaries === 'right' ? heard : nothing;
  const seen = observations.map((observation) => seenOf(observation, byId.get(observation.monitor), told.get(observation.monitor)));
  return { nonce, region, configHash: config.hash, codeVersion, canaries, seen, unknown };
}

const nothing: Heard = new Map();

function chosen(config: Config, ids: readonly string[]): { readonly asked: readonly Monitor[]; readonly unknown: readonly string[] } {
  const known = new Set<string>(config.monitors.map(({ id }) => id));
  return {
    asked: config.monitors.filter((monitor) => isProbed(monitor) && (ids.length === 0 || ids.includes(monitor.id))),
    unknown: ids.filter((id) => !known.has(id)),
  };
}

/** Whoever asks waits no longer than a round lasts, and the answer must leave before this environment is killed. */
const longestMs = 40 * second;

function giveUpAt({ ports, invocation }: World): Instant {
  return instant(ports.clock.now() + Math.min(longestMs, invocation.remainingMs() - 5 * second));
}

function seenOf(observation: Observation, monitor: Monitor | undefined, heard: readonly (readonly Finding[])[] | undefined): Seen {
  const deciding = decidingAttempt(observation);
  const findings = heard?.slice(0, observation.attempts.length);
  const identity = monitor === undefined ? undefined : identitySeen(monitor, deciding, findings?.at(-1));
  return {
    monitor: observation.monitor,
    hash: observation.hash,
    outcome: outcomeOf(deciding),
    reason: deciding.reason,
    detail: deciding.detail,
    tries: observation.attempts.length,
    ms: totalMs(observation.attempts[0].phases),
    address: deciding.address ?? '',
    attempts: observation.attempts,
    ...(identity === undefined ? {} : { identity }),
    ...(findings === undefined ? {} : { findings }),
  };
}
