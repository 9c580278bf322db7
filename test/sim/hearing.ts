/** Who has any way at all to know what was written, and from when: by asking where it lies, by what is replicated, or through a third region. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Item } from '../../src/core/table';
import type { Network } from './network';

export interface Ears {
  readonly network: Pick<Network, 'canCall' | 'canReplicate'>;
  readonly regions: readonly RegionId[];
  /** Whether anything can be read in the store of a region. */
  readonly isReadable: (region: RegionId) => boolean;
  /** Whether most reads there are answered: else whoever is in doubt may ask in vain each time. */
  readonly answersWhoAsks: (region: RegionId) => boolean;
  /** Whether the watchdog of a region has said what it sees since then: nobody looks through the eyes of a dead one. */
  readonly hasLookedSince: (region: RegionId, at: number) => boolean;
}

/** When each region could know of it first, the writer's own too where it was stored elsewhere; whoever never could is missing. */
export type HeardAt = Map<RegionId, number>;

interface Written {
  readonly writer: RegionId;
  /** The region whose replica took it: its writer's own as long as that accepts. */
  readonly place: RegionId;
  readonly item: Item;
}

/** So often it is looked whether somebody can still ask, until everybody has looked around. */
const looks = 4;

interface Asked {
  readonly replica: RegionId;
  readonly followed: Followed;
  readonly since: number;
  readonly looksLeft: number;
}

interface Followed {
  readonly writer: RegionId;
  readonly heardAt: HeardAt;
  /** Who can read it at home. */
  readonly holders: Set<RegionId>;
  /** Who can know of it only by asking. */
  readonly askers: Set<RegionId>;
}

/** Time, as the history counts it. */
interface Time {
  readonly now: () => number;
  readonly quietlyIn: (ms: number, run: () => void) => void;
}

export class Hearing {
  private readonly ears: Ears;
  private readonly time: Time;
  /** After this time every watchdog has looked around. */
  private readonly lookMs: number;
  private readonly followed = new WeakMap<Item, Followed>();

  constructor(ears: Ears, time: Time, lookMs: number) {
    this.ears = ears;
    this.time = time;
    this.lookMs = lookMs;
  }

  /** Notes in `heardAt` whoever comes to know of it. */
  follow({ writer, place, item }: Written, heardAt: HeardAt): void {
    const followed = { writer, heardAt, holders: new Set<RegionId>(), askers: new Set<RegionId>() };
    this.followed.set(item, followed);
    if (place === writer) note(followed, writer, this.time.now());
    this.arrived(place, item);
    this.time.quietlyIn(this.lookMs, () => this.lookThroughEyes(followed, place, (third) => !followed.askers.has(third)));
    this.time.quietlyIn(2 * this.lookMs, () => this.lookThroughEyes(followed, place, () => true));
  }

  /** A replica has it from now on. */
  arrived(replica: RegionId, item: Item): void {
    const followed = this.followed.get(item);
    if (followed === undefined) return;
    const now = this.time.now();
    if (this.ears.isReadable(replica)) {
      note(followed, replica, now);
      followed.holders.add(replica);
      followed.askers.delete(replica);
    }
    const asked = { replica, followed, since: now, looksLeft: looks };
    this.goOnAsking(this.askersOf(asked), asked);
  }

  /** Others are asked only when there is a doubt: whoever cannot ask all the time until it has looked again may never have asked. */
  private goOnAsking(asking: readonly RegionId[], asked: Asked): void {
    if (asking.length === 0) return;
    if (asked.looksLeft === 0) {
      for (const listener of asking) {
        note(asked.followed, listener, asked.since);
        asked.followed.askers.add(listener);
      }
      return;
    }
    this.time.quietlyIn(this.lookMs / looks, () => {
      const still = this.askersOf(asked).filter((listener) => asking.includes(listener));
      this.goOnAsking(still, { ...asked, looksLeft: asked.looksLeft - 1 });
    });
  }

  /** Who can ask for it there: whoever has it at home does not, nor who has heard of it sooner. */
  private askersOf({ replica, followed: { heardAt, holders }, since }: Asked): readonly RegionId[] {
    const hasHeard = (other: RegionId): boolean => holders.has(other) || (heardAt.get(other) ?? Number.POSITIVE_INFINITY) <= since;
    return this.ears.regions.filter((other) => other !== replica && !hasHeard(other) && this.canAsk(other, replica));
  }

  /** What the watchdog of a third region says of it, once that has looked around since it came to know of it. Whoever must ask does so only when it is in doubt. */
  private lookThroughEyes(followed: Followed, place: RegionId, mayKnow: (third: RegionId) => boolean): void {
    const { regions, hasLookedSince } = this.ears;
    const isThird = (region: RegionId): boolean => region !== place && region !== followed.writer;
    const eyes = [...followed.heardAt].filter(([third, at]) => isThird(third) && mayKnow(third) && hasLookedSince(third, at)).map(([third]) => third);
    for (const listener of regions) if (eyes.some((third) => third !== listener && this.hears(listener, third))) note(followed, listener, this.time.now());
  }

  private hears(listener: RegionId, place: RegionId): boolean {
    const { network, isReadable } = this.ears;
    return this.canAsk(listener, place) || (network.canReplicate({ from: place, to: listener }) && isReadable(listener));
  }

  private canAsk(asker: RegionId, place: RegionId): boolean {
    return this.ears.network.canCall({ from: asker, to: place }) && this.ears.answersWhoAsks(place);
  }
}

function note({ heardAt }: Followed, listener: RegionId, at: number): void {
  heardAt.set(listener, Math.min(at, heardAt.get(listener) ?? at));
}
