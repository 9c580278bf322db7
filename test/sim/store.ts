/** The items of one replica, by partition and in the order of their sort keys. */
import type { Item, Key } from '../../src/core/table';

export interface Version {
  readonly item: Item;
  /** Grows with the time of writing: the greatest wins. */
  readonly writtenAs: number;
}

interface Partition {
  readonly versions: Map<string, Version>;
  /** Ascending. */
  readonly sortKeys: string[];
}

export class Store {
  private readonly partitions = new Map<string, Partition>();

  get(key: Key): Item | undefined {
    return this.partitions.get(key.pk)?.versions.get(key.sk)?.item;
  }

  getAll(keys: readonly Key[]): readonly Item[] {
    return [...new Set(keys.flatMap((key) => this.get(key) ?? []))];
  }

  query(pk: string, from: string, to: string): readonly Item[] {
    const partition = this.partitions.get(pk);
    if (partition === undefined) return [];
    const found: Item[] = [];
    for (let index = firstAtOrAfter(partition.sortKeys, from); index < partition.sortKeys.length; index += 1) {
      const sk = partition.sortKeys[index] ?? '';
      if (sk > to) break;
      const version = partition.versions.get(sk);
      if (version !== undefined) found.push(version.item);
    }
    return found;
  }

  /** Keeps the version unless a later one of the same key is already here. */
  apply(version: Version): void {
    const { pk, sk } = version.item;
    const partition = this.partitions.get(pk) ?? this.begun(pk);
    const existing = partition.versions.get(sk);
    if (existing !== undefined && existing.writtenAs > version.writtenAs) return;
    if (existing === undefined) insert(partition.sortKeys, sk);
    partition.versions.set(sk, version);
  }

  /** Every item, ordered by key. */
  all(): readonly Item[] {
    return [...this.partitions.keys()].sort().flatMap((pk) => this.query(pk, '', '\uffff'));
  }

  private begun(pk: string): Partition {
    const partition = { versions: new Map(), sortKeys: [] };
    this.partitions.set(pk, partition);
    return partition;
  }
}

function insert(sortKeys: string[], sk: string): void {
  const last = sortKeys.at(-1);
  if (last === undefined || last < sk) sortKeys.push(sk);
  else sortKeys.splice(firstAtOrAfter(sortKeys, sk), 0, sk);
}

function firstAtOrAfter(sortKeys: readonly string[], sk: string): number {
  let low = 0;
  let high = sortKeys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sortKeys[middle] ?? '') < sk) low = middle + 1;
    else high = middle;
  }
  return low;
}
