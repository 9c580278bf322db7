/** What a region writes down for ever: transitions it concluded, and what it said about them. Entries are never changed. */
import type { IncidentId, Instant, RegionId, Slot } from './basics/brand';
import type { Certainty, Condition, Family } from './condition';
import type { Severity } from './config/config';
import type { FunctionRole } from './names';
import type { Scope } from './scope';
import type { Writer } from './table';
import type { Stretch } from './timeline';

/** The newest slot of each region that a conclusion rests on. */
export type EvidenceSlots = Readonly<Record<RegionId, Slot>>;

/** `<subject>:<family>`: no time, sequence or region in it, so both sides of a partition compute the same one. */
export const dedupKey = (subject: string, family: Family): string => `${subject}:${family}`;
export const monitorSubject = (id: string): string => id;
export const proberSubject = (region: RegionId): string => `prober:${region}`;
export const watchdogSubject = (region: RegionId): string => `watchdog:${region}`;
export const isOfWatchdog = (subject: string): boolean => subject.startsWith('watchdog:');
/** What is concluded about watchdogs, their channels and their switches rests on their records; all else rests on beats. */
export const restsOnRecords = ({ family, subject }: Pick<Transition, 'family' | 'subject'>): boolean => family === 'channel' || isOfWatchdog(subject);
/** The dead-man service outside that a region tells. */
export const outsideSubject = (region: RegionId): string => `outside:${region}`;
/** A channel, as the topic of that region reaches it. */
export const channelSubject = (channel: string, region: RegionId): string => `channel:${channel}@${region}`;
/** Whether a subject or a key is about this channel, from wherever it is told. */
export const isOfChannel = (name: string, channel: string): boolean => name.startsWith(`channel:${channel}@`);
/** All probers together: whether anybody watches at all. */
export const monitoringSubject = 'monitoring';

interface Transition {
  readonly key: string;
  readonly subject: string;
  readonly family: Family;
  readonly evidence: EvidenceSlots;
  /** Why this was concluded. */
  readonly reason: string;
  /** The region that speaks at once; the others wait their turn. */
  readonly speaker: RegionId;
}

export interface Opened extends Transition {
  readonly kind: 'opened';
  readonly condition: Condition;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** What was seen, as lines of text for the message; the first is the symptom. */
  readonly facts: readonly string[];
  /** What it may have in common with others, such as `host shop.example.com`. */
  readonly causes?: readonly string[] | undefined;
  /** It was over before anybody could tell it: only its end is told. */
  readonly isOver?: true | undefined;
}

/** The incident goes on with another condition: worse or milder. */
export interface Changed extends Omit<Opened, 'kind'> {
  readonly kind: 'changed';
}

export interface Resolved extends Transition {
  readonly kind: 'resolved';
  readonly facts: readonly string[];
}

export type TransitionBody = Opened | Changed | Resolved;

/** Which transition of which incident something was said about. */
export interface About {
  readonly key: string;
  readonly incident: IncidentId;
  readonly transition: TransitionBody['kind'];
  readonly condition: Condition;
  /** How grave it was said to be. Entries of earlier versions lack it. */
  readonly severity?: Severity | undefined;
  /** The entry that the step begins with, by its id: an incident may come to the same condition twice. Entries of earlier versions lack it. */
  readonly entry?: string | undefined;
  /** It was said that the subject is flapping, or that it still is what this step says, and not what this step says by itself. */
  readonly as?: 'flapping' | 'reminder' | 'escalation' | undefined;
  /** Of a reminder or an escalation: how many minutes after the step it was due. */
  readonly minutes?: number | undefined;
}

/** This region knows of a transition that nobody is known to have told: its turn is counted from here. */
export interface Noted extends About {
  readonly kind: 'noted';
}

/** Recorded before it is sent. */
export interface Announced extends About {
  readonly kind: 'announced';
  readonly reason: string;
  readonly text: string;
  /** The resolution that was told: whoever learns that the end was told must know the end, even if its own entry never arrives. */
  readonly of?: Resolved | undefined;
  /**
   * Of an end, and of what is told as flapping: the newest receipts of others and of its own about this key that were known when it was told, by their
   * ids. What they received came before. Entries of earlier versions lack it of what is flapping.
   */
  readonly knows?: readonly string[] | undefined;
  /** What else the same message told, each of another key. */
  readonly also?: readonly Part[] | undefined;
  /** Why it told several things: they have one cause, or there were too many messages. */
  readonly gathered?: 'cause' | 'cap' | undefined;
}

