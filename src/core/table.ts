/**
 * Keys of the one global table. Every partition key names the region that writes it, so nothing is ever written
 * by two regions and a role can be limited to its own items. A region that cannot write at home writes the same key
 * with `@<replica>` added to its name; readers take the newest of both.
 */
import type { Instant, RegionId, Slot } from './basics/brand';
import { hourOf, isoTime } from './basics/time';

export const partitionKey = 'pk';
export const sortKey = 'sk';
export const timeToLiveAttribute = 'ttl';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type AttributeValue = string | number | Uint8Array;
/** One item: its key and flat attributes; `seq` is the number that conditional writes compare. */
export type Item = Key & Readonly<Record<string, AttributeValue>>;

/** Who writes, and where when not at home: `eu-west-1`, or `eu-west-1@us-east-2`. */
export type Writer = RegionId | `${RegionId}@${RegionId}`;
export const writerAt = (region: RegionId, replica: RegionId): Writer => (region === replica ? region : `${region}@${replica}`);

/** Who writes a partition, as its key names it after its kind; undefined where it names nobody. */
export function writerIn(pk: string): Writer | undefined {
  const begins = pk.indexOf('#') + 1;
  if (begins === 0) return undefined;
  const ends = pk.indexOf('#', begins);
  return (ends === -1 ? pk.slice(begins) : pk.slice(begins, ends)) as Writer;
}

/** Whose it is, wherever it was written. */
export const writerRegion = (writer: Writer): RegionId => (writer.includes('@') ? writer.slice(0, writer.indexOf('@')) : writer) as RegionId;

/** Where it was written. */
export const writerReplica = (writer: Writer): RegionId => (writer.includes('@') ? writer.slice(writer.indexOf('@') + 1) : writer) as RegionId;

/** Whether this region writes the items of a partition at home: what it wrote elsewhere comes by replication, as everything of others does. */
export const isOwnPartition = (pk: string, region: RegionId): boolean => writerIn(pk) === region;

/** The kinds of item that a region writes; a role is limited to these prefixes of its own region. */
export const itemKinds = ['CLAIM', 'HEAD', 'BEAT', 'ROSTER', 'WATCH', 'LOG', 'HOUR', 'PING', 'ORDER'] as const;

/** A region has one beat, however many functions probe for it. */
export const onlyShard = '0';

export const claimKey = (writer: Writer, shard: string): Key => ({ pk: `CLAIM#${writer}`, sk: shard });
export const headKey = (writer: Writer, shard: string): Key => ({ pk: `HEAD#${writer}`, sk: shard });
export const watchKey = (writer: Writer): Key => ({ pk: `WATCH#${writer}`, sk: 'state' });
export const rosterKey = (writer: Writer, configHash: string): Key => ({ pk: `ROSTER#${writer}`, sk: configHash });
export const beatKey = (writer: Writer, shard: string, slot: Slot): Key => ({ pk: beatPartition(writer, shard, slot), sk: padded(slot) });

/** Beats of one hour share a partition: `BEAT#eu-west-1#0#2026-11-21T04`. */
export const beatPartition = (writer: Writer, shard: string, slot: Slot): string => `BEAT#${writer}#${shard}#${hourOf(slot)}`;

/** Transitions and receipts of one month share a partition: `LOG#eu-west-1#2026-11`. */
export const logPartition = (writer: Writer, month: string): string => `LOG#${writer}#${month}`;
export const logKey = (writer: Writer, month: string, n: number): Key => ({ pk: logPartition(writer, month), sk: padded(n) });

/** Roll-ups of one month share a partition, and each revision of an hour is an item of its own: `HOUR#eu-west-1#2026-11` / `2026-11-21T04#0000#00`. */
export const hourPartition = (writer: Writer, month: string): string => `HOUR#${writer}#${month}`;
export function hourKey(writer: Writer, begins: Slot, { revision, part }: { readonly revision: number; readonly part: number }): Key {
  const name = hourOf(begins);
  return { pk: hourPartition(writer, name.slice(0, 7)), sk: `${name}#${String(revision).padStart(4, '0')}#${String(part).padStart(2, '0')}` };
}
/** Since when a region rolls up, and when it observed each monitor first. */
export const beginningsKey = (writer: Writer): Key => ({ pk: `HOUR#${writer}`, sk: 'beginnings' });

/** The newest pings of one monitor that a region's inbox received: `PING#eu-west-1` / `nightly-backup`. */
export const pingKey = (writer: Writer, monitor: string): Key => ({ pk: pingPartition(writer), sk: monitor });
export const pingPartition = (writer: Writer): string => `PING#${writer}`;
/** No monitor can be called so. */
export const inboxCanaryKey = (writer: Writer): Key => ({ pk: pingPartition(writer), sk: '~canary' });
/** Each ping with what it said: `PING#eu-west-1#nightly-backup` / `2026-11-21T03:00:12.345Z#<name of the request>`. */
export const pingLogKey = (writer: Writer, monitor: string, { at, name }: { readonly at: Instant; readonly name: string }): Key => ({
  pk: `${pingPartition(writer)}#${monitor}`,
  sk: `${isoTime(at)}#${name}`,
});

/** What operators asked, under the key of the region that took it: `ORDER#eu-west-1` / `2026-11-21T08:00:00.000Z#3f9a1c`. */
export const orderPartition = (region: RegionId): string => `ORDER#${region}`;
export const orderKey = (region: RegionId, name: string): Key => ({ pk: orderPartition(region), sk: name });

/** Numbers as sort keys, in numeric order. */
export const padded = (n: number): string => String(n).padStart(12, '0');
