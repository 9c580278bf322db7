/** Dead-man services outside of all regions, one per region: each pages when it was told once, and then not for a period and a grace. */
import type { RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { OutsideSwitch } from '../../src/core/config/config';
import type { Outside, Pinged } from '../../src/engine/ports';
import type { Environment } from './environment';
import type { Events, Planned } from './events';

export const outsidePeriodMs = 2 * minute;
export const outsideGraceMs = 3 * minute;

/** `hangs`: it never answers; `refuses`: it answers with an error. */
export type OutsideTrouble = 'hangs' | 'refuses';

/** Half of a round trip to somewhere else. */
const halfWayMs = 40;
/** An answer that does not come within this time comes after every deadline. */
const neverMs = 30 * second;

export class OutsideSwitches {
  onPage: (region: RegionId) => void = () => undefined;
  onPing: (region: RegionId) => void = () => undefined;
  /** Whether a request of a region gets there at all. */
  isReachedFrom: (region: RegionId) => boolean = () => true;
  private readonly events: Events;
  private readonly regionsByUrl: ReadonlyMap<string, RegionId>;
  private readonly waits = new Map<RegionId, Planned>();
  private readonly troubles = new Map<RegionId, OutsideTrouble>();

  constructor(events: Events, switches: readonly OutsideSwitch[]) {
    this.events = events;
    this.regionsByUrl = new Map(switches.map(({ region, pingUrl }) => [pingUrl, region]));
  }

  /** The switch of a region takes no pings until the returned function is called. */
  fail(region: RegionId, how: OutsideTrouble): () => void {
    this.troubles.set(region, how);
    return () => {
      this.troubles.delete(region);
    };
  }

  outsideFor(caller: Environment): Outside {
    return {
      ping: (url, timeoutMs) =>
        new Promise((resolve) => {
          this.events.quietlyIn(halfWayMs, () => {
            const answer = this.take(url, caller.region);
            const afterMs = answer === undefined ? Math.min(timeoutMs, neverMs) : halfWayMs;
            this.events.in(afterMs, () => caller.deliver(() => resolve(answer ?? { kind: 'failed', reason: 'first-byte-timeout: no response began' })));
          });
        }),
    };
  }

  private take(url: string, from: RegionId): Pinged | undefined {
    const region = this.regionsByUrl.get(url);
    const trouble = region === undefined ? 'refuses' : this.troubles.get(region);
    if (trouble === 'hangs' || !this.isReachedFrom(from)) return undefined;
    if (region === undefined || trouble === 'refuses') return { kind: 'failed', reason: 'status: status 404, wanted 2xx' };
    this.hear(region);
    return { kind: 'taken' };
  }

  /** The first time it begins to expect the next one. */
  private hear(region: RegionId): void {
    this.waits.get(region)?.cancel();
    this.waits.set(
      region,
      this.events.quietlyIn(outsidePeriodMs + outsideGraceMs, () => this.onPage(region)),
    );
    this.onPing(region);
  }
}
