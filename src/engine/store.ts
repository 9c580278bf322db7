/** Writing where writing works: at home, and when home refuses or is slow, at other replicas under keys that say so. */
import type { RegionId } from '../core/basics/brand';
import { allRegions } from '../core/config/config';
import { type Item, type Writer, writerAt, writerRegion, writerReplica } from '../core/table';
import type { Replica, Written } from './ports';
import { within } from './within';
import { homeLimitMs, remoteLimitMs, type World, type Writing } from './world';

export type Stored = { readonly kind: Written; readonly writer: Writer } | { readonly kind: 'failed' };

/** How a write may be conditioned; conditions hold in the replica that is asked. */
export type Condition = 'always' | 'if-absent' | 'if-newer';

/** Tries the home replica, then the others in turn. `make` gives the item for the key of that writer. */
export async function store(world: Writing, condition: Condition, make: (writer: Writer) => Item): Promise<Stored> {
  for (const region of [world.self.region, ...elsewhere(world)]) {
    const stored = await storeAt(world, region, { condition, make });
    if (stored.kind !== 'failed') return stored;
  }
  return { kind: 'failed' };
}

/**
 * Stores a sign of life, which the next one replaces: at home, and when home does not take it, in every other replica at once. The first that
 * would take it may be the one that shows nothing to whoever is looking. Returns the names under which it stands; none where nobody took it.
 */
export async function storeSign(world: Writing, make: (writer: Writer) => Item): Promise<readonly Writer[]> {
  const sign = { condition: 'if-newer', make } as const;
  const atHome = await storeAt(world, world.self.region, sign);
  if (atHome.kind !== 'failed') return [atHome.writer];
  const away = await Promise.all(elsewhere(world).map((region) => storeAt(world, region, sign)));
  return away.flatMap((stored) => (stored.kind === 'failed' ? [] : [stored.writer]));
}

const elsewhere = ({ self }: Writing): readonly RegionId[] => allRegions(self.config.regions).filter((region) => region !== self.region);

interface ToStore {
  readonly condition: Condition;
  readonly make: (writer: Writer) => Item;
}

async function storeAt({ self, ports }: Writing, region: RegionId, { condition, make }: ToStore): Promise<Stored> {
  const writer = writerAt(self.region, region);
  const item = make(writer);
  const limitMs = region === self.region ? homeLimitMs : remoteLimitMs;
  const outcome = await within(ports.clock, limitMs, write(ports.replica(region), condition, item));
  if (outcome.kind === 'done') return { kind: outcome.value, writer };
  ports.diary.note('write failed', { replica: region, key: item.pk, error: outcome.error });
  return { kind: 'failed' };
}

async function write(replica: Replica, condition: Condition, item: Item): Promise<Written> {
  if (condition === 'if-absent') return replica.putIfAbsent(item);
  if (condition === 'if-newer') return replica.putIfNewer(item);
  await replica.put(item);
  return 'written';
}

/** That something of this region stands under another name is said at home: the replicas where it does. */
export function awayOf({ self, memory }: Pick<World, 'self' | 'memory'>): readonly RegionId[] {
  const own = [...memory.log.names].filter((writer) => writerRegion(writer) === self.region);
  return own.map(writerReplica).filter((replica) => replica !== self.region);
}

/** Every name under which a region may have written: at home, and at each other replica. */
export const writersOf = (region: RegionId, replicas: readonly RegionId[]): readonly Writer[] => replicas.map((replica) => writerAt(region, replica));
