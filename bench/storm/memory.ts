/** What the processes of the local system hold, again and again while a storm passes. */
import { second } from '../../src/core/basics/time';
import { burdenOf, type Process, processesOf } from '../kills/processes';
import { memoryMb } from '../local-system';

const functions = ['prober', 'watchdog', 'relay'] as const;
type Function = (typeof functions)[number];

export interface Held {
  readonly atMs: number;
  /** Of all processes together; shared pages count once. */
  readonly wholeMb: number;
  /** Of the largest environment of each function. */
  readonly largestMb: Readonly<Record<Function, number>>;
}

export interface Watch {
  readonly held: readonly Held[];
  stop(): void;
}

const everyMs = 2 * second;

export function watchMemory(system: { readonly pid: number; readonly folder: string }): Watch {
  const held: Held[] = [];
  const timer = setInterval(() => held.push(heldNow(system)), everyMs);
  return { held, stop: () => clearInterval(timer) };
}

function heldNow({ pid, folder }: { readonly pid: number; readonly folder: string }): Held {
  const processes = processesOf(pid, folder);
  const [prober, watchdog, relay] = functions.map((name) => largest(processes, name));
  return { atMs: Date.now(), wholeMb: memoryMb(pid), largestMb: { prober: prober ?? 0, watchdog: watchdog ?? 0, relay: relay ?? 0 } };
}

const largest = (processes: readonly Process[], kind: Function): number =>
  Math.max(0, ...processes.filter((one) => one.kind === kind).map(({ pid }) => burdenOf(pid).memoryMb));

/** The largest there ever was of each function. */
export const peakOf = (held: readonly Held[], name: Function): number => Math.max(0, ...held.map(({ largestMb }) => largestMb[name]));

export function medianMb(held: readonly Held[]): number {
  const sorted = held.map(({ wholeMb }) => wholeMb).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
