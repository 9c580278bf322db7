/** Who speaks about an incident, and after what wait. No lock and no leader: every region counts for itself. */
import type { RegionId } from './basics/brand';
import { hashUnit } from './basics/hash';
import { second } from './basics/time';

/** The second region waits so long for a receipt before it speaks. */
export const turnMs = 20 * second;
/**
 * Each one after it waits so much longer than the one before. Watchdogs that look once a minute look 20 s apart: were it that long, the third would
 * speak in the same second as the second, which learns of it one look later.
 */
const nextTurnMs = 30 * second;

/** How long whoever is so many places behind the first waits for a receipt. */
export const turnOf = (rank: number): number => (rank <= 0 ? 0 : turnMs + (rank - 1) * nextTurnMs);

/** Regions by a stable hash of the key, the same everywhere (rendezvous hashing). */
export function speakersInOrder(key: string, regions: readonly RegionId[]): readonly RegionId[] {
  const orders = known.get(regions) ?? new Map<string, readonly RegionId[]>();
  const before = orders.get(key);
  if (before !== undefined) return before;
  const order = inOrder(key, regions);
  if (orders.size >= mostKnown) orders.clear();
  orders.set(key, order);
  known.set(regions, orders);
  return order;
}

/** They are asked for at each look, and there are few keys. */
const known = new WeakMap<readonly RegionId[], Map<string, readonly RegionId[]>>();
const mostKnown = 1000;

function inOrder(key: string, regions: readonly RegionId[]): readonly RegionId[] {
  return [...regions].sort((one, other) => hashUnit(`${key} ${one}`) - hashUnit(`${key} ${other}`) || (one < other ? -1 : 1));
}

/** How long a region waits for a receipt before it speaks, when `first` speaks at once. */
export function waitMs(
  key: string,
  { me, first, regions }: { readonly me: RegionId; readonly first: RegionId; readonly regions: readonly RegionId[] },
): number {
  if (me === first) return 0;
  const others = speakersInOrder(key, regions).filter((region) => region !== first);
  const rank = others.indexOf(me);
  return turnOf(rank === -1 ? others.length + 1 : rank + 1);
}
