/**
 * The paths on which a peer may be seen: the local replica, a direct read, what other regions hold, and a poke. Nobody is
 * asked while all are punctual.
 */
import { type RegionId, type Slot, slotAt } from '../core/basics/brand';
import { allRegions } from '../core/config/config';
import { cameLateMs, silentForMs } from '../core/freshness';
import type { Item } from '../core/table';
import { freshMs, type PathState, type PeerEvidence, type PokeState, type Reached, slackMs, type Work } from '../core/watch';
import { decodeWatch } from '../core/watch-record';
import { keysToRead, newestHeads } from './heads';
import { doubtfulFromMs, isFresh, overdueOf, patienceOf, sawItCome, vigilOverdueOf } from './overdue';
import { vigilCycleOf } from './pace';
import { pokeSilent, unfinishedForMs } from './poking';
import { type Outcome, within } from './within';
import { remoteLimitMs, type World } from './world';

/** What a replica answered: its items, or how it failed. */
export type Answer = readonly Item[] | 'failed' | 'refused';

export interface Asked {
  /** What each other region's replica answered. Empty when nobody had to be asked. */
  readonly answers: ReadonlyMap<RegionId, Answer>;
  readonly anchors: Reached;
  readonly pokes: ReadonlyMap<RegionId, PokeState>;
}

/** Asks every other region's replica about all peers, but only when one of them is not punctual here. */
export async function askAround(world: World, near: Near): Promise<Asked> {
  const { self } = world;
  if (!isAnyDoubtful(world, near)) {
    world.memory.answering.clear();
    return { answers: new Map(), anchors: 'nobody-to-ask', pokes: new Map() };
  }
  const others = allRegions(self.config.regions).filter((region) => region !== self.region);
  const [answers, pokes] = await Promise.all([askReplicas(world, others), pokeSilent(world)]);
  noteAnswers(world, answers);
  const anyAnswer = [...answers.values()].some((answer) => answer !== 'failed');
  return { answers, anchors: anyAnswer ? 'nobody-to-ask' : await askAnchors(world), pokes };
}

/** What the nearest replica shows: of each prober the slot of its newest beat, of each watchdog that of its newest record. */
export interface Near {
  readonly beats: ReadonlyMap<RegionId, Slot>;
  readonly vigils: ReadonlyMap<RegionId, Slot>;
}

/** What does not come here is asked for as long as it does not, however new the last answer was: the way to that may be lost next. */
function isAnyDoubtful(world: World, { beats, vigils }: Near): boolean {
  const { config, region: me } = world.self;
  const isLate = config.regions.probers.some((region) => overdueOf(world, region, beats.get(region)) > doubtfulFromMs(world));
  const isUnwatched = allRegions(config.regions).some(
    (region) => region !== me && vigilOverdueOf(world, region, vigils.get(region)) > config.watch.tolerateMs / 2,
  );
  return isLate || isUnwatched;
}

async function askReplicas({ self, ports }: World, others: readonly RegionId[]): Promise<ReadonlyMap<RegionId, Answer>> {
  const keys = keysToRead(self.config);
  const outcomes = await Promise.all(others.map((region) => within(ports.clock, remoteLimitMs, ports.replica(region).get(keys))));
  return new Map(others.map((region, index) => [region, answerOf(outcomes[index])]));
}

function noteAnswers({ memory, ports }: World, answers: ReadonlyMap<RegionId, Answer>): void {
  for (const [region, answer] of answers) {
    if (answer === 'failed') memory.answering.delete(region);
    else if (!memory.answering.has(region)) memory.answering.set(region, ports.clock.now());
  }
}

function answerOf(outcome: Outcome<readonly Item[]> | undefined): Answer {
  if (outcome?.kind === 'done') return outcome.value;
  return outcome?.isRefused === true ? 'refused' : 'failed';
}

async function askAnchors({ self, ports }: World): Promise<Reached> {
  if (self.config.anchors.length === 0) return 'nobody-to-ask';
  const answers = await Promise.all(self.config.anchors.map((url) => within(ports.clock, remoteLimitMs, ports.anchors.answers(url, remoteLimitMs))));
  return answers.some((answer) => answer.kind === 'done' && answer.value) ? 'reached' : 'not-reached';
}

