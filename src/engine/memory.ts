/** What a warm environment keeps between invocations. All of it can be lost at any moment: the table remembers what matters. */
import type { Instant, RegionId } from '../core/basics/brand';
import type { Head } from '../core/beat';
import type { Arrivals } from '../core/freshness';
import type { Incident } from '../core/incident';
import type { LogEntry } from '../core/log';
import type { WatchState } from '../core/watch';

export interface Memory {
  /** The newest head that this region wrote. */
  head: Head | undefined;
  /** Heads as they were last unpacked, by their key. */
  readonly decoded: Map<string, Head>;
  readonly arrivals: Map<RegionId, Arrivals>;
  /** What was said of each peer, and since when. */
  readonly watches: Map<RegionId, { readonly state: WatchState; readonly since: Instant }>;
  watchingSince: Instant | undefined;
  evaluatedAt: Instant | undefined;
  /** The minute for which this environment published its beat metric last. */
  metricAt: Instant | undefined;
  readonly log: LogMemory;
  /** Configurations whose roster is known to be written. */
  readonly rosters: Set<string>;
}

export interface LogMemory {
  readonly entries: Map<string, LogEntry>;
  /** Up to which number each partition was read without a gap. */
  readonly readUpTo: Map<string, number>;
  /** What no replica accepted: it counts for this environment alone. Numbered below zero. */
  readonly unsaved: LogEntry[];
  /** The incidents folded last, and of how many entries: entries never change, so their count tells whether it still holds. */
  folded: { readonly of: number; readonly incidents: readonly Incident[] };
}

export const createMemory = (): Memory => ({
  head: undefined,
  decoded: new Map(),
  arrivals: new Map(),
  watches: new Map(),
  watchingSince: undefined,
  evaluatedAt: undefined,
  metricAt: undefined,
  log: createLogMemory(),
  rosters: new Set(),
});

export const createLogMemory = (): LogMemory => ({ entries: new Map(), readUpTo: new Map(), unsaved: [], folded: { of: 0, incidents: [] } });
