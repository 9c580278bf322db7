/** How overdue a peer is, and from when on that is more than a delay. */
import type { RegionId, Slot } from '../core/basics/brand';
import { overdueMs } from '../core/freshness';
import { tolerantMs } from '../core/local-health';
import { freshMs, type Patience, slackMs } from '../core/watch';
import { vigilCycleOf } from './pace';
import type { World } from './world';

/** What this observer tolerates of its peers; less patient is nobody, more patient is who fares badly itself. */
export const patienceOf = ({ self, memory }: World): Patience => ({
  cycleMs: self.config.beatIntervalMs,
  tolerateMs: tolerantMs(self.config.watch.tolerateMs, memory.localHealth),
});

/** Where little is tolerated a beat is called silent sooner than it is called late: nobody is accused who was not asked. */
export const doubtfulFromMs = (world: World): number => Math.min(slackMs(world.self.config.beatIntervalMs), freshMs(patienceOf(world)));

/** How overdue a region is by what one path shows; infinitely where that path shows nothing. */
export function overdueOf(world: World, region: RegionId, slot: Slot | undefined): number {
  const arrivals = world.memory.arrivals.get(region);
  if (slot === undefined || arrivals === undefined) return Number.POSITIVE_INFINITY;
  return overdueMs(arrivals, { now: world.ports.clock.now(), cycleMs: world.self.config.beatIntervalMs, slot });
}

/** How overdue the next watch record of a region is, by the newest on any path unless told of one; not at all where none was ever seen. */
export function vigilOverdueOf({ memory, ports, self }: World, region: RegionId, slot?: Slot): number {
  const vigils = memory.vigils.get(region);
  return vigils === undefined ? Number.NEGATIVE_INFINITY : overdueMs(vigils, { now: ports.clock.now(), cycleMs: vigilCycleOf(self.config), slot });
}

/** Whether whoever shows this as the newest slot of a region shows that it is at work. */
export const isFresh = (world: World, region: RegionId, slot: Slot | undefined): boolean => overdueOf(world, region, slot) <= freshMs(patienceOf(world));

/** Whoever begins its watch, or whose clock was set, takes the newest beat for fresh, whatever its age: only one that it saw come says what is done now. */
export function sawItCome({ memory }: World, region: RegionId): boolean {
  const { arrivals, watchingSince } = memory;
  const seen = arrivals.get(region);
  return seen !== undefined && seen.isAgeUnknown !== true && watchingSince !== undefined && seen.firstSeenAt > watchingSince;
}
