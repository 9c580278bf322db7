/** What a region's watchdog sees of every prober and every watchdog, as it is written down. */
import type { Instant, RegionId, Slot } from './basics/brand';
import type { Arrivals } from './freshness';
import type { LocalHealth } from './local-health';
import type { Pinging } from './outside';
import type { Stretch } from './timeline';
import type { SelfState, WatchState } from './watch';
import type { WatchdogState } from './watchdog-watch';

export interface WatchRecord {
  readonly region: RegionId;
  /** When this region looked: its last look at what is stored, however long ago. */
  readonly at: Instant;
  /** Grows with every record, even when the clock steps back. */
  readonly seq: number;
  /** Since when this region has been watching without a break. */
  readonly watchingSince: Instant;
  /** When the invocation that wrote this was scheduled: an older one that sees a newer one hands over. No clock here is asked. */
  readonly invocationAt: Instant;
  /** How long after that it began, by its clock: who begins with another lateness may have another clock. Records of earlier versions lack it. */
  readonly lateMs?: number | undefined;
  /** The clock of who wrote it may have been set since its region looked before: it proves nothing of what the clock is. */
  readonly isClockDoubtful?: true | undefined;
  /** Since when its own replica has shown it nothing; absent while it does. */
  readonly homeUnreadSince?: Instant | undefined;
  /** What this observer finds of itself. */
  readonly self: SelfState;
  /** Since when without a break. Records of earlier versions lack it. */
  readonly selfSince?: Instant | undefined;
  /** 0 to 3: how much worse than usual this observer itself fares. */
  readonly localHealth: LocalHealth;
  readonly peers: readonly WatchedPeer[];
  /** The watchdogs of all regions, its own too. */
  readonly watchdogs: readonly WatchedWatchdog[];
  /** How its switch outside took its pings; absent where it has none. */
  readonly outside?: Pinging | undefined;
  /** How long its machine had slept in all by then, and when it was found to have slept last. Records of earlier versions lack it. */
  readonly sleptMs?: number | undefined;
  readonly asleep?: Stretch | undefined;
}

export interface WatchedPeer {
  readonly region: RegionId;
  readonly state: WatchState;
  readonly since: Instant;
  readonly reason: string;
  readonly arrivals?: Arrivals | undefined;
  /** The configuration it reports with, and since when it does so without a break. */
  readonly reporting?: Reporting | undefined;
  /** Since when its replica has answered whenever it was asked; absent while nobody had to ask. */
  readonly answersSince?: Instant | undefined;
}

export interface Reporting {
  readonly configHash: string;
  readonly since: Instant;
  /** Since when no more than one beat in a row was missed, with whatever configuration. */
  readonly unbrokenSince: Instant;
  /** The newest slot of it. */
  readonly slot: Slot;
}

export interface WatchedWatchdog {
  readonly region: RegionId;
  readonly state: WatchdogState;
  readonly since: Instant;
  readonly reason: string;
  /** Of its watch records; their sequence is taken as a slot, in seconds. */
  readonly vigils?: Arrivals | undefined;
}
