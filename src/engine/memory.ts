/** What a warm environment keeps between invocations. All of it can be lost at any moment: the table remembers what matters. */
import type { AwakeMark } from '../core/asleep';
import type { Instant, RegionId, Slot } from '../core/basics/brand';
import type { Beat, Head } from '../core/beat';
import type { Beginnings } from '../core/beginnings';
import type { Arrivals } from '../core/freshness';
import { type Folded, type Incident, type KeyFold, nothingFolded } from '../core/incident';
import type { LocalHealth } from '../core/local-health';
import type { LogEntry } from '../core/log';
import type { Order } from '../core/orders/order';
import type { Pinging } from '../core/outside';
import type { Writer } from '../core/table';
import type { Stretch } from '../core/timeline';
import type { PokeState, SelfState, WatchState, Work } from '../core/watch';
import type { Reporting, WatchRecord } from '../core/watch-record';
import type { WatchdogState } from '../core/watchdog-watch';
import type { Invocation } from './ports';

export interface BegunRound {
  readonly slot: Slot;
  /** What was finished last by then. */
  readonly after: Slot | undefined;
  readonly foundAt: Instant;
  /** How long ago it was claimed by then, by the clock of the prober. */
  readonly claimedForMs: number | undefined;
  /** It was found at no work the time before: this one was begun since then, whatever its slot. */
  readonly isNew: boolean;
}

export interface Poked {
  readonly found: PokeState;
  /** Which slot it had finished last, if it was at work on another one. */
  readonly finished: Slot | undefined;
  /** The newest slot that was seen of it by then: any newer one ends the silence it was asked about. */
  readonly newest: Slot | undefined;
  /** The oldest round that it was found at work on since it had finished one. */
  readonly begun: BegunRound | undefined;
  /** What is believed of it. */
  readonly known: PokeState;
}

export interface Invoked {
  readonly scheduledAt: Instant;
  readonly lateMs: number;
  /** How late the invocation before was, by which all that is remembered was measured. */
  readonly lateBeforeMs: number | undefined;
  /** Whether it is still to be compared with what this region wrote last. */
  readonly isNew: boolean;
}

export interface Memory {
  /** How often the table was restored, as far as this environment knows: what it writes is of this epoch. */
  epoch: number;
  /** The newest head that this region wrote. */
  head: Head | undefined;
  /** How often this environment claimed a slot. */
  claims: number;
  /** Heads as they were last unpacked, by their key. */
  readonly decoded: Map<string, Head>;
  /** The newest head of each region, on whatever path it was seen last. */
  heads: ReadonlyMap<RegionId, Head>;
  readonly arrivals: Map<RegionId, Arrivals>;
  /** What showed beats and vigils, and was heard. */
  readonly heard: WeakSet<Head | WatchRecord>;
  /** What was said of each peer, and since when. */
  readonly watches: Map<RegionId, { readonly state: WatchState; readonly since: Instant }>;
  /** Watch records of each region's watchdog, as they were seen to arrive. */
  readonly vigils: Map<RegionId, Arrivals>;
  /** What was said of each watchdog, and since when. */
  readonly watchdogs: Map<RegionId, { readonly state: WatchdogState; readonly since: Instant }>;
  watchingSince: Instant | undefined;
  evaluatedAt: Instant | undefined;
  /** When this environment tried to look last, whether or not it could read anything. */
  triedAt: Instant | undefined;
  /** When this environment first found that its own replica did not answer, if it has not answered since. */
  homeUnreadSince: Instant | undefined;
  /** How long the machine had slept when this environment looked last, and when it was found to have slept last. */
  awake: AwakeMark | undefined;
  asleep: Stretch | undefined;
  /** How long the machine had slept when this environment looked at its inbox last. */
  inboxSleptMs: number | undefined;
  /** When this region looked last before it looked now: what it sees for the first time has come since. */
  lookedBefore: Instant | undefined;
  /** For when this environment was invoked last, as far as that goes on, and how long after that. */
  invoked: Invoked | undefined;
  /** Whether the next look must begin the watch anew. */
  mustWatchAnew: boolean;
  /** Whether this invocation tells nothing of the clock, which may have been set since the one before. */
  isClockDoubtful: boolean;
  /** Whether the clock was found to have been set when both were compared last. */
  isClockJustSet: boolean;
  /** What both clocks showed at the last look, and in which invocation. */
  steady: { readonly now: Instant; readonly elapsedMs: number; readonly invocation: Invocation } | undefined;
  localHealth: LocalHealth;
  /** Whether what was written last could be stored in any replica. */
  couldStore: boolean;
  /** Own beats that no replica took, oldest first. */
  unstored: readonly Beat[];
  /** What the last poke of each silent prober found. */
  readonly poked: Map<RegionId, Poked>;
  /** Since when each region's replica has answered whenever it was asked. */
  readonly answering: Map<RegionId, Instant>;
  /** Which configuration each region was seen to report with, and since when without a break. */
  readonly reporting: Map<RegionId, Reporting>;
  /** What the work of each prober was found to be worth, on whatever path, and since when. */
  readonly works: Map<RegionId, { readonly state: Work; readonly since: Instant }>;
  /** What this region finds of itself, and since when. */
  self: { readonly state: SelfState; readonly since: Instant } | undefined;
  /** How the switch outside took this region's pings, and the ping that is under way. */
  pinging: Pinging | undefined;
  /** When this environment sent its last sign of life, the way that incidents go. */
  alwaysOnAt: Instant | undefined;
  telling: Promise<void> | undefined;
  /** The minute for which this environment published its beat metric last. */
  metricAt: Instant | undefined;
  /** Whether something had not come in time at the last look, so that it may stand under another name. */
  isInDoubt: boolean;
  readonly log: LogMemory;
  /** Orders as they were read last. */
  orders: readonly Order[];
  /** What was handed to the relay again, and nothing has come of yet. */
  readonly handed: Set<string>;
  /** Configurations whose roster is known to be written. */
  readonly rosters: Set<string>;
  /** How many of the later looks at each gap this environment has done. */
  readonly accounted: Map<string, number>;
  readonly rollUps: RollUpMemory;
}

