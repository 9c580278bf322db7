/**
 * The paths on which a peer may be seen: the local replica, a direct read, what other regions hold, and a poke. Nobody is
 * asked while all are punctual.
 */
import { type RegionId, type Slot, slotAt } from '../core/basics/brand';
import { hashHex } from '../core/basics/hash';
import { second } from '../core/basics/time';
import { allRegions } from '../core/config/config';
import { overdueMs, silentForMs } from '../core/freshness';
import { tolerantMs } from '../core/local-health';
import type { Item } from '../core/table';
import { freshMs, type PathState, type Patience, type PeerEvidence, type PokeState, type Reached, slackMs, type Work } from '../core/watch';
import { decodeWatch } from '../core/watch-record';
import { keysToRead, newestHeads } from './heads';
import { vigilCycleOf } from './pace';
import type { PokeAnswer } from './ports';
import { type Outcome, within } from './within';
import { pokeLimitMs, remoteLimitMs, type World } from './world';

/** What a replica answered: its items, or how it failed. */
export type Answer = readonly Item[] | 'failed' | 'refused';

export interface Asked {
  /** What each other region's replica answered. Empty when nobody had to be asked. */
  readonly answers: ReadonlyMap<RegionId, Answer>;
  readonly anchors: Reached;
  readonly pokes: ReadonlyMap<RegionId, PokeState>;
}

/** So long before a silence would have to be told a prober is poked for the first time. */
const pokeAheadMs = 10 * second;
/** What this observer tolerates of its peers; less patient is nobody, more patient is who fares badly itself. */
export const patienceOf = ({ self, memory }: World): Patience => ({
  cycleMs: self.config.beatIntervalMs,
  tolerateMs: tolerantMs(self.config.watch.tolerateMs, memory.localHealth),
});

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

/** Where little is tolerated a beat is called silent sooner than it is called late: nobody is accused who was not asked. */
const doubtfulFromMs = (world: World): number => Math.min(slackMs(world.self.config.beatIntervalMs), freshMs(patienceOf(world)));

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

/** Pokes every prober that will soon have to be called silent. A poke never makes a peer trusted: it tells how it is silent. */
async function pokeSilent(world: World): Promise<ReadonlyMap<RegionId, PokeState>> {
  const { self, memory } = world;
  const fromMs = Math.max(doubtfulFromMs(world), freshMs(patienceOf(world)) - pokeAheadMs);
  const silent = self.config.regions.probers.filter(
    (region) => memory.arrivals.has(region) && overdueOf(world, region, memory.arrivals.get(region)?.newest) > fromMs,
  );
  for (const region of memory.poked.keys()) if (!silent.includes(region)) memory.poked.delete(region);
  const states = await Promise.all(silent.map((region) => poke(world, region)));
  return new Map(silent.map((region, index) => [region, states[index] ?? 'not-asked']));
}

interface Poked {
  readonly found: PokeState;
  /** Which slot it had finished last, if it was at work on another one. */
  readonly finished: Slot | undefined;
}

/** One poke may meet a hiccup, or a round that was only just claimed: until the next one finds the same, what was known stands. */
async function poke(world: World, region: RegionId): Promise<PokeState> {
  const { poked } = world.memory;
  const before = poked.get(region);
  const { found, finished } = await pokeWell(world, region, before?.found);
  if (found === 'refused') return found;
  const isConvincing = found === 'finished' || found === 'store-refuses' || (before?.found === found && before.finished === finished);
  const known = isConvincing ? found : (before?.known ?? 'not-asked');
  poked.set(region, { found, finished, known });
  return known;
}

/** The first call of a fresh environment may be too slow for a table that is well: it is asked again at once. */
async function pokeWell(world: World, region: RegionId, before: PokeState | undefined): Promise<Poked> {
  const first = await pokeOnce(world, region, 'first');
  return first.found === 'store-refuses' && before !== 'store-refuses' ? pokeOnce(world, region, 'again') : first;
}

async function pokeOnce({ self, ports }: World, region: RegionId, time: 'first' | 'again'): Promise<Poked> {
  const nonce = hashHex(`${self.bootId} ${self.region} ${region} ${ports.clock.now()} ${time}`);
  const outcome = await within(ports.clock, pokeLimitMs, ports.pokes.poke(region, nonce));
  if (outcome.kind === 'failed') return { found: outcome.isRefused ? 'refused' : 'no-answer', finished: undefined };
  const { value } = outcome;
  const found = value.nonce === nonce && value.region === region ? stateOfAnswer(value) : 'no-answer';
  return { found, finished: found === 'unfinished' ? value.finished : undefined };
}

function stateOfAnswer({ store, claimed, finished }: PokeAnswer): PokeState {
  if (store === 'refuses') return 'store-refuses';
  return claimed === undefined || (finished !== undefined && claimed <= finished) ? 'finished' : 'unfinished';
}

async function askAnchors({ self, ports }: World): Promise<Reached> {
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

/** How overdue the next watch record of a region is, by the newest on any path unless told of one; not at all where none was ever seen. */
export function vigilOverdueOf({ memory, ports, self }: World, region: RegionId, slot?: Slot): number {
  const vigils = memory.vigils.get(region);
  return vigils === undefined ? Number.NEGATIVE_INFINITY : overdueMs(vigils, { now: ports.clock.now(), cycleMs: vigilCycleOf(self.config), slot });
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
    regionOverdueMs: regionOverdueOf(world, region),
    answersForMs: answersForMs(world, region),
    others: reachedOf(thirdStates),
    anchors: asked.anchors,
    hearsOthers: isThirdHeard(world, region, local),
    watchedMs: ports.clock.now() - (memory.watchingSince ?? ports.clock.now()),
    couldStore: memory.couldStore,
    work,
    isSkewed,
  };
}

/** Whether whoever shows this as the newest slot of a region shows that it is at work. */
export const isFresh = (world: World, region: RegionId, slot: Slot | undefined): boolean => overdueOf(world, region, slot) <= freshMs(patienceOf(world));

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
