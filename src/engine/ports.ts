/** Everything the engine asks of the world, on one page. Each port has a real body in adapters/ and a simulated one in test/sim/. */
import type { Instant, RegionId, Slot } from '../core/basics/brand';
import type { RelayChannel } from '../core/config/channels/channel';
import type { Monitor } from '../core/config/config';
import type { About } from '../core/log';
import type { Notice } from '../core/message/notice';
import type { FunctionRole } from '../core/names';
import type { Attempt } from '../core/observation';
import type { ShardAnswer } from '../core/shard-answer';
import type { Item, Key } from '../core/table';

export interface Clock {
  now(): Instant;
  /** Counts on from anywhere, at the pace of time, whoever sets the clock. It may pause while no invocation runs, and while the machine sleeps. */
  elapsedMs(): number;
  /** Resolves after `ms`, or never if cancelled first. */
  timer(ms: number): Timer;
}

export interface Timer {
  readonly done: Promise<void>;
  cancel(): void;
}

export interface Invocation {
  /** How long until this environment is killed: a duration, for a clock that steps must not move it. */
  remainingMs(): number;
}

/** The machine that this runs on. */
export interface Machine {
  /**
   * How long it has been asleep since it was started: grows by the length of each sleep, and no step of a clock changes it.
   * Always about the same where nothing puts it to sleep, or where that cannot be told.
   */
  sleptMs(): number;
}

export type Written = 'written' | 'refused';

/** A service that answered, and would not do it: no right to it, or too many calls. An error is not silence. */
export class Refused extends Error {}

/**
 * One replica of the global table. Conditions are checked in this replica alone. Reads at home see at once what this region
 * wrote there itself; of what others wrote they may show what was there a moment before, even after they showed the newer.
 * Every call throws when the replica cannot be reached or refuses to work, and `Refused`
 * when it answers that the caller may not; it has its own time limit.
 */
export interface Replica {
  readonly region: RegionId;
  /** The items that exist among these keys, in any order. At most 100 keys. */
  get(keys: readonly Key[]): Promise<readonly Item[]>;
  /** All items of a partition with `from <= sk <= to`, ascending; `from` is not empty, for no key is. */
  query(partition: string, from: string, to: string): Promise<readonly Item[]>;
  put(item: Item): Promise<void>;
  /** Writes when no item with this key exists. */
  putIfAbsent(item: Item): Promise<Written>;
  /** Writes when no item with this key exists or its `seq` is smaller than that of this one. */
  putIfNewer(item: Item): Promise<Written>;
}

export interface Prober {
  /** One try, given up after `timeoutMs`. Whatever happens to the target is an attempt; it never throws. `tell` hears of everything that is looked at. */
  attempt(monitor: Monitor, timeoutMs: number, tell?: (finding: Finding) => void): Promise<Attempt>;
}

/** Something that a probe looked at, in words: `status`, `503`, and that `2xx` was wanted. Never holds a secret. */
export interface Finding {
  readonly what: string;
  readonly seen: string;
  readonly wanted?: string | undefined;
  readonly isGood?: boolean | undefined;
}

/** A message for the topic of a region. `subject` is ASCII, under 100 characters. */
export interface Message {
  readonly subject: string;
  /** For people: e-mail. */
  readonly text: string;
  /** For programs: webhooks. One JSON object. */
  readonly json: string;
  /** What it is about, so that whoever delivers it can write down that it did. */
  readonly about?: About | undefined;
  /** The names of those who are told; all who listen where it is left out. */
  readonly channels?: readonly string[] | undefined;
}

export interface Topics {
  /** Resolves with the id under which the topic accepted the message; throws otherwise. */
  publish(region: RegionId, message: Message): Promise<string>;
}

export interface BeatMetrics {
  /** Publishes "this function of this region finished its work of `at`" into the CloudWatch of `into`. */
  publish(into: RegionId, role: FunctionRole, of: RegionId, at: Instant): Promise<void>;
}

export interface Anchors {
  /** Whether anything at all answers at this address within `timeoutMs`. */
  answers(url: string, timeoutMs: number): Promise<boolean>;
}

export type Pinged = { readonly kind: 'taken' } | { readonly kind: 'failed'; readonly reason: string };

