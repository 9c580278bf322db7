/** What the checkers judge a run by. They share no decision with the engine: only what the world saw, and what was said. */
import type { RegionId } from '../../../src/core/basics/brand';
import type { Config } from '../../../src/core/config/config';
import type { Announced } from '../announced';
import type { Fault } from '../faults';
import type { History } from '../history';
import type { Inspection } from '../inspection';
import type { Store } from '../store';

/** All times are milliseconds since the story began. */
export interface Evidence {
  readonly config: Config;
  readonly regions: readonly RegionId[];
  readonly faults: readonly Fault[];
  readonly history: History;
  readonly inspection: Inspection;
  readonly stores: ReadonlyMap<RegionId, Store>;
  /** Calm begins here: no fault is left, and none comes before `to`. */
  readonly healedAt: number;
  readonly from: number;
  readonly to: number;
}

export interface Violation {
  /** Such as `S1`, as docs and theory call it. */
  readonly promise: string;
  readonly at: number;
  readonly what: string;
}

export type Checker = (evidence: Evidence) => readonly Violation[];

export const isOver = (fault: Fault, from: number, to: number): boolean => fault.ends <= from || fault.begins >= to;

/** Faults other than of targets: they slow judgements down, and make more than one region speak. */
export const disturbances = (faults: readonly Fault[]): readonly Fault[] => faults.filter((fault) => fault.kind !== 'target-down');

/** The last thing said about a subject up to some time. */
export function lastSaid(announced: readonly Announced[], key: string, upTo: number): Announced | undefined {
  return announced.filter((one) => one.key === key && one.at <= upTo).at(-1);
}

export interface Interval {
  readonly begins: number;
  readonly ends: number;
}

/** Overlapping intervals as one. */
function merged(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort((one, other) => one.begins - other.begins);
  const joined: Interval[] = [];
  for (const interval of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && interval.begins <= last.ends) joined[joined.length - 1] = { begins: last.begins, ends: Math.max(last.ends, interval.ends) };
    else joined.push(interval);
  }
  return joined;
}

/** When a region was dark. */
export function darkTimes(faults: readonly Fault[], region: RegionId): readonly Interval[] {
  return merged(faults.filter((fault) => fault.kind === 'region-dark' && fault.region === region));
}
