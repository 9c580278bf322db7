/** What a region writes down for ever: transitions it concluded, and what it said about them. Entries are never changed. */
import type { IncidentId, Instant, RegionId, Slot } from './basics/brand';
import type { Condition, Family } from './condition';
import type { Severity } from './config/config';
import type { FunctionRole } from './names';
import { type Item, logKey, type Writer } from './table';
import type { Certainty } from './verdict';

/** The newest slot of each region that a conclusion rests on. */
export type EvidenceSlots = Readonly<Record<RegionId, Slot>>;

/** `<subject>:<family>`: no time, sequence or region in it, so both sides of a partition compute the same one. */
export const dedupKey = (subject: string, family: Family): string => `${subject}:${family}`;
export const monitorSubject = (id: string): string => id;
export const proberSubject = (region: RegionId): string => `prober:${region}`;
export const watchdogSubject = (region: RegionId): string => `watchdog:${region}`;
export const isOfWatchdog = (subject: string): boolean => subject.startsWith('watchdog:');
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
}

/** Recorded after it was sent. `accepted`: the topic gave it a message id. */
export interface Receipt extends About {
  readonly kind: 'receipt';
  readonly level: 'accepted';
  readonly topic: RegionId;
  readonly messageId: string;
}

export type LogBody = TransitionBody | Noted | Announced | Receipt;

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
  readonly by: FunctionRole;
  readonly body: LogBody;
}

export const entryId = (entry: Pick<LogEntry, 'writer' | 'month' | 'n'>): string => `${entry.writer}/${entry.month}/${entry.n}`;

/** How long transitions and receipts are kept. */
const keptDays = 400;

export function encodeLogEntry(entry: LogEntry): Item {
  const key = logKey(entry.writer, entry.month, entry.n);
  return { ...key, v: 1, n: entry.n, at: entry.at, by: entry.by, body: JSON.stringify(entry.body), ttl: Math.floor(entry.at / 1000) + keptDays * 86_400 };
}

/** Undefined for an item that is no log entry of this version: it is skipped, not fatal. */
export function decodeLogEntry(item: Item): LogEntry | undefined {
  const [kind, writer, month] = item.pk.split('#');
  if (
    kind !== 'LOG' ||
    writer === undefined ||
    month === undefined ||
    typeof item.n !== 'number' ||
    typeof item.at !== 'number' ||
    typeof item.body !== 'string'
  )
    return undefined;
  const body = parsedBody(item.body);
  if (body === undefined) return undefined;
  const region = writer.split('@')[0] as RegionId;
  return { writer: writer as Writer, region, month, n: item.n, at: item.at as Instant, by: item.by === 'watchdog' ? 'watchdog' : 'prober', body };
}

const knownKinds: readonly string[] = ['opened', 'changed', 'resolved', 'noted', 'announced', 'receipt'] satisfies readonly LogBody['kind'][];

function parsedBody(json: string): LogBody | undefined {
  try {
    const body: unknown = JSON.parse(json);
    const isBody = typeof body === 'object' && body !== null && 'kind' in body && 'key' in body && knownKinds.includes(String(body.kind));
    return isBody ? (body as LogBody) : undefined;
  } catch {
    return undefined;
  }
}
