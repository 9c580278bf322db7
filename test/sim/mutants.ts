/** Bugs planted on purpose, each a mistake that somebody could make. A storm that lets one live checks less than it says. */
import type { RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import type { Item } from '../../src/core/table';
import type { Ports, Replica } from '../../src/engine/ports';
import type { Engine } from './engine';
import { realEngine } from './real-engine';
import type { Replacement } from './replacement';

export type MutantName =
  | 'local replica only'
  | 'no isolation guard'
  | 'unknown counted up'
  | 'sequence ignored'
  | 'receipts ignored'
  | 'window not restarted'
  | 'jump hidden';

/** Planted between the engine and its ports where that can express it, and else into the source. */
export type Mutant = { readonly name: MutantName } & (
  | { readonly kind: 'ports'; readonly plant: (ports: Ports, me: RegionId) => Partial<Ports> }
  | { readonly kind: 'source'; readonly replacement: Replacement }
);

export const mutants: readonly Mutant[] = [
  {
    name: 'local replica only',
    kind: 'ports',
    plant: ({ replica }, me) => ({
      replica: (region) => (region === me ? replica(region) : { ...replica(region), get: async () => [], query: async () => [] }),
      pokes: { poke: () => Promise.reject(new Error('nobody is asked')) },
    }),
  },
  {
    name: 'no isolation guard',
    kind: 'source',
    replacement: {
      file: 'src/core/watch.ts',
      text: "if (evidence.direct === 'failed' && evidence.others !== 'reached' && evidence.anchors === 'not-reached')",
      by: 'if (evidence.watchedMs < 0)',
    },
  },
  {
    name: 'unknown counted up',
    kind: 'source',
    replacement: { file: 'src/core/verdict.ts', text: "verdict: 'unknown', reason: 'no-region-is-fresh'", by: "verdict: 'up', reason: 'no-region-is-fresh'" },
  },
  {
    name: 'sequence ignored',
    kind: 'ports',
    plant: ({ replica, clock }) => ({ replica: (region) => readingAs(replica(region), (item) => asIfNew(item, clock.now())) }),
  },
  {
    name: 'receipts ignored',
    kind: 'ports',
    plant: ({ replica }) => ({ replica: (region) => readingAs(replica(region), withoutReceipt) }),
  },
  {
    name: 'window not restarted',
    kind: 'source',
    replacement: {
      file: 'src/engine/remember.ts',
      text: 'memory.watchingSince = own !== undefined && follows(own.at) ? own.watchingSince : now;',
      by: 'memory.watchingSince = own?.watchingSince ?? memory.watchingSince ?? now;',
    },
  },
  {
    name: 'jump hidden',
    kind: 'source',
    replacement: {
      file: 'src/engine/jump.ts',
      text: '[newestWork(world, arrivedBefore), newestWork(world, world.memory.arrivals)];',
      by: `[
        newestWork(world, arrivedBefore),
        [...world.memory.arrivals].map(([region, { newest }]) => workOf(world, region, newest)).sort((one, other) => one.begunAt - other.begunAt)[0],
      ];`,
    },
  },
];

/** The engine with a bug; one that is planted into the source is in the bundle already. */
export function engineWith(name: MutantName | undefined): Engine {
  const mutant = mutants.find((one) => one.name === name);
  if (mutant === undefined || mutant.kind === 'source') return realEngine;
  return (self, ports) => realEngine(self, { ...ports, ...mutant.plant(ports, self.region) });
}

const readingAs = (replica: Replica, read: (item: Item) => Item): Replica => ({
  ...replica,
  get: async (keys) => (await replica.get(keys)).map(read),
  query: async (...range) => (await replica.query(...range)).map(read),
});

/** Whatever is read counts as the newest, because it arrived. */
const asIfNew = (item: Item, now: number): Item => (item.pk.startsWith('HEAD#') ? { ...item, seq: Math.floor(now / second) } : item);

/** The entry keeps its number, so that nobody waits for it, and says nothing. */
const withoutReceipt = (item: Item): Item => (item.pk.startsWith('LOG#') && String(item.body).includes('"kind":"receipt"') ? { ...item, body: '{}' } : item);
