/** What the program that runs our rounds is told, and what it tells. */
import type { CallingProbe } from '../../src/core/config/kinds/probe';

export interface OwnSpec {
  /** Asked for a status, each in every round. */
  readonly urls: readonly string[];
  /** Of any kind, beside those. */
  readonly others?: readonly OwnMonitor[] | undefined;
  /** From round to round; 0 for one after the other as fast as it goes. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** The authority of the target's certificate, as PEM. */
  readonly trusted?: string | undefined;
  /** Ends after so many rounds. */
  readonly rounds?: number | undefined;
}

export interface OwnMonitor {
  readonly probe: CallingProbe;
  /** Due in one round of so many; in each where nothing is said. */
  readonly everyRounds?: number | undefined;
  readonly timeoutMs?: number | undefined;
}

/** One round, told when it is over. */
export interface OwnRound {
  readonly probes: number;
  readonly good: number;
  readonly notCovered: number;
  readonly tookMs: number;
  /** What the good probes report: total latency. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  /** How long after the round began the last of the good ones was begun. */
  readonly latestBeginMs: number;
  readonly peakRssMb: number;
  readonly rssMb: number;
  /** Sockets, timers and whatever else keeps the process alive. */
  readonly handles: number;
  readonly openFiles: number;
}
