/** An independent dead-man service outside of all regions: it pages when a prober has not been heard of for a period and a grace. */
import type { RegionId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import type { Events, Planned } from './events';

export const outsidePeriodMs = 2 * minute;
export const outsideGraceMs = 3 * minute;

export class OutsideSwitch {
  onPage: (region: RegionId) => void = () => undefined;
  private readonly events: Events;
  private readonly waits = new Map<RegionId, Planned>();

  constructor(events: Events) {
    this.events = events;
  }

  /** Hears of a prober; the first time it begins to expect it. */
  hear(region: RegionId): void {
    this.waits.get(region)?.cancel();
    this.waits.set(
      region,
      this.events.quietlyIn(outsidePeriodMs + outsideGraceMs, () => this.onPage(region)),
    );
  }
}
