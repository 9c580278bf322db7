/** Since when a region rolls up its hours, and when it observed each monitor first: what was before is no data, and never a gap. */
import { type Instant, instant } from './basics/brand';
import { beginningsKey, type Item, type Writer } from './table';

export interface Beginnings {
  /** The first hour that was rolled up. */
  readonly since: Instant;
  readonly firstAt: ReadonlyMap<string, Instant>;
}

export function encodeBeginnings({ since, firstAt }: Beginnings, writer: Writer): Item {
  return { ...beginningsKey(writer), v: 1, since, first: JSON.stringify([...firstAt]) };
}

/** Undefined for an item that says nothing of beginnings. */
export function decodeBeginnings(item: Item): Beginnings | undefined {
  if (item.sk !== 'beginnings' || typeof item.since !== 'number') return undefined;
  try {
    const entries = JSON.parse(String(item.first)) as readonly (readonly [string, number])[];
    return { since: instant(item.since), firstAt: new Map(entries.map(([id, at]) => [id, instant(at)])) };
  } catch {
    return undefined;
  }
}

/** The earlier of two of everything. */
export function joinBeginnings(all: readonly Beginnings[]): Beginnings | undefined {
  const [first, ...others] = all;
  if (first === undefined) return undefined;
  const firstAt = new Map(first.firstAt);
  for (const other of others) for (const [id, at] of other.firstAt) firstAt.set(id, instant(Math.min(at, firstAt.get(id) ?? at)));
  return { since: instant(Math.min(...all.map(({ since }) => since))), firstAt };
}
