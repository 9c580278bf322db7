/** Pokes: who is silent is asked what it does. */
import type { RegionId, Slot } from '../core/basics/brand';
import { hashHex } from '../core/basics/hash';
import { second } from '../core/basics/time';
import { freshMs, type PokeState } from '../core/watch';
import type { BegunRound, Poked } from './memory';
import { doubtfulFromMs, overdueOf, patienceOf } from './overdue';
import { longestInvocationMs } from './pace';
import type { PokeAnswer } from './ports';
import { within } from './within';
import { pokeLimitMs, type World } from './world';

/** So long before a silence would have to be told a prober is poked for the first time. */
const pokeAheadMs = 10 * second;

/** Pokes every prober that will soon have to be called silent. A poke never makes a peer trusted: it tells how it is silent. */
export async function pokeSilent(world: World): Promise<ReadonlyMap<RegionId, PokeState>> {
  const { self, memory } = world;
  const fromMs = Math.max(doubtfulFromMs(world), freshMs(patienceOf(world)) - pokeAheadMs);
  const silent = self.config.regions.probers.filter(
    (region) => memory.arrivals.has(region) && overdueOf(world, region, memory.arrivals.get(region)?.newest) > fromMs,
  );
  // An environment that was at rest when a silence ended hears of it by the beat that ended it: what it found before is of no later one.
  const isOver = (region: RegionId, { newest }: Poked): boolean => !silent.includes(region) || memory.arrivals.get(region)?.newest !== newest;
  for (const [region, known] of memory.poked) if (isOver(region, known)) memory.poked.delete(region);
  const states = await Promise.all(silent.map((region) => poke(world, region)));
  return new Map(silent.map((region, index) => [region, states[index] ?? 'not-asked']));
}

interface Found {
  readonly found: PokeState;
  readonly finished?: Slot | undefined;
  readonly claimed?: Slot | undefined;
  readonly claimedForMs?: number | undefined;
}

/** One poke may meet a hiccup, or a round that was only just claimed: until the next one finds the same, what was known stands. */
async function poke(world: World, region: RegionId): Promise<PokeState> {
  const { poked, arrivals } = world.memory;
  const before = poked.get(region);
  const newest = arrivals.get(region)?.newest;
  const answer = await pokeUnlessHiccup(world, region, before?.found);
  const { found, finished } = answer;
  if (found === 'refused') return found;
  const isSame = before?.found === found && before.finished === finished;
  // Something invokes it again: by how long a round takes it is not called hung yet, and stopped it is no more.
  const isInvoked = found === 'unfinished' && before?.found === 'finished';
  const isAtRest = found === 'finished' && !hasJustFinished(answer, newest);
  const isConvincing = isAtRest || found === 'store-refuses' || isSame || isInvoked;
  const known = isConvincing ? found : (before?.known ?? 'not-asked');
  poked.set(region, { found, finished, newest, begun: begunBy(world, answer, before), known });
  return known;
}

/** A round that was finished after the stores were read, and before the poke was answered: the next look sees its beat. */
const hasJustFinished = ({ finished }: Found, newest: Slot | undefined): boolean => finished !== undefined && newest !== undefined && finished > newest;

/** While it finishes nothing, each new invocation of a prober that hangs claims another round: it is the oldest that tells for how long. */
function begunBy({ ports }: World, { found, finished, claimed, claimedForMs }: Found, before: Poked | undefined): BegunRound | undefined {
  // One hiccup is no end; whoever does not answer again and again may be gone, and what it begins afterwards is another matter.
  if (found === 'no-answer') return before?.found === 'no-answer' ? undefined : before?.begun;
  if (found !== 'unfinished' || claimed === undefined) return undefined;
  if (before?.begun !== undefined && before.begun.after === finished) return before.begun;
  return { slot: claimed, after: finished, foundAt: ports.clock.now(), claimedForMs, isNew: before?.found === 'finished' };
}

/** How long the beat of the oldest round is overdue that a silent prober has begun; 0 where it was not found to have begun any. */
export function unfinishedForMs(world: World, region: RegionId): number {
  const { self, memory, ports } = world;
  const begun = memory.poked.get(region)?.begun;
  if (begun === undefined) return 0;
  const cycleMs = self.config.beatIntervalMs;
  const foundForMs = ports.clock.now() - begun.foundAt;
  // The first slot of a loop is one that was missed: it tells nothing of how long ago that was.
  if (begun.isNew) return foundForMs;
  // A round is claimed one interval before its turn at most, and by an event that came late after it.
  const bySlotMs = overdueOf(world, region, begun.slot) + cycleMs;
  // By a clock that was set back since, it was claimed in the future: that tells nothing either.
  const isClaimTold = begun.claimedForMs !== undefined && begun.claimedForMs >= 0;
  const byClaimMs = isClaimTold ? begun.claimedForMs + foundForMs : bySlotMs;
  // A slot that is further ahead was named by a clock that is fast, or was: it tells nothing of when that was.
  const byBothMs = bySlotMs < 0 ? byClaimMs : Math.min(bySlotMs, byClaimMs);
  return Math.max(byBothMs, foundForMs - cycleMs);
}

/** The first call of a fresh environment may be too slow for a table that is well: it is asked again at once. */
async function pokeUnlessHiccup(world: World, region: RegionId, before: PokeState | undefined): Promise<Found> {
  const first = await pokeOnce(world, region, 'first');
  return first.found === 'store-refuses' && before !== 'store-refuses' ? pokeOnce(world, region, 'again') : first;
}

async function pokeOnce(world: World, region: RegionId, time: 'first' | 'again'): Promise<Found> {
  const { self, ports } = world;
  const nonce = hashHex(`${self.bootId} ${self.region} ${region} ${ports.clock.now()} ${time}`);
  const outcome = await within(ports.clock, pokeLimitMs, ports.pokes.poke(region, nonce));
  if (outcome.kind === 'failed') return { found: outcome.isRefused ? 'refused' : 'no-answer' };
  const { value } = outcome;
  if (value.nonce !== nonce || value.region !== region) return { found: 'no-answer' };
  const claimed = value.claimed ?? (isGivenUp(world, region, value.givenUp) ? undefined : value.givenUp);
  const found = stateOfAnswer({ ...value, claimed });
  return found === 'unfinished' ? { found, finished: value.finished, claimed, claimedForMs: value.claimedForMs } : { found, finished: value.finished };
}

/**
 * Whether no invocation lasts so long, by the clock of whoever pokes, too: that of a prober which was set makes a claim older, or younger, than it is. By a
 * single beat nothing is measured: it may have been on its way for minutes, or have been there when the watch began.
 */
function isGivenUp(world: World, region: RegionId, claimed: Slot | undefined): boolean {
  const isMeasured = (world.memory.arrivals.get(region)?.lagsMs.length ?? 0) > 1;
  if (!isMeasured) return true;
  return overdueOf(world, region, claimed) + world.self.config.beatIntervalMs > longestInvocationMs;
}

function stateOfAnswer({ store, claimed, finished }: PokeAnswer): PokeState {
  if (store === 'refuses') return 'store-refuses';
  return claimed === undefined || (finished !== undefined && claimed <= finished) ? 'finished' : 'unfinished';
}
