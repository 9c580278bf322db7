/** What a region believes the time to be. Waiting takes the same time everywhere; only the readings differ. */
import { instant, type RegionId } from '../../src/core/basics/brand';
import type { Clock, Machine } from '../../src/engine/ports';
import type { Environment } from './environment';
import type { Events } from './events';

export class Clocks {
  private readonly skews = new Map<RegionId, number>();
  private readonly events: Events;
  private sleptMs = 0;
  private asleepSince: number | undefined;

  private readonly stopsWhenFrozen: boolean;

  /** `stopsWhenFrozen`: the clock that nobody sets stands still while an environment is frozen, as it may. */
  constructor(events: Events, stopsWhenFrozen: boolean) {
    this.events = events;
    this.stopsWhenFrozen = stopsWhenFrozen;
  }

  /** Sets by how much the clock of a region is fast (negative: slow). */
  skew(region: RegionId, ms: number): void {
    this.skews.set(region, ms);
  }

  /** Steps the clock of a region, and back when the returned function is called. */
  change(region: RegionId, byMs: number): () => void {
    this.skew(region, (this.skews.get(region) ?? 0) + byMs);
    return () => this.skew(region, (this.skews.get(region) ?? 0) - byMs);
  }

  /** Every machine falls asleep, and wakes when the returned function is called. */
  sleep(): () => void {
    this.asleepSince = this.events.now;
    return () => {
      this.sleptMs += this.events.now - (this.asleepSince ?? this.events.now);
      this.asleepSince = undefined;
    };
  }

  readonly machine: Machine = { sleptMs: () => this.sleptMs };

  read(region: RegionId): number {
    return this.events.now + (this.skews.get(region) ?? 0);
  }

  clockOf(environment: Environment): Clock {
    return {
      now: () => instant(this.read(environment.region)),
      elapsedMs: () => this.events.now - this.sleptMs - (this.stopsWhenFrozen ? environment.frozenMs : 0),
      timer: (ms) => {
        let fire: () => void = () => undefined;
        const done = new Promise<void>((resolve) => {
          fire = resolve;
        });
        const planned = this.events.in(ms, () => environment.deliver(fire));
        return { done, cancel: () => planned.cancel() };
      },
    };
  }
}
