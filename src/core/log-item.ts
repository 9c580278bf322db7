/** A log entry as the item that is stored. */
import type { Instant } from './basics/brand';
import type { LogBody, LogEntry } from './log';
import { type Item, logKey, type Writer, writerRegion } from './table';

/** How long transitions and receipts are kept. */
export const keptLogDays = 400;

export function encodeLogEntry(entry: LogEntry): Item {
  const key = logKey(entry.writer, entry.month, entry.n);
  return { ...key, v: 1, n: entry.n, at: entry.at, by: entry.by, body: JSON.stringify(entry.body), ttl: Math.floor(entry.at / 1000) + keptLogDays * 86_400 };
}

/** One item may be read by many. */
const decoded = new WeakMap<Item, LogEntry>();

/** Undefined for an item that is no log entry of this version: it is skipped, not fatal. */
export function decodeLogEntry(item: Item): LogEntry | undefined {
  const known = decoded.get(item) ?? decode(item);
  if (known !== undefined) decoded.set(item, known);
  return known;
}

function decode(item: Item): LogEntry | undefined {
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
  return {
    writer: writer as Writer,
    region: writerRegion(writer as Writer),
    month,
    n: item.n,
    at: item.at as Instant,
    by: item.by === 'watchdog' || item.by === 'relay' ? item.by : 'prober',
    body,
  };
}

const knownKinds: readonly string[] = [
  'opened',
  'changed',
  'resolved',
  'noted',
  'announced',
  'receipt',
  'undelivered',
  'tested',
  'proof',
  'restated',
  'gap',
  'held',
] satisfies readonly LogBody['kind'][];

function parsedBody(json: string): LogBody | undefined {
  try {
    const body: unknown = JSON.parse(json);
    const isBody = typeof body === 'object' && body !== null && 'kind' in body && 'key' in body && knownKinds.includes(String(body.kind));
    return isBody ? (body as LogBody) : undefined;
  } catch {
    return undefined;
  }
}
