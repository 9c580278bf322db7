/** Heads as they are found in items: which keys they may have, and which is the newest. */
import { awayIn } from '../core/away';
import type { RegionId } from '../core/basics/brand';
import { decodeHead, type Head } from '../core/beat';
import { allRegions, type Config } from '../core/config/config';
import { isNewerThan } from '../core/sequence';
import { headKey, type Item, type Key, onlyShard, type Writer, watchKey, writerAt, writerIn, writerRegion } from '../core/table';
import type { Memory } from './memory';
import { writersOf } from './store';

const keysOf = new WeakMap<Config, readonly Key[]>();

/** Heads and watch records of all regions, under every name they may have. */
export function keysToRead(config: Config): readonly Key[] {
  const known = keysOf.get(config) ?? namedKeys(config);
  keysOf.set(config, known);
  return known;
}

function namedKeys(config: Config): readonly Key[] {
  const replicas = allRegions(config.regions);
  const heads = config.regions.probers.flatMap((region) => writersOf(region, replicas).map((writer) => headKey(writer, onlyShard)));
  return [...heads, ...replicas.flatMap((region) => writersOf(region, replicas).map(watchKey))];
}

/** The newest head of each region among these items. */
export function newestHeads(memory: Pick<Memory, 'decoded'>, items: readonly Item[]): Map<RegionId, Head> {
  const heads = new Map<RegionId, Head>();
  for (const item of items) {
    const head = item.pk.startsWith('HEAD#') ? decoded(memory, item) : undefined;
    if (head !== undefined) keepNewest(heads, head);
  }
  return heads;
}

export function keepNewest(heads: Map<RegionId, Head>, head: Head): void {
  const known = heads.get(head.region);
  if (known === undefined || isNewerThan(head, known)) heads.set(head.region, head);
}

/** Every region's plain name, and each other name under which an item was found, or is said to be. */
export function writersFound(config: Config, items: readonly Item[]): readonly Writer[] {
  const found = items.flatMap((item): readonly Writer[] => {
    const writer = writerIn(item.pk);
    return writer === undefined ? [] : [writer, ...(awayIn(item) ?? []).map((replica) => writerAt(writerRegion(writer), replica))];
  });
  return [...new Set<Writer>([...allRegions(config.regions), ...found])];
}

/** The same head is read many times before a newer one comes, on several paths: it is unpacked once. */
function decoded({ decoded: known }: Pick<Memory, 'decoded'>, item: Item): Head | undefined {
  const name = `${item.pk} ${item.sk} ${item.seq}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const head = decodeHead(item);
  if (known.size >= mostDecoded) known.clear();
  if (head !== undefined) known.set(name, head);
  return head;
}

/** A few slots of every region, as seen on all paths. */
const mostDecoded = 64;
