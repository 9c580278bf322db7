/** A function that watches A, as the engine has it, and driven by the core: what it remembers, how it looks, and what it finds. */
import { type Instant, instant, slotAt } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { type Arrivals, observeArrival, overdueMs, silentForMs } from '../../src/core/freshness';
import { type LocalHealth, localHealthAfter, tolerantMs } from '../../src/core/local-health';
import { freshMs, type PathState, type Patience, type PeerEvidence, type PokeState, slackMs, type WatchState, watchPeer } from '../../src/core/watch';
import type { Episode, PokeOutcome } from './episode';

const tolerateMs = 60 * second;
const readMs = 200;
const readLimitMs = 1500;
const pokeMs = 300;
const pokeLimitMs = 3000;
const pokeAheadMs = 10 * second;
const punctualityMs = 15 * second;

export interface Look {
  readonly state: WatchState;
  readonly beganAt: number;
  /** When what it found could be said. */
  readonly endedAt: number;
  readonly overdueMs: number;
}

interface Asked {
  readonly endedAt: number;
  readonly direct: PathState;
  readonly third: PathState;
  readonly poke: PokeState;
  readonly others: PeerEvidence['others'];
}

export class Observer {
  arrivals: Arrivals | undefined;
  private vigils: Arrivals | undefined;
  private replicaMs = 0;
  private replicaVigilMs = 0;
  private unanswered = 0;
  private health: LocalHealth = 0;
  private lookedAt: number | undefined;
  private lookedBefore: Instant | undefined;
  private since: number | undefined;
  private readonly isLooping: boolean;

  readonly region: 'B' | 'W';
  readonly role: 'prober' | 'watchdog';
  private readonly episode: Episode;

  constructor(region: 'B' | 'W', role: 'prober' | 'watchdog', episode: Episode) {
    this.region = region;
    this.role = role;
    this.episode = episode;
    this.isLooping = episode.world.scale.cycleMs < minute;
  }

  /** One look, with what the other functions know, as far as they can be heard. */
  look(at: number, known: readonly Observer[]): Look {
    const heard = known.filter((one) => one !== this && (one.region === this.region || !this.episode.world.linkCB.isDown(at)));
    this.remember(at, heard);
    this.replicaMs = this.episode.newestBeat(this.region, at, Math.max(this.replicaMs, at - 10 * minute));
    this.replicaVigilMs = this.episode.newestVigil(this.region, at, Math.max(this.replicaVigilMs, at - 10 * minute));
    this.note(this.replicaMs, this.replicaVigilMs, at);
    for (const one of heard) this.note((one.arrivals?.newest ?? 0) * second, (one.vigils?.newest ?? 0) * second, at);
    const asked = this.ask(at);
    const found = watchPeer(this.evidenceOf(asked), this.patience());
    return { state: found.state, beganAt: at, endedAt: asked.endedAt, overdueMs: this.overdueAt(asked.endedAt) };
  }

  /** What the record of this region's watchdog, and its own last look, say of its own watching. */
  private remember(at: number, heard: readonly Observer[]): void {
    const sibling = heard.find((one) => one.region === this.region);
    const lastLookAt = Math.max(this.lookedAt ?? 0, sibling?.lookedAt ?? 0) || undefined;
    const breakMs = this.isLooping ? 20 * second : 150 * second;
    if (lastLookAt === undefined || at - lastLookAt >= breakMs) this.since = at;
    else if (sibling?.since !== undefined && sibling.since < (this.since ?? at)) this.since = sibling.since;
    const cycleMs = this.isLooping ? 5 * second : minute;
    const isPunctual = lastLookAt === undefined || at - lastLookAt <= cycleMs + punctualityMs;
    this.health = localHealthAfter(this.health, { isPunctual, isStored: true });
    if (sibling?.role === 'watchdog' && (sibling.arrivals?.newest ?? 0) > (this.arrivals?.newest ?? 0)) this.arrivals = sibling.arrivals;
    this.lookedBefore = lastLookAt === undefined ? undefined : instant(lastLookAt);
    this.lookedAt = at;
  }

  private note(beatMs: number, vigilMs: number, at: number): void {
    const { cycleMs } = this.episode.world.scale;
    const now = instant(at);
    const lookedAt = this.lookedBefore;
    if (beatMs > 0) this.arrivals = observeArrival(this.arrivals, slotAt(beatMs / second), { now, cycleMs, lookedAt });
    if (vigilMs > 0) this.vigils = observeArrival(this.vigils, slotAt(vigilMs / second), { now, cycleMs: this.vigilCycleMs, lookedAt });
  }

