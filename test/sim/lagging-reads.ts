/**
 * What reads show that need not be consistent: now and then what was there up to a second ago, even after a newer state was
 * shown. Consistent are those at home of what the region wrote there itself, as the adapter asks for them.
 */
import type { RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { isOwnPartition } from '../../src/core/table';
import type { Events } from './events';
import type { Random } from './random';
import { Store, type Version } from './store';

const laggingShare = 0.1;
const longestLagMs = second;

export class LaggingReads {
  private readonly events: Events;
  private readonly random: Random;
  private readonly behind: ReadonlyMap<RegionId, Store>;

  constructor({ events, random, regions }: { readonly events: Events; readonly random: Random; readonly regions: readonly RegionId[] }) {
    this.events = events;
    this.random = random;
    this.behind = new Map(regions.map((region) => [region, new Store()]));
  }

  /** A replica has this version from now on. */
  arrived(replica: RegionId, version: Version): void {
    this.events.quietlyIn(this.random.between(0, longestLagMs), () => this.behind.get(replica)?.apply(version));
  }

  /** Where a partition is read from this time. */
  storeFor({ caller, replica, partition }: { readonly caller: RegionId; readonly replica: RegionId; readonly partition: string }, newest: Store): Store {
    if (caller === replica && isOwnPartition(partition, caller)) return newest;
    return this.random.unit() < laggingShare ? (this.behind.get(replica) ?? newest) : newest;
  }
}
