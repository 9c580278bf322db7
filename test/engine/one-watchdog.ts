/** One watchdog alone with its stores: who else is at work, a test says. */
import { instant, type RegionId, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { encodeHead } from '../../src/core/beat';
import type { Config } from '../../src/core/config/config';
import type { Item } from '../../src/core/table';
import { decodeWatch, encodeWatch, type WatchRecord } from '../../src/core/watch-record';
import type { World } from '../../src/engine/invocation';
import type { PokeAnswer } from '../../src/engine/ports';
import { runVigil } from '../../src/engine/vigil';
import { at, config, east, middle, sample, watchRecord, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld } from './small-world';

/** The watchdog of eu-west-1 looks every 5 s, while everybody else is written down as at work unless a test says otherwise. */
export interface Watch {
  readonly small: SmallWorld;
  readonly world: World;
  /** Regions whose beats, and whose watch records, still come. */
  readonly beating: Set<RegionId>;
  readonly watching: Set<RegionId>;
  poke: (nonce: string) => Promise<PokeAnswer>;
  anchors: boolean;
  configOf: (region: RegionId) => Pick<Config, 'hash' | 'madeAt'>;
  /** Whose canaries read wrong, and of whom nothing is replicated. */
  readonly lying: Set<RegionId>;
  readonly stalled: Set<RegionId>;
  /** Whose beats those who beat have seen, whatever comes of them to others. */
  readonly seen: Set<RegionId>;
  /** Looks on for so long, and says what was found of the prober of us-east-2, of the watchdog of a region, and of itself. */
  lookFor(seconds: number): Promise<WatchRecord>;
}

const beatMs = 10 * second;

export function watch({ tolerateMs } = { tolerateMs: 60 * second }): Watch {
  const anchored = config({ anchors: ['https://anchor.example/'], watch: { tolerateMs } });
  const small = smallWorld({ config: anchored, self: { role: 'watchdog' }, now: at('00:10:00') });
  for (const region of [west, east, middle]) small.stores.set(region, new Store());
  const found: Watch = {
    small,
    world: undefined as never,
    beating: new Set([west, east]),
    watching: new Set([east, middle]),
    poke: () => Promise.reject(new Error('nobody answers')),
    anchors: true,
    configOf: () => anchored,
    lying: new Set(),
    stalled: new Set(),
    seen: new Set(),
    lookFor: (seconds) => lookFor(found, seconds),
  };
  const ports = {
    ...small.world.ports,
    pokes: { poke: (_region: RegionId, nonce: string) => found.poke(nonce) },
    anchors: { answers: async () => found.anchors },
  };
  return Object.assign(found, { world: { ...small.world, ports } });
}

async function lookFor(found: Watch, seconds: number): Promise<WatchRecord> {
  const { small, world } = found;
  for (const until = small.now + seconds * second; small.now < until; ) {
    const slot = slotAt((Math.floor(small.now / beatMs) * beatMs) / second);
    for (const region of found.beating) put(found, region, headOf(found, region, slot));
    for (const region of found.watching) put(found, region, encodeWatch(watchRecord({ region, at: small.now, seq: small.now }), region));
    await runVigil(world, at('00:00'));
    small.now = instant(Math.floor(small.now / (5 * second)) * 5 * second + 5 * second);
  }
  const [record] = small.stores.get(west)!.getAll([{ pk: `WATCH#${west}`, sk: 'state' }]);
  return decodeWatch(record!)!;
}

export function headOf({ configOf, lying, seen }: Watch, region: RegionId, slot: ReturnType<typeof slotAt>): Item {
  const { hash, madeAt } = configOf(region);
  const times = { startedAt: instant(slot * second), finishedAt: instant(slot * second + 500) };
  const canaries = lying.has(region) ? 'closed-port-answered' : 'right';
  const round = { region, slot, by: 'schedule', canaries, covered: 1, expected: 1, codeVersion: '0.1.0', bootId: 'boot' } as const;
  const seenNow = Object.fromEntries([...seen].map((one) => [one, slot]));
  return encodeHead({ ...round, seen: seenNow, ...times, configHash: hash, configMadeAt: madeAt, samples: [sample({ slot })] }, region);
}

/** Into every replica at once, but for whom nothing is replicated of. */
export function put({ small, stalled }: Watch, from: RegionId, item: Item): void {
  for (const [region, store] of small.stores) if (region === from || !stalled.has(from)) store.apply({ item, writtenAs: small.now });
}

export const peer = (record: WatchRecord) => record.peers.find(({ region }) => region === east)?.state;
export const watchdogOf = (record: WatchRecord, of: RegionId) => record.watchdogs.find(({ region }) => region === of)?.state;
export const said = ({ small }: Watch): readonly string[] => small.published.map(({ message }) => message.subject);
export const answer =
  (over: Partial<PokeAnswer>) =>
  async (nonce: string): Promise<PokeAnswer> => ({
    nonce,
    region: east,
    claimed: slotAt(100),
    finished: slotAt(100),
    store: 'answers',
    ...over,
  });