  private ask(at: number): Asked {
    const isPunctual = this.overdueAt(at, this.replicaMs) <= slackMs(this.episode.world.scale.cycleMs);
    if (isPunctual && this.vigilOverdueAt(at) <= tolerateMs / 2) {
      this.unanswered = 0;
      return { endedAt: at + readMs, direct: 'not-asked', third: 'not-asked', poke: 'not-asked', others: 'nobody-to-ask' };
    }
    const poked = this.poke(at);
    const isDirect = this.episode.isReached(this.region, at);
    const isThird = !this.episode.world.linkCB.isDown(at);
    const readsMs = isDirect && isThird ? readMs : readLimitMs;
    const endedAt = at + Math.max(readsMs, poked === undefined ? 0 : poked === 'no-answer' ? pokeLimitMs : pokeMs);
    const directMs = isDirect ? this.episode.newestBeat('A', at, this.replicaMs) : 0;
    const thirdMs = isThird ? this.episode.newestBeat(this.region === 'B' ? 'W' : 'B', at, this.replicaMs) : 0;
    this.note(Math.max(directMs, thirdMs), isDirect ? this.episode.newestVigil('A', at, this.replicaVigilMs) : 0, endedAt);
    const stateOf = (slotMs: number): PathState => this.pathAt(endedAt, slotMs);
    const hearsay = stateOf((this.arrivals?.newest ?? 0) * second);
    return {
      endedAt,
      direct: isDirect ? stateOf(directMs) : 'failed',
      third: hearsay === 'fresh' ? 'fresh' : isThird ? stateOf(thirdMs) : 'failed',
      poke: this.pokeState(poked),
      others: isThird ? 'reached' : 'not-reached',
    };
  }

  private poke(at: number): PokeOutcome | undefined {
    const fromMs = Math.max(slackMs(this.episode.world.scale.cycleMs), freshMs(this.patience()) - pokeAheadMs);
    return this.overdueAt(at) > fromMs ? this.episode.poked(this.region, at) : undefined;
  }

  private pokeState(poked: PokeOutcome | undefined): PokeState {
    this.unanswered = poked === 'no-answer' ? this.unanswered + 1 : 0;
    if (poked === undefined) return 'not-asked';
    if (poked === 'no-answer') return this.unanswered >= 2 ? 'no-answer' : 'not-asked';
    return poked;
  }

  private evidenceOf({ endedAt, direct, third, poke, others }: Asked): PeerEvidence {
    const overdue = this.overdueAt(endedAt);
    return {
      replica: this.pathAt(endedAt, this.replicaMs),
      direct,
      third,
      poke,
      overdueMs: overdue,
      regionOverdueMs: this.regionOverdueAt(endedAt),
      others,
      anchors: others === 'reached' ? 'nobody-to-ask' : 'reached',
      hearsOthers: false,
      watchedMs: endedAt - (this.since ?? endedAt),
      answersForMs: Number.POSITIVE_INFINITY,
      // Here who hangs does so from the round on that follows its newest beat.
      unfinishedForMs: overdue,
      sawItCome: true,
      couldStore: true,
      work: 'whole',
      isSkewed: false,
    };
  }

  private regionOverdueAt(at: number): number {
    const beats = this.arrivals === undefined ? [] : [{ arrivals: this.arrivals, cycleMs: this.episode.world.scale.cycleMs }];
    const records = this.vigils === undefined ? [] : [{ arrivals: this.vigils, cycleMs: this.vigilCycleMs }];
    return silentForMs([...beats, ...records], instant(at));
  }

  private pathAt(at: number, slotMs: number): PathState {
    return this.overdueAt(at, slotMs) <= freshMs(this.patience()) ? 'fresh' : 'old';
  }

  private overdueAt(at: number, slotMs?: number): number {
    if (this.arrivals === undefined || slotMs === 0) return Number.POSITIVE_INFINITY;
    const slot = slotMs === undefined ? undefined : slotAt(slotMs / second);
    return overdueMs(this.arrivals, { now: instant(at) as Instant, cycleMs: this.episode.world.scale.cycleMs, slot });
  }

  private vigilOverdueAt(at: number): number {
    return this.vigils === undefined ? Number.NEGATIVE_INFINITY : overdueMs(this.vigils, { now: instant(at), cycleMs: this.vigilCycleMs });
  }

  private get vigilCycleMs(): number {
    return this.isLooping ? 5 * second : minute;
  }

  private patience(): Patience {
    return { cycleMs: this.episode.world.scale.cycleMs, tolerateMs: tolerantMs(tolerateMs, this.health) };
  }
}