export interface RollUpMemory {
  /** The hour that is to be rolled up next; undefined until what is stored has been read. */
  next: Instant | undefined;
  /** Of each later look, by how long after the end of an hour it is, the hour that was looked at last. */
  readonly looked: Map<number, Instant>;
  beginnings: Beginnings | undefined;
  readonly rosters: Map<string, ReadonlyMap<string, number>>;
}

export interface LogMemory {
  /** Every name under which this environment knows something to be written: logs are read under all of them, as long as it lives. */
  readonly names: Set<Writer>;
  readonly entries: Map<string, LogEntry>;
  /** Up to which number each partition was read without a gap. */
  readonly readUpTo: Map<string, number>;
  /** What no replica accepted: it counts for this environment alone. Numbered below zero. */
  readonly unsaved: LogEntry[];
  /** All entries as they were put together last, and what they fold to: entries never change, so their count tells whether it still holds. */
  together: readonly LogEntry[];
  folded: Folded & { readonly of: readonly LogEntry[] };
  /** Keys of which nothing is left to be said until more is known of them, and what they fold to when that is so of all of them. */
  readonly settled: WeakSet<KeyFold>;
  allSettled: Folded | undefined;
  /** Of which entries nothing had to be restated in which month. */
  nothingToRestate: { readonly of: readonly LogEntry[]; readonly month: string } | undefined;
  /** Incidents whose evidence was heard, and the list of them that was heard last. */
  readonly heard: WeakSet<Incident>;
  heardAll: readonly Incident[];
}

export const createMemory = (): Memory => ({
  epoch: 0,
  head: undefined,
  claims: 0,
  decoded: new Map(),
  heads: new Map(),
  arrivals: new Map(),
  heard: new WeakSet(),
  watches: new Map(),
  vigils: new Map(),
  watchdogs: new Map(),
  watchingSince: undefined,
  evaluatedAt: undefined,
  triedAt: undefined,
  homeUnreadSince: undefined,
  awake: undefined,
  asleep: undefined,
  inboxSleptMs: undefined,
  lookedBefore: undefined,
  invoked: undefined,
  mustWatchAnew: false,
  isClockDoubtful: false,
  isClockJustSet: false,
  steady: undefined,
  localHealth: 0,
  couldStore: true,
  unstored: [],
  poked: new Map(),
  answering: new Map(),
  reporting: new Map(),
  works: new Map(),
  self: undefined,
  pinging: undefined,
  alwaysOnAt: undefined,
  telling: undefined,
  metricAt: undefined,
  isInDoubt: false,
  log: createLogMemory(),
  orders: [],
  handed: new Set(),
  rosters: new Set(),
  accounted: new Map(),
  rollUps: { next: undefined, looked: new Map(), beginnings: undefined, rosters: new Map() },
});

export const createLogMemory = (): LogMemory => ({
  names: new Set(),
  entries: new Map(),
  readUpTo: new Map(),
  unsaved: [],
  together: [],
  folded: { ...nothingFolded, of: [] },
  settled: new WeakSet(),
  allSettled: undefined,
  nothingToRestate: undefined,
  heard: new WeakSet(),
  heardAll: [],
});
