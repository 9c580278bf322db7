/** What an onlooker has seen of the whole system, ready to be explained. */
import type { Instant, RegionId } from '../basics/brand';
import type { Head } from '../beat';
import type { Config } from '../config/config';
import type { Arrivals } from '../freshness';
import type { Incident } from '../incident';
import type { LogEntry } from '../log';
import type { Arranged } from '../orders/arranged';
import type { WatchRecord } from '../watch-record';

export interface Onlooking {
  readonly config: Config;
  readonly now: Instant;
  readonly heads: ReadonlyMap<RegionId, Head>;
  readonly arrivals: ReadonlyMap<RegionId, Arrivals>;
  readonly watchRecords: ReadonlyMap<RegionId, WatchRecord>;
  readonly entries: readonly LogEntry[];
  /** Folded from the entries. */
  readonly incidents: readonly Incident[];
  /** By orders and by the configuration; nothing where it is left out. */
  readonly arranged?: Arranged | undefined;
}
