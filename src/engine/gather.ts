/** Reads what there is to know: every region's head and watch record from the nearest replica that answers, and silent peers on other paths. */
import type { Instant, RegionId, Slot } from '../core/basics/brand';
import { second } from '../core/basics/time';
import { decodeHead, type Head } from '../core/beat';
import { allRegions, type Config } from '../core/config/config';
import { type Arrivals, observeArrival, overdueMs } from '../core/freshness';
import { headKey, type Item, type Key, onlyShard, type Writer, watchKey } from '../core/table';
import { type PathState, type PeerEvidence, slackMs } from '../core/watch';
import { decodeWatch, type WatchRecord } from '../core/watch-record';
import { writersOf } from './store';
import { type Outcome, within } from './within';
import { homeLimitMs, remoteLimitMs, type World } from './world';

export interface Picture {
  readonly now: Instant;
  /** The newest head of each prober region, from whatever path had it; this region's own from memory where no store has it. */
  readonly heads: ReadonlyMap<RegionId, Head>;
  readonly peers: readonly { readonly region: RegionId; readonly evidence: PeerEvidence }[];
  readonly watchRecords: readonly WatchRecord[];
  /** The replica that answered, which logs are read from too; undefined when none did. */
  readonly readFrom: RegionId | undefined;
  /** Every name under which something was found written. */
  readonly writers: readonly Writer[];
}

export async function gather(world: World): Promise<Picture> {
  const nearest = await readNearest(world);
  const now = world.ports.clock.now();
  const heads = newestHeads(nearest.items);
  const watchRecords = nearest.items.flatMap((item) => (item.pk.startsWith('WATCH#') ? (decodeWatch(item) ?? []) : []));
  remember(world, { watchRecords, now });
  for (const head of heads.values()) noteArrival(world, head.region, head.slot);
  const localSlots = new Map([...heads].map(([region, head]) => [region, head.slot]));
  if (world.memory.head !== undefined) keepNewest(heads, world.memory.head);
  const asked = await askAround(world, localSlots);
  for (const answer of asked.answers.values()) for (const head of newestHeads(answer ?? []).values()) keepNewest(heads, head);
  for (const head of heads.values()) noteArrival(world, head.region, head.slot);
  const isHome = nearest.readFrom === world.self.region;
  const peers = world.self.config.regions.probers.map((region) => ({
    region,
    evidence: evidenceOf(world, region, { local: isHome ? localSlots : undefined, asked }),
  }));
  return { now, heads, peers, watchRecords, readFrom: nearest.readFrom, writers: writersFound(world.self.config, nearest.items) };
}

/** Heads and watch records of all regions, under every name they may have. */
export function keysToRead(config: Config): readonly Key[] {
  const replicas = allRegions(config.regions);
  const heads = config.regions.probers.flatMap((region) => writersOf(region, replicas).map((writer) => headKey(writer, onlyShard)));
  return [...heads, ...replicas.flatMap((region) => writersOf(region, replicas).map(watchKey))];
}

export function newestHeads(items: readonly Item[]): Map<RegionId, Head> {
  const heads = new Map<RegionId, Head>();
  for (const item of items) {
    const head = item.pk.startsWith('HEAD#') ? decodeHead(item) : undefined;
    if (head !== undefined) keepNewest(heads, head);
  }
  return heads;
}

function keepNewest(heads: Map<RegionId, Head>, head: Head): void {
  const known = heads.get(head.region);
  if (known === undefined || head.slot > known.slot) heads.set(head.region, head);
}

/** A region's plain name, and each other name under which an item was found. */
export function writersFound(config: Config, items: readonly Item[]): readonly Writer[] {
  const found = items.map((item) => item.pk.split('#')[1] as Writer);
  return [...new Set<Writer>([...allRegions(config.regions), ...found])];
}

/** The home replica; when it does not answer, the next one that does. */
async function readNearest({ self, ports }: World): Promise<{ readonly items: readonly Item[]; readonly readFrom: RegionId | undefined }> {
  const keys = keysToRead(self.config);
  const others = allRegions(self.config.regions).filter((region) => region !== self.region);
  for (const region of [self.region, ...others]) {
    const outcome = await within(ports.clock, region === self.region ? homeLimitMs : remoteLimitMs, ports.replica(region).get(keys));
    if (outcome.kind === 'done') return { items: outcome.value, readFrom: region };
    ports.diary.note('read failed', { replica: region, error: outcome.error });
  }
  return { items: [], readFrom: undefined };
}

/** A cold environment learns from this region's own watch record how punctual each peer was, and since when somebody here watches. */
function remember({ self, memory }: World, { watchRecords, now }: { readonly watchRecords: readonly WatchRecord[]; readonly now: Instant }): void {
  const own = watchRecords.filter((record) => record.region === self.region).sort((one, other) => other.at - one.at)[0];
  const breakMs = breakOf(self.config);
  const goesOn = memory.evaluatedAt !== undefined && now - memory.evaluatedAt < breakMs;
  if (!goesOn) {
    const watchedBefore = own !== undefined && now - own.at < breakMs;
    memory.watchingSince = watchedBefore ? own.watchingSince : now;
    if (!watchedBefore) memory.watches.clear();
  }
  memory.evaluatedAt = now;
  for (const peer of own?.peers ?? []) {
    if (!memory.arrivals.has(peer.region) && peer.arrivals !== undefined) memory.arrivals.set(peer.region, peer.arrivals);
    if (!memory.watches.has(peer.region) && goesOnOf(memory.watchingSince, peer.since))
      memory.watches.set(peer.region, { state: peer.state, since: peer.since });
  }
}

