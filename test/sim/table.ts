/**
 * The global table: one replica per region. Conditions are checked in one replica alone; items travel one by one with a
 * delay of their own, so that they arrive out of order; the last writer wins, silently.
 */
import type { RegionId } from '../../src/core/basics/brand';
import type { AttributeValue, Item, Key } from '../../src/core/table';
import type { Replica, Written } from '../../src/engine/ports';
import type { Environment } from './environment';
import type { Events } from './events';
import type { LaggingReads } from './lagging-reads';
import type { Direction, Network } from './network';
import type { Random } from './random';
import { Store, type Version } from './store';

interface Travelling {
  readonly from: RegionId;
  readonly to: RegionId;
  readonly version: Version;
}

export interface Write {
  readonly writer: RegionId;
  readonly replica: RegionId;
  readonly item: Item;
}

export class GlobalTable {
  /** Called for every write that a replica accepted from a function. */
  onWrite: (write: Write) => void = () => undefined;
  /** Called for every item that comes to another replica. */
  onArrived: (replica: RegionId, item: Item) => void = () => undefined;
  readonly stores: ReadonlyMap<RegionId, Store>;
  private readonly events: Events;
  private readonly random: Random;
  private readonly network: Network;
  private readonly refusals = new Map<RegionId, string>();
  private readonly disorder = new Map<string, number>();
  private waiting: Travelling[] = [];
  private readonly lagging: LaggingReads | undefined;
  private writes = 0;

  /** Without `lagging` every read is consistent. */
  constructor(world: {
    readonly events: Events;
    readonly random: Random;
    readonly network: Network;
    readonly regions: readonly RegionId[];
    readonly lagging?: LaggingReads;
  }) {
    this.lagging = world.lagging;
    this.events = world.events;
    this.random = world.random;
    this.network = world.network;
    this.stores = new Map(world.regions.map((region) => [region, new Store()]));
  }

  /** Makes a replica refuse every call with this error, such as `throttled`. */
  refuse(region: RegionId, why: string): () => void {
    this.refusals.set(region, why);
    return () => {
      this.refusals.delete(region);
    };
  }

  answers(region: RegionId): boolean {
    return !this.refusals.has(region);
  }

  /** Every item of one direction takes a time of its own, up to this: later ones arrive first. */
  disarrange({ from, to }: Direction, upToMs: number): () => void {
    const pair = `${from}>${to}`;
    this.disorder.set(pair, upToMs);
    return () => {
      this.disorder.delete(pair);
    };
  }

  /** Sends on what waited for a link that works again. */
  drain(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const item of waiting) this.travel(item);
  }

  replicaFor(caller: Environment, region: RegionId): Replica {
    const ask = <T>(work: (store: Store) => T): Promise<T> => this.network.call(caller, region, () => work(this.store(region)));
    const write = (item: Item, mayWrite: (existing: Item | undefined) => boolean): Promise<Written> => {
      const own = copyOf(item);
      return ask((store) => {
        if (!mayWrite(store.get(own))) return 'refused';
        this.write({ writer: caller.region, replica: region, item: own });
        return 'written';
      });
    };
    const shown = (newest: Store, partition: string): Store => this.lagging?.storeFor({ caller: caller.region, replica: region, partition }, newest) ?? newest;
    return {
      region,
      get: (keys) => ask((store) => eachOnce(atMostHundred(keys), (key) => shown(store, key.pk).get(key))),
      query: (partition, from, to) => ask((store) => shown(store, partition).query(partition, from, to)),
      put: async (item) => {
        await write(item, () => true);
      },
      putIfAbsent: (item) => write(item, (existing) => existing === undefined),
      putIfNewer: async (item) => {
        const { seq } = item;
        if (typeof seq !== 'number') throw new Error(`${item.pk} has no seq that could be compared`);
        return write(item, (existing) => existing === undefined || Number(existing.seq) < seq);
      },
    };
  }

  /** What somebody writes who is no function: an operator, with credentials of their own. */
  writeFromOutside(region: RegionId, item: Item): void {
    this.write({ writer: region, replica: region, item: copyOf(item) });
  }

  private store(region: RegionId): Store {
    const why = this.refusals.get(region);
    if (why !== undefined) throw new Error(`the table in ${region} is ${why}`);
    const store = this.stores.get(region);
    if (store === undefined) throw new Error(`there is no replica in ${region}`);
    return store;
  }

  private write(write: Write): void {
    this.writes += 1;
    const version: Version = { item: write.item, writtenAs: this.writes };
    this.apply(write.replica, version);
    this.onWrite(write);
    for (const to of this.stores.keys()) {
      if (to !== write.replica) this.travel({ from: write.replica, to, version });
    }
  }

  private apply(replica: RegionId, version: Version): void {
    this.stores.get(replica)?.apply(version);
    this.lagging?.arrived(replica, version);
  }

  private travel(item: Travelling): void {
    const upToMs = this.disorder.get(`${item.from}>${item.to}`);
    const takesMs = upToMs === undefined ? Math.min(30_000, this.random.logNormal(700, 0.5)) : this.random.between(0, upToMs);
    this.events.quietlyIn(takesMs, () => {
      if (!this.network.canReplicate(item)) return void this.waiting.push(item);
      this.apply(item.to, item.version);
      this.onArrived(item.to, item.version.item);
    });
  }
}

function atMostHundred(keys: readonly Key[]): readonly Key[] {
  if (keys.length > 100) throw new Error(`at most 100 keys can be read at once, not ${keys.length}`);
  return keys;
}

function eachOnce(keys: readonly Key[], read: (key: Key) => Item | undefined): readonly Item[] {
  const found = new Set<Item>();
  for (const key of keys) {
    const item = read(key);
    if (item !== undefined) found.add(item);
  }
  return [...found];
}

/** What was given away may change afterwards; what was written may not. */
function copyOf(item: Item): Item {
  const copy: Key & Record<string, AttributeValue> = { ...item };
  for (const name in copy) {
    const value = copy[name];
    if (value instanceof Uint8Array) copy[name] = value.slice();
  }
  return copy;
}
