/** One stretch of the world, with a crash in it or without: what of A can be seen, from where, and when. */
import type { Sign, World } from './world';

export type CrashKind = 'prober' | 'region' | 'hung' | 'stopped';

export interface Crash {
  readonly kind: CrashKind;
  readonly at: number;
}

export type Place = 'A' | 'B' | 'W';
export type PokeOutcome = 'finished' | 'unfinished' | 'no-answer';

export class Episode {
  private readonly beats = new Map<number, Sign>();
  private readonly vigils = new Map<number, Sign>();

  readonly world: World;
  readonly crash: Crash | undefined;

  constructor(world: World, crash: Crash | undefined) {
    this.world = world;
    this.crash = crash;
  }

  /** The slot of the newest beat that a replica shows, in milliseconds; never older than what was seen there before. */
  newestBeat(place: Place, at: number, before: number): number {
    const { cycleMs } = this.world.scale;
    for (let index = Math.floor(at / cycleMs); index * cycleMs > before; index -= 1) {
      if (this.seenAt(this.beatOf(index), place, this.isProberGone) <= at) return index * cycleMs;
    }
    return before;
  }

  /** The same of the newest watch record of A. */
  newestVigil(place: Place, at: number, before: number): number {
    const cycleMs = this.world.scale.cycleMs < 60_000 ? 5000 : 60_000;
    for (let index = Math.floor(at / cycleMs); index * cycleMs > before - 2 * cycleMs; index -= 1) {
      const sign = this.vigilOf(index);
      if (sign.slotMs > before && this.seenAt(sign, place, this.isRegionGone) <= at) return sign.slotMs;
    }
    return before;
  }

  /** Whether a call from B or W to A is answered. */
  isReached(from: 'B' | 'W', at: number): boolean {
    return !this.isRegionGone(at) && !(from === 'B' ? this.world.linkAB : this.world.linkAC).isDown(at);
  }

  poked(from: 'B' | 'W', at: number): PokeOutcome {
    if (!this.isReached(from, at)) return 'no-answer';
    if (this.crash === undefined || at < this.crash.at) return 'finished';
    if (this.crash.kind === 'prober') return 'no-answer';
    return this.crash.kind === 'hung' ? 'unfinished' : 'finished';
  }

  private seenAt(sign: Sign, place: Place, isGone: (at: number) => boolean): number {
    if (isGone(sign.writtenAt)) return Number.POSITIVE_INFINITY;
    const seenAt = place === 'A' ? sign.writtenAt : place === 'B' ? sign.atB : sign.atW;
    return place !== 'A' && this.isRegionGone(seenAt) ? Number.POSITIVE_INFINITY : seenAt;
  }

  private readonly isProberGone = (at: number): boolean => this.crash !== undefined && at >= this.crash.at;
  private readonly isRegionGone = (at: number): boolean => this.crash?.kind === 'region' && at >= this.crash.at;

  private beatOf(index: number): Sign {
    return remembered(this.beats, index, () => this.world.beat(index));
  }

  private vigilOf(index: number): Sign {
    return remembered(this.vigils, index, () => this.world.vigil(index));
  }
}

function remembered(known: Map<number, Sign>, index: number, draw: () => Sign): Sign {
  const found = known.get(index) ?? draw();
  known.set(index, found);
  return found;
}
