/** Neutral addresses outside of all regions: whoever reaches one is not cut off from the world. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Anchors } from '../../src/engine/ports';
import type { Environment } from './environment';
import type { Events } from './events';

export class SimulatedAnchors {
  private readonly events: Events;
  private readonly offline = new Set<RegionId>();

  constructor(events: Events) {
    this.events = events;
  }

  /** Takes away the way from a region to everything neutral. */
  disconnect(region: RegionId): () => void {
    this.offline.add(region);
    return () => {
      this.offline.delete(region);
    };
  }

  isReachedFrom = (region: RegionId): boolean => !this.offline.has(region);

  anchorsFor(caller: Environment): Anchors {
    return {
      answers: (_url, timeoutMs) => {
        const answers = this.isReachedFrom(caller.region);
        return new Promise((resolve) => {
          this.events.in(answers ? Math.min(35, timeoutMs) : timeoutMs, () => caller.deliver(() => resolve(answers)));
        });
      },
    };
  }
}
