/** What receivers got, held against what was concluded: when each incident was first told, and how many messages each receiver saw. */
import type { LogEntry } from '../../src/core/log';
import type { Got } from './receivers';

/** When each incident was opened first, by its key. */
export function openedAt(entries: readonly LogEntry[]): ReadonlyMap<string, number> {
  const opened = new Map<string, number>();
  for (const { at, body } of entries) if (body.kind === 'opened') opened.set(body.key, Math.min(at, opened.get(body.key) ?? at));
  return opened;
}

interface Told {
  readonly key: string;
  readonly kind: string;
}

/** When a receiver was first told of each incident; our own JSON says of what a message tells, also of one that gathers many. */
export function firstToldAt(got: readonly Got[], channel: string): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { atMs, body } of got.filter((one) => one.channel === channel)) {
    for (const { key, kind } of toldIn(body)) if (kind === 'opened') first.set(key, Math.min(atMs, first.get(key) ?? atMs));
  }
  return first;
}

function toldIn(body: string): readonly Told[] {
  const event = JSON.parse(body) as Told & { readonly incidents?: readonly Told[] };
  return event.kind === 'several' ? (event.incidents ?? []) : [event];
}

export interface Seen {
  /** About one incident each, or of one cause. */
  readonly single: number;
  /** Pages that say that the cap is reached, and gather what is due. */
  readonly gatheredPages: number;
}

/** What is said of probers, watchdogs and channels is under no cap. */
const aService = /service-\d{4}/;

/** Every message says in its first line whether it gathers many. */
export function seenBy(got: readonly Got[], channel: string): Seen {
  const bodies = got.filter((one) => one.channel === channel && aService.test(one.body)).map(({ body }) => body);
  const gathered = bodies.filter((body) => body.includes('the cap of'));
  return { single: bodies.length - gathered.length, gatheredPages: gathered.filter((body) => /PAGE \d+ more at once/.test(body)).length };
}

/** Receivers that keep incidents are told of each, by its key. */
export const keysTriggered = (got: readonly Got[], channel: string): number =>
  new Set(got.filter((one) => one.channel === channel).flatMap(({ body }) => /"(?:dedup_key|alias)":"([^"]*service-[^"]+)"/.exec(body)?.[1] ?? [])).size;
