/** A table in memory: a round stores its beat and reads what it needs, and what is measured is the prober alone. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Item } from '../../src/core/table';
import type { Replica } from '../../src/engine/ports';

const itemsKept = 200;

export function tableInMemory(): (region: RegionId) => Replica {
  const items = new Map<string, Item>();
  const place = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>): string => `${pk}\n${sk}`;
  const putIf = (item: Item, isWanted: boolean): 'written' | 'refused' => {
    if (isWanted) items.set(place(item), item);
    // What is old is gone, as its time to live would have it; the newest are at the end.
    for (const [key, { pk }] of items) {
      if (items.size <= itemsKept) break;
      if (pk.startsWith('BEAT#')) items.delete(key);
    }
    return isWanted ? 'written' : 'refused';
  };
  return (region) => ({
    region,
    get: async (keys) => keys.flatMap((key) => items.get(place(key)) ?? []),
    query: async (partition, from, to) => [...items.values()].filter(({ pk, sk }) => pk === partition && sk >= from && sk <= to),
    put: async (item) => void items.set(place(item), item),
    putIfAbsent: async (item) => putIf(item, !items.has(place(item))),
    putIfNewer: async (item) => putIf(item, Number(items.get(place(item))?.seq ?? -1) < Number(item.seq)),
  });
}
