/** One region's world for tests of the engine: a clock that is set by hand, replicas in memory that can refuse, and everything that was said. */
import { systemCalendar } from '../../src/adapters/calendar';
import { type Instant, instant, type RegionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import type { Attempt } from '../../src/core/observation';
import type { Item } from '../../src/core/table';
import { createMemory, type Invocation, type Self, type World } from '../../src/engine/invocation';
import type { Message, Pinged, Ports, Replica, Written } from '../../src/engine/ports';
import { at, attempt, config, west } from '../core/builders';
import { Store } from '../sim/store';

export interface SmallWorld {
  readonly world: World;
  readonly published: { readonly topic: RegionId; readonly message: Message }[];
  /** What the relay of the region was asked to bring again. */
  readonly handed: { readonly message: Message; readonly channels: readonly string[] }[];
  readonly metrics: { readonly into: RegionId; readonly at: Instant }[];
  readonly pinged: { readonly url: string; readonly at: Instant }[];
  readonly notes: { readonly what: string }[];
  readonly stores: Map<RegionId, Store>;
  /** Regions whose replica refuses every call, and regions whose topic does. */
  readonly refusing: { readonly replicas: Set<RegionId>; readonly topics: Set<RegionId> };
  /** What a probe sees; by default all is well. */
  seen: (monitor: string, timeoutMs: number) => Attempt | Promise<Attempt>;
  /** What the probe of a canary sees; by default one answers and the other refuses. */
  canary: (id: string) => Attempt;
  /** How a switch outside takes a ping; by default well. */
  switchOutside: (url: string) => Pinged | Promise<Pinged>;
  /** Whether this region's inbox takes what is sent to it; by default it does. */
  inbox: () => boolean;
  now: Instant;
  /** By how much somebody has set the clock. */
  clockSetByMs: number;
  /** How long the machine has slept in all. */
  sleptMs: number;
  /** Another environment of a region, on the same stores and the same clock. */
  another(over?: Partial<Self>): World;
}

export function smallWorld(over: { readonly config?: Config; readonly self?: Partial<Self>; readonly now?: Instant } = {}): SmallWorld {
  let boots = 0;
  const stores = new Map<RegionId, Store>();
  const small: SmallWorld = {
    world: undefined as never,
    published: [],
    handed: [],
    metrics: [],
    pinged: [],
    notes: [],
    switchOutside: () => ({ kind: 'taken' }),
    inbox: () => true,
    stores,
    refusing: { replicas: new Set(), topics: new Set() },
    seen: () => attempt(),
    canary: (id) => attempt(id === 'canary-must-refuse' ? { reason: 'connect-refused' } : {}),
    sleptMs: 0,
    now: over.now ?? at('00:10:00'),
    clockSetByMs: 0,
    another: (self) => {
      boots += 1;
      return {
        self: {
          region: west,
          role: 'prober',
          config: over.config ?? config(),
          codeVersion: '0.1.0',
          bootId: `boot ${boots}`,
          canaryUrl: 'https://canary.example/',
          ...over.self,
          ...self,
        },
        ports: portsOf(small),
        memory: createMemory(),
        invocation: { remainingMs: () => 3_600_000 },
      };
    },
  };
  return Object.assign(small, { world: small.another() });
}

/** An invocation that is killed in so long. */
export function timeLeft(small: SmallWorld, ms: number): Invocation {
  const endsAt = small.now + ms;
  return { remainingMs: () => endsAt - small.now };
}

/** Time does not pass by itself: waiting moves the clock at once. */
function portsOf(small: SmallWorld): Ports {
  return {
    clock: {
      now: () => small.now,
      elapsedMs: () => small.now - small.clockSetByMs,
      timer: (ms) => {
        let isCancelled = false;
        const done = new Promise<void>((resolve) => {
          setImmediate(() =>
            setImmediate(() => {
              if (isCancelled) return;
              small.now = instant(small.now + ms);
              resolve();
            }),
          );
        });
        return {
          done,
          cancel: () => {
            isCancelled = true;
          },
        };
      },
    },
    machine: { sleptMs: () => small.sleptMs },
    replica: (region) => replicaOf(small, region),
    prober: { attempt: async (monitor, timeoutMs) => (monitor.id.startsWith('canary-') ? small.canary(monitor.id) : small.seen(monitor.id, timeoutMs)) },
    topics: {
      publish: async (topic, message) => {
        if (small.refusing.topics.has(topic)) throw new Error(`the topic of ${topic} refuses`);
        small.published.push({ topic, message });
        return `message-${small.published.length}`;
      },
    },
    beatMetrics: {
      publish: async (into, _role, _of, time) => {
        small.metrics.push({ into, at: time });
      },
    },
    anchors: { answers: async () => true },
    outside: {
      ping: async (url) => {
        small.pinged.push({ url, at: small.now });
        return small.switchOutside(url);
      },
    },
    inbox: { takes: async () => small.inbox() },
    relay: {
      hand: async (message, channels) => {
        small.handed.push({ message, channels });
      },
    },
    calendar: systemCalendar,
    pokes: { poke: async () => Promise.reject(new Error('nobody answers')) },
    diary: { note: (what) => small.notes.push({ what }) },
  };
}

function replicaOf(small: SmallWorld, region: RegionId): Replica {
  const ask = async <T>(work: (store: Store) => T): Promise<T> => {
    if (small.refusing.replicas.has(region)) throw new Error(`the replica of ${region} refuses`);
    const store = small.stores.get(region) ?? new Store();
    small.stores.set(region, store);
    return work(store);
  };
  let writes = 0;
  const write = (item: Item, mayWrite: (existing: Item | undefined) => boolean): Promise<Written> =>
    ask((store) => {
      if (!mayWrite(store.get(item))) return 'refused';
      writes += 1;
      store.apply({ item, writtenAs: small.now * 1000 + writes });
      return 'written';
    });
  return {
    region,
    get: (keys) => ask((store) => store.getAll(keys)),
    query: (partition, from, to) => ask((store) => store.query(partition, from, to)),
    put: async (item) => {
      await write(item, () => true);
    },
    putIfAbsent: (item) => write(item, (existing) => existing === undefined),
    putIfNewer: (item) => write(item, (existing) => existing === undefined || Number(existing.seq) < Number(item.seq)),
  };
}