const goesOnOf = (watchingSince: Instant | undefined, since: Instant): boolean => watchingSince !== undefined && since >= watchingSince;

/** After a pause this long between two looks, one's own blind time is no evidence: the window starts again. */
const breakOf = (config: Config): number => (config.beatIntervalMs < 60 * second ? 20 * second : 150 * second);

function noteArrival({ memory, self, ports }: World, region: RegionId, slot: Slot): void {
  const seen = { now: ports.clock.now(), cycleMs: self.config.beatIntervalMs };
  memory.arrivals.set(region, observeArrival(memory.arrivals.get(region), slot, seen));
}

interface Asked {
  /** What each other region's replica answered; undefined where it did not. Empty when nobody had to be asked. */
  readonly answers: ReadonlyMap<RegionId, readonly Item[] | undefined>;
  readonly anchors: PeerEvidence['anchors'];
}

/** Asks every other region's replica about all peers, but only when one of them is not punctual here. */
async function askAround(world: World, localSlots: ReadonlyMap<RegionId, Slot>): Promise<Asked> {
  const { self, ports } = world;
  const isDoubtful = self.config.regions.probers.some((region) => overdueOf(world, region, localSlots.get(region)) > slackMs(self.config.beatIntervalMs));
  if (!isDoubtful) return { answers: new Map(), anchors: 'nobody-to-ask' };
  const keys = keysToRead(self.config).filter((key) => key.pk.startsWith('HEAD#'));
  const others = allRegions(self.config.regions).filter((region) => region !== self.region);
  const outcomes = await Promise.all(others.map((region) => within(ports.clock, remoteLimitMs, ports.replica(region).get(keys))));
  const answers = new Map(others.map((region, index) => [region, itemsOf(outcomes[index])]));
  const anyAnswer = [...answers.values()].some((items) => items !== undefined);
  return { answers, anchors: anyAnswer ? 'nobody-to-ask' : await askAnchors(world) };
}

const itemsOf = (outcome: Outcome<readonly Item[]> | undefined): readonly Item[] | undefined => (outcome?.kind === 'done' ? outcome.value : undefined);

async function askAnchors({ self, ports }: World): Promise<PeerEvidence['anchors']> {
  if (self.config.anchors.length === 0) return 'nobody-to-ask';
  const answers = await Promise.all(self.config.anchors.map((url) => within(ports.clock, remoteLimitMs, ports.anchors.answers(url, remoteLimitMs))));
  return answers.some((answer) => answer.kind === 'done' && answer.value) ? 'reached' : 'not-reached';
}

/** How overdue a region is by what one path shows; infinitely where that path shows nothing. */
function overdueOf(world: World, region: RegionId, slot: Slot | undefined): number {
  const arrivals = world.memory.arrivals.get(region);
  if (slot === undefined || arrivals === undefined) return Number.POSITIVE_INFINITY;
  return overdueMs(arrivals, { now: world.ports.clock.now(), cycleMs: world.self.config.beatIntervalMs, slot });
}

function evidenceOf(
  world: World,
  region: RegionId,
  { local, asked }: { readonly local: ReadonlyMap<RegionId, Slot> | undefined; readonly asked: Asked },
): PeerEvidence {
  const { self, memory, ports } = world;
  const stateOf = (slot: Slot | undefined): PathState => (overdueOf(world, region, slot) <= self.config.watch.tolerateMs ? 'fresh' : 'old');
  const answerOf = (from: RegionId): PathState => {
    if (!asked.answers.has(from)) return 'not-asked';
    const items = asked.answers.get(from);
    return items === undefined ? 'failed' : stateOf(newestHeads(items).get(region)?.slot);
  };
  const thirds = [...asked.answers.keys()].filter((from) => from !== region);
  const thirdStates = thirds.map(answerOf);
  const replica = local === undefined ? 'failed' : stateOf(local.get(region));
  const arrivals: Arrivals | undefined = memory.arrivals.get(region);
  return {
    replica,
    direct: region === self.region ? replica : answerOf(region),
    third: bestOf(thirdStates),
    overdueMs: arrivals === undefined ? undefined : overdueOf(world, region, arrivals.newest),
    others: thirds.length === 0 ? 'nobody-to-ask' : thirdStates.some((state) => state !== 'failed') ? 'reached' : 'not-reached',
    anchors: asked.anchors,
    watchedMs: ports.clock.now() - (memory.watchingSince ?? ports.clock.now()),
  };
}

function bestOf(states: readonly PathState[]): PathState {
  const order: readonly PathState[] = ['fresh', 'old', 'failed'];
  return order.find((state) => states.includes(state)) ?? 'not-asked';
}
