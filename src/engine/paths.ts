/** The paths on which a peer may be seen: the local replica, a direct read, and what other regions hold. Nobody is asked while all are punctual. */
import { type RegionId, type Slot, slotAt } from '../core/basics/brand';
import { allRegions } from '../core/config/config';
import { overdueMs } from '../core/freshness';
import type { Item } from '../core/table';
import { type PathState, type PeerEvidence, slackMs } from '../core/watch';
import { decodeWatch } from '../core/watch-record';
import { keysToRead, newestHeads } from './heads';
import { type Outcome, within } from './within';
import { remoteLimitMs, type World } from './world';

export interface Asked {
  /** What each other region's replica answered; undefined where it did not. Empty when nobody had to be asked. */
  readonly answers: ReadonlyMap<RegionId, readonly Item[] | undefined>;
  readonly anchors: PeerEvidence['anchors'];
}

/** Asks every other region's replica about all peers, but only when one of them is not punctual here. */
export async function askAround(world: World, localSlots: ReadonlyMap<RegionId, Slot>): Promise<Asked> {
  const { self, ports } = world;
  const isDoubtful = self.config.regions.probers.some((region) => overdueOf(world, region, localSlots.get(region)) > slackMs(self.config.beatIntervalMs));
  if (!isDoubtful) return { answers: new Map(), anchors: 'nobody-to-ask' };
  const keys = keysToRead(self.config);
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

export function evidenceOf(
  world: World,
  region: RegionId,
  { local, asked }: { readonly local: ReadonlyMap<RegionId, Slot> | undefined; readonly asked: Asked },
): PeerEvidence {
  const { self, memory, ports } = world;
  const stateOf = (slot: Slot | undefined): PathState => (overdueOf(world, region, slot) <= self.config.watch.tolerateMs ? 'fresh' : 'old');
  const answerOf = (from: RegionId): PathState => {
    if (!asked.answers.has(from)) return 'not-asked';
    const items = asked.answers.get(from);
    return items === undefined ? 'failed' : stateOf(newestKnown(world, items, { of: region, by: from }));
  };
  const thirds = [...asked.answers.keys()].filter((from) => from !== region);
  const thirdStates = thirds.map(answerOf);
  const replica = local === undefined ? 'failed' : stateOf(local.get(region));
  const arrivals = memory.arrivals.get(region);
  const hearsay: readonly PathState[] = stateOf(arrivals?.newest) === 'fresh' ? ['fresh'] : [];
  return {
    replica,
    direct: region === self.region ? replica : answerOf(region),
    third: bestOf([...thirdStates, ...hearsay]),
    overdueMs: arrivals === undefined ? undefined : overdueOf(world, region, arrivals.newest),
    others: thirds.length === 0 ? 'nobody-to-ask' : thirdStates.some((state) => state !== 'failed') ? 'reached' : 'not-reached',
    anchors: asked.anchors,
    watchedMs: ports.clock.now() - (memory.watchingSince ?? ports.clock.now()),
  };
}

/** What a region's replica shows of another: that one's head, or what its own watchdog has seen on paths of its own. */
function newestKnown(
  { memory }: Pick<World, 'memory'>,
  items: readonly Item[],
  { of, by }: { readonly of: RegionId; readonly by: RegionId },
): Slot | undefined {
  const records = items.flatMap((item) => (item.pk.startsWith('WATCH#') ? (decodeWatch(item) ?? []) : []));
  const seen = records.filter((record) => record.region === by).flatMap((record) => record.peers.find((peer) => peer.region === of)?.arrivals?.newest ?? []);
  const head = newestHeads(memory, items).get(of);
  const slots = head === undefined ? seen : [...seen, head.slot];
  return slots.length === 0 ? undefined : slotAt(Math.max(...slots));
}

function bestOf(states: readonly PathState[]): PathState {
  const order: readonly PathState[] = ['fresh', 'old', 'failed'];
  return order.find((state) => states.includes(state)) ?? 'not-asked';
}