/** One of several things that one message told. */
export interface Part extends About {
  readonly of?: Resolved | undefined;
  readonly knows?: readonly string[] | undefined;
}

/** Recorded after it was sent. `accepted`: the topic gave it a message id; `delivered`: the relay of that region brought it to a channel that took it. */
export interface Receipt extends About {
  readonly kind: 'receipt';
  readonly level: 'accepted' | 'delivered';
  readonly topic: RegionId;
  readonly messageId: string;
  /** Where it was delivered. */
  readonly channel?: string | undefined;
  /** The channels of the relay that it was meant for, when it was accepted. */
  readonly relayed?: readonly string[] | undefined;
  /** The channels that SNS itself was to bring it to, when it was accepted. Entries of earlier versions lack it. */
  readonly subscribed?: readonly string[] | undefined;
  /** As it was recorded when it was sent: that record may arrive later than this, or not at all. Entries of earlier versions lack it. */
  readonly knows?: readonly string[] | undefined;
  /** When it was written down, where no replica took it as it was sent: it is dated when it was sent, and numbered when it was written down. */
  readonly savedAt?: Instant | undefined;
  readonly also?: readonly Part[] | undefined;
}

/** The relay of a region tried, and could not bring it to a channel. */
export interface Undelivered extends About {
  readonly kind: 'undelivered';
  readonly channel: string;
  readonly why: string;
}

/** A numbered test was sent to all channels through the topic of this region. */
export interface Tested {
  readonly kind: 'tested';
  readonly key: string;
  readonly number: number;
}

/** What became of a numbered test at a channel: the relay saw it taken or not, or somebody said that it came. */
export interface Proof {
  readonly kind: 'proof';
  readonly key: string;
  readonly channel: string;
  readonly number: number;
  readonly how: 'delivered' | 'confirmed' | 'failed';
  readonly why?: string | undefined;
}

/**
 * An incident that goes on into a new month, with the entries it consists of and what was told of them. Readers go back two
 * months at most: to them it is the same incident, opened when it was and told by whoever told it.
 */
export interface Restated {
  readonly kind: 'restated';
  readonly key: string;
  readonly incident: IncidentId;
  /** Its ids by entries that are left out here because they are too many. */
  readonly aliases: readonly IncidentId[];
  readonly entries: readonly RestatedEntry[];
}

/** An entry as its writer wrote it. */
export type RestatedEntry = Omit<LogEntry, 'region' | 'body'> & { readonly body: TransitionBody | Receipt };

/** Time for which no beat of any prober is known. What comes to light later makes it smaller: by a further revision, never by a change. */
export interface GapRevision {
  readonly kind: 'gap';
  readonly key: string;
  /** Names the gap through all its revisions. */
  readonly of: string;
  /** Counts from 0. */
  readonly revision: number;
  /** In one piece or several; none where all of it was watched after all. */
  readonly stretches: readonly Stretch[];
  readonly cause: string;
  /** The newest slot of each prober before it, as far as the writer knew. */
  readonly before: EvidenceSlots;
}

/** Maintenance of the file began here; written again with another end where the file changed meanwhile. */
export interface Held extends Stretch {
  readonly kind: 'held';
  readonly key: string;
  /** When it was to begin by the file: it may have come into the file later. */
  readonly planned: Instant;
  /** Groups as the monitors that were in them. */
  readonly of: Scope;
  readonly why?: string | undefined;
}

export type LogBody = TransitionBody | Noted | Announced | Receipt | Undelivered | Tested | Proof | Restated | GapRevision | Held;

/** What writes into the log of its region. */
export type LogWriter = FunctionRole | 'relay';

export interface LogEntry {
  /** Who wrote it, and at which replica; with `n` it names the entry. */
  readonly writer: Writer;
  readonly region: RegionId;
  /** The month it is kept under, by the writer's clock. */
  readonly month: string;
  /** Counts from 1 without gaps per writer and month, so that a reader knows what it has not seen yet. */
  readonly n: number;
  /** By the writer's clock; for display only. */
  readonly at: Instant;
  readonly by: LogWriter;
  readonly body: LogBody;
}

export const entryId = (entry: Pick<LogEntry, 'writer' | 'month' | 'n'>): string => `${entry.writer}/${entry.month}/${entry.n}`;
