/** What the checkers judge a run by. They share no decision with the engine: only what the world saw, and what was said. */
import type { RegionId } from '../../../src/core/basics/brand';
import type { Config } from '../../../src/core/config/config';
import type { Item } from '../../../src/core/table';
import type { Announced } from '../announced';
import type { Fault } from '../faults';
import type { History } from '../history';
import type { Inspection } from '../inspection';
import type { Harm } from './harm';
import type { Sightings } from './sightings';

/** All times are milliseconds since the story began. */
export interface Evidence {
  readonly config: Config;
  readonly regions: readonly RegionId[];
  readonly faults: readonly Fault[];
  /** What the faults took away. */
  readonly harms: readonly Harm[];
  readonly history: History;
  readonly sightings: Sightings;
  readonly inspection: Inspection;
  /** The log entries of all regions, as each replica holds them at the end. */
  readonly logs: ReadonlyMap<RegionId, readonly Item[]>;
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

/** Whether anything said of this key, and not taken back before `from`, tells one of these conditions at some time up to `upTo`. */
export function isTold(
  announced: readonly Announced[],
  told: { readonly key: string; readonly conditions: readonly string[]; readonly from: number; readonly upTo: number },
): boolean {
  const { key, conditions, from, upTo } = told;
  const about = announced.filter((one) => one.key === key && one.at <= upTo);
  const tells = (one: Announced | undefined): boolean => one !== undefined && one.kind !== 'resolved' && conditions.includes(one.condition);
  return tells(about.filter((one) => one.at <= from).at(-1)) || about.some((one) => one.at > from && tells(one));
}