/** A dead-man service outside of all regions. */
export interface Outside {
  /** Tells it that all is well, given up after `timeoutMs`. Never throws, and no reason holds the address: that is as good as a password. */
  ping(url: string, timeoutMs: number): Promise<Pinged>;
}

/** What a prober's function answers when it is invoked only to say how it is. */
export interface PokeAnswer {
  /** The one that was asked with: an answer with another one is none. */
  readonly nonce: string;
  readonly region: RegionId;
  /** The slots that were claimed and finished last, as they are stored; finished is also what this environment knows that no store took. */
  readonly claimed: Slot | undefined;
  readonly finished: Slot | undefined;
  /** What was claimed last, in place of `claimed`, where by the clock of the prober nobody can be at work on it any more. */
  readonly givenUp?: Slot | undefined;
  /** How long ago the last claim was, by the clock of the prober; absent where a version claimed that does not say so. */
  readonly claimedForMs?: number | undefined;
  /** Whether its own replica takes a write. */
  readonly store: 'answers' | 'refuses';
}

export interface Pokes {
  /** Invokes the prober of a region and waits for its answer; throws when there is none, `Refused` when it may not be invoked. */
  poke(region: RegionId, nonce: string): Promise<PokeAnswer>;
}

/** What a prober asks a probe worker of its region. */
export interface ShardRequest {
  /** The answer repeats it. */
  readonly nonce: string;
  readonly slot: Slot;
  /** Which shard of how many, from 0: as the prober's own configuration is cut. */
  readonly shard: number;
  readonly of: number;
  /** When the worker must have stopped probing: its answer needs some time to arrive. */
  readonly giveUpAt: Instant;
}

/** Functions of this region that probe a share of its monitors, and record nothing. */
export interface Shards {
  /** Throws where there is no answer within `timeoutMs`, or none that can be read; `Refused` where the worker may not be invoked, or not now. */
  probe(request: ShardRequest, timeoutMs: number): Promise<ShardAnswer>;
}

/** What the configuration of this function refers to. */
export interface OwnSecrets {
  /** Throws where it cannot be read now, from where it is kept; no error holds what was read. */
  tryRead(reference: string): Promise<void>;
}

/** Where this region takes the pings of monitors that call us. */
export interface OwnInbox {
  /** Whether it took and stored what was sent to it, within `timeoutMs`. Never throws. */
  takes(token: string, timeoutMs: number): Promise<boolean>;
}

/** The calendars by which monitors call us. */
export interface Calendar {
  /** When a time comes next that the fields of `cron` describe, by the clocks of a time zone; it finds nothing where none ever does. */
  next(cron: string, timezone: string): Promise<(after: Instant) => Instant | undefined>;
}

export type Delivered =
  | { readonly kind: 'delivered' }
  /** Trying again will not help. `isStranger`: our key was not taken. */
  | { readonly kind: 'refused'; readonly reason: string; readonly isStranger?: true | undefined }
  /** `retryAfterMs`: how long the receiver asks us to wait. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterMs?: number | undefined };

/** Where people and programs are told by the relay. */
export interface Channels {
  /** One try, given up after `timeoutMs`. It never throws, and no reason holds a secret. */
  deliver(channel: RelayChannel, notice: Notice, timeoutMs: number): Promise<Delivered>;
}

/** The relay of this region, asked directly. */
export interface OwnRelay {
  /** Has it bring a message to these channels; does not wait for that. Throws where it cannot be asked. */
  hand(message: Message, channels: readonly string[]): Promise<void>;
}

/** Where the engine says what it did and why, as structured records. */
export interface Diary {
  note(what: string, facts: Readonly<Record<string, unknown>>): void;
}

export interface Ports {
  readonly clock: Clock;
  readonly machine: Machine;
  /** The replica in a region; asking for it makes no call. */
  readonly replica: (region: RegionId) => Replica;
  readonly prober: Prober;
  readonly topics: Topics;
  readonly beatMetrics: BeatMetrics;
  readonly anchors: Anchors;
  readonly outside: Outside;
  readonly pokes: Pokes;
  /** Where it is absent the prober probes everything itself. */
  readonly shards?: Shards | undefined;
  /** Where it is absent there is nothing to read. */
  readonly secrets?: OwnSecrets | undefined;
  readonly inbox: OwnInbox;
  readonly relay: OwnRelay;
  readonly calendar: Calendar;
  readonly diary: Diary;
}
