/** What an onlooker has seen so far of the whole system. */
import type { RegionId } from '../core/basics/brand';
import type { Head } from '../core/beat';
import type { Config } from '../core/config/config';
import type { Arrivals } from '../core/freshness';
import type { Order } from '../core/orders/order';
import type { Calendars } from '../core/orders/planned';
import type { WatchRecord } from '../core/watch-record';
import type { LogMemory } from './memory';

export interface Seen {
  readonly config: Config;
  readonly heads: Map<RegionId, Head>;
  /** Heads as they were last unpacked, by their key. */
  readonly decoded: Map<string, Head>;
  readonly arrivals: Map<RegionId, Arrivals>;
  readonly watchRecords: Map<RegionId, WatchRecord>;
  readonly log: LogMemory;
  /** By their ids. */
  readonly orders: Map<string, Order>;
  /** Of the maintenance in the configuration, once they were read. */
  calendars: Calendars;
}
