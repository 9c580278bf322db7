/**
 * Which monitor belongs to which shard, where the probing of a region is cut into several: told by a hash, so that whoever hands a
 * shard out and whoever takes it agree without a list.
 */
import { hashUnit } from './basics/hash';
import { isProbed, type Monitor } from './config/config';

/** From 0. Monitors that share the budget of a host stay together: whoever keeps a budget must see all that is asked of that host. */
export function shardOf({ id, budget }: Pick<Monitor, 'id' | 'budget'>, of: number): number {
  // By another text than the one that spreads long intervals over slots: else all that is due in a slot would be of one shard.
  return Math.floor(hashUnit(`shard of ${budget?.host ?? id}`) * of);
}

/** What is due, by shard; shards without any are left out. */
export function byShard(monitors: readonly Monitor[], of: number): ReadonlyMap<number, readonly Monitor[]> {
  const shards = new Map<number, Monitor[]>();
  for (const monitor of monitors.filter(isProbed)) {
    const shard = shardOf(monitor, of);
    const together = shards.get(shard);
    if (together === undefined) shards.set(shard, [monitor]);
    else together.push(monitor);
  }
  return shards;
}