/** What this region's own replica showed: slots, or how it failed. */
export type Local = ReadonlyMap<RegionId, Slot> | 'failed' | 'refused';

export interface Observed {
  readonly local: Local;
  readonly asked: Asked;
  readonly work: Work;
  readonly isSkewed: boolean;
}

export function evidenceOf(world: World, region: RegionId, { local, asked, work, isSkewed }: Observed): PeerEvidence {
  const { self, memory, ports } = world;
  const stateOf = (slot: Slot | undefined): PathState => (isFresh(world, region, slot) ? 'fresh' : 'old');
  const pathOf = (from: RegionId): PathState => {
    const answer = asked.answers.get(from) ?? 'not-asked';
    return typeof answer === 'string' ? answer : stateOf(newestKnown(world, answer, { of: region, by: from }));
  };
  const thirds = [...asked.answers.keys()].filter((from) => from !== region);
  const thirdStates = thirds.map(pathOf);
  const replica = typeof local === 'string' ? local : stateOf(local.get(region));
  const arrivals = memory.arrivals.get(region);
  const overdue = arrivals === undefined ? undefined : overdueOf(world, region, arrivals.newest);
  const hearsay: readonly PathState[] = overdue !== undefined && overdue <= freshMs(patienceOf(world)) ? ['fresh'] : [];
  return {
    replica,
    direct: region === self.region ? replica : pathOf(region),
    third: bestOf([...thirdStates, ...hearsay]),
    poke: asked.pokes.get(region) ?? 'not-asked',
    overdueMs: overdue,
    cameLateMs: arrivals === undefined ? undefined : cameLateMs(arrivals),
    regionOverdueMs: regionOverdueOf(world, region),
    answersForMs: answersForMs(world, region),
    unfinishedForMs: unfinishedForMs(world, region),
    others: reachedOf(thirdStates),
    anchors: asked.anchors,
    hearsOthers: isThirdHeard(world, region, local),
    homeUnreadMs: memory.homeUnreadSince === undefined ? undefined : ports.clock.now() - memory.homeUnreadSince,
    watchedMs: ports.clock.now() - (memory.watchingSince ?? ports.clock.now()),
    sawItCome: sawItCome(world, region),
    couldStore: memory.couldStore,
    work,
    isSkewed,
  };
}

/** Of regions other than this one and its own: a beat in the own replica, or a record of a watchdog, which comes no other way while nobody answers. */
function isThirdHeard(world: World, region: RegionId, local: Local): boolean {
  const { self } = world;
  const thirds = allRegions(self.config.regions).filter((other) => other !== region && other !== self.region);
  const isBeating = (third: RegionId): boolean => typeof local !== 'string' && isFresh(world, third, local.get(third));
  const isWatching = (third: RegionId): boolean => world.memory.vigils.has(third) && vigilOverdueOf(world, third) <= slackMs(vigilCycleOf(self.config));
  return thirds.some((third) => isBeating(third) || isWatching(third));
}

/** How long a region as a whole shows no sign of life: no beat, and no record of its watchdog. */
function regionOverdueOf({ memory, ports, self }: World, region: RegionId): number | undefined {
  const arrivals = memory.arrivals.get(region);
  const vigils = memory.vigils.get(region);
  if (arrivals === undefined) return undefined;
  const beats = { arrivals, cycleMs: self.config.beatIntervalMs };
  return silentForMs(vigils === undefined ? [beats] : [beats, { arrivals: vigils, cycleMs: vigilCycleOf(self.config) }], ports.clock.now());
}

/** A region's own replica is no news to it. */
function answersForMs({ self, memory, ports }: World, region: RegionId): number {
  const since = memory.answering.get(region);
  if (region === self.region) return Number.POSITIVE_INFINITY;
  return since === undefined ? 0 : ports.clock.now() - since;
}

export function reachedOf(states: readonly PathState[]): Reached {
  if (states.length === 0) return 'nobody-to-ask';
  return states.some((state) => state !== 'failed') ? 'reached' : 'not-reached';
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
  const order: readonly PathState[] = ['fresh', 'old', 'failed', 'refused'];
  return order.find((state) => states.includes(state)) ?? 'not-asked';
}
