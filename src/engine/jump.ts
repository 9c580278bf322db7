/** How far on the probers are: whether the newest of all has jumped ahead since the look before, and whether all that speak have passed a time. */
import type { RegionId, Slot } from '../core/basics/brand';
import type { Arrivals } from '../core/freshness';
import type { Work } from '../core/gap';
import type { EvidenceSlots } from '../core/log';
import { slotBegins } from '../core/slots';
import type { WatchState } from '../core/watch';
import { newestRecordOf } from '../core/watch-record';
import type { Picture } from './gather';
import type { World } from './world';

export interface Jump {
  /** The newest slot of each prober that was known before. */
  readonly before: EvidenceSlots;
  readonly from: Work;
  readonly to: Work;
}

/** Seen against the record of this region's look before. */
export function jumpOf(world: World, { watchRecords }: Picture): Jump | undefined {
  const { self } = world;
  const { config } = self;
  const own = newestRecordOf(self.region, watchRecords);
  const arrivedBefore = new Map((own?.peers ?? []).flatMap(({ region, arrivals }) => (arrivals === undefined ? [] : [[region, arrivals]])));
  const [from, to] = [newestWork(world, arrivedBefore), newestWork(world, world.memory.arrivals)];
  if (from === undefined || to === undefined || to.begunAt - from.begunAt <= config.beatIntervalMs + config.watch.tolerateMs) return undefined;
  return { from, to, before: Object.fromEntries([...arrivedBefore].map(([region, { newest }]) => [region, newest])) };
}

/**
 * The newest round of all probers, whoever of them is missing: time that was jumped over is looked into at once, since by the next look it is
 * the past of the newest. A beat from a time to come shows a clock that is wrong: its round was begun when it was seen first, at the latest.
 */
function newestWork(world: World, arrived: ReadonlyMap<RegionId, Arrivals>): Work | undefined {
  const { regions, beatIntervalMs } = world.self.config;
  const work = regions.probers.flatMap((region) => {
    const arrivals = arrived.get(region);
    if (arrivals === undefined) return [];
    const one = workOf(world, region, arrivals.newest);
    return one.begunAt > arrivals.firstSeenAt + beatIntervalMs ? { ...one, begunAt: arrivals.firstSeenAt } : one;
  });
  return work.sort((one, other) => other.begunAt - one.begunAt)[0];
}

const silences: readonly (WatchState | undefined)[] = ['silent', 'hung', 'stopped', 'store-down'];
const isSilent = (state: WatchState | undefined): boolean => silences.includes(state);

/** Of all that are not silent, the one that is least far on: to whose clock is fast, all that others are going to do seems missing. */
export function leastFar(world: World): Work | undefined {
  const { arrivals, watches } = world.memory;
  const speaking = [...arrivals].filter(([region]) => !isSilent(watches.get(region)?.state));
  return speaking.map(([region, { newest }]) => workOf(world, region, newest)).sort((one, other) => one.begunAt - other.begunAt)[0];
}

export const workOf = ({ self }: World, region: RegionId, slot: Slot): Work => ({ region, slot, begunAt: slotBegins(self.config, region, slot) });
