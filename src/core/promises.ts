/** The bounds of `docs/promises.md` for a configuration: after how long somebody must have been told of what. */
import { minute, second } from './basics/time';
import type { Config, Monitor } from './config/config';
import { isLooping } from './slots';
import { confirmMs, freshMs, slackMs } from './watch';

/** All in ms, from the moment in which the fault begins unless it says otherwise. */
export interface Promises {
  /** A region goes dark. */
  readonly darkMs: number;
  /** A region goes dark that holds no prober, and another one misses its watchdog. */
  readonly watchdogMs: number;
  /** A prober dies while its region works. */
  readonly silentMs: number;
  /** A prober begins rounds and ends none, or answers nothing. */
  readonly hungMs: number;
  /** Nothing invokes a prober any more; from its last round on. */
  readonly stoppedMs: number;
  /** So long the last invocation may go on with rounds after the schedule has ended. */
  readonly lastInvocationMs: number;
  /** No prober is left. */
  readonly unwatchedMs: number;
  /** A prober leaves out monitors. */
  readonly skippingMs: number;
  /** A table of another region does not arrive here, to the ticket. */
  readonly replicationMs: number;
  /** AWS refuses what a region asks, to the ticket. */
  readonly refusedMs: number;
  /** After the last fault: all is resolved, and told. */
  readonly healedMs: number;
  /** So long everybody must have watched in peace before the others hold. */
  readonly calmMs: number;
}

/** A clock may be off by so much, and nothing that is promised changes. */
export const clockOffMsMost = 5 * minute;

/** No call of a look takes longer: a read elsewhere, a poke, a message. */
export const callMs = 3 * second;
/** While anything is in doubt everybody looks again so soon. */
const lookMs = 5 * second;
/** AWS ends an environment of a function that loops after this time. */
const loopMs = 2 * minute;

export function promisesOf(config: Config): Promises {
  const { beatIntervalMs: cycleMs } = config;
  const { tolerateMs } = config.watch;
  const decideMs = confirmMs + lookMs + 2 * callMs;
  const signMs = isLooping(config) ? lookMs : minute / 2;
  const vigilCycleMs = isLooping(config) ? lookMs : minute;
  const darkMs = signMs + tolerateMs + decideMs;
  return {
    darkMs,
    watchdogMs: vigilCycleMs + tolerateMs + confirmMs + decideMs,
    silentMs: cycleMs + Math.max(freshMs({ cycleMs, tolerateMs }), slackMs(cycleMs) + lookMs) + decideMs,
    hungMs: cycleMs + tolerateMs + decideMs,
    stoppedMs: cycleMs + Math.max(cycleMs + tolerateMs, slackMs(cycleMs) + lookMs + minute) + decideMs,
    lastInvocationMs: isLooping(config) ? loopMs : minute,
    unwatchedMs: darkMs + confirmMs,
    skippingMs: Math.max(0, ...config.monitors.map(missedTwiceMs)) + cycleMs + Math.max(tolerateMs, 2 * cycleMs) + decideMs,
    replicationMs: cycleMs + tolerateMs + replicationTicketMs + decideMs,
    // A watchdog that takes over, as every minute while they loop, must find it for itself.
    refusedMs: vigilCycleMs + (isLooping(config) ? 2 : 1) * minute + decideMs,
    healedMs: 2 * minute + Math.max(0, ...config.monitors.map(seenUpMs)),
    calmMs: cycleMs + tolerateMs + decideMs,
  };
}

const replicationTicketMs = 5 * minute;

const missedTwiceMs = ({ intervalMs, timeoutMs }: Monitor): number => 2 * intervalMs + timeoutMs;
const seenUpMs = ({ upAfter, intervalMs }: Monitor): number => (upAfter + 2) * intervalMs;
