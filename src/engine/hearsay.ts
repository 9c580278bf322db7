/**
 * Everything that shows how far a region has got, whoever holds it: its head, what other regions' watchdogs and beats saw of it,
 * and what conclusions were drawn from. A slot that anybody saw finished is proof of work, and is known from then on.
 */
import type { Instant, RegionId, Slot } from '../core/basics/brand';
import type { Head } from '../core/beat';
import { type Arrivals, observeArrival, type Sighting } from '../core/freshness';
import type { Incident } from '../core/incident';
import { isOfWatchdog } from '../core/log';
import type { Item } from '../core/table';
import { decodeWatch, vigilSlot, type WatchRecord } from '../core/watch-record';
import { vigilCycleOf } from './pace';
import type { Local } from './paths';
import { fastByMs } from './punctuality';
import { incidentsOf } from './region-log';
import type { World } from './world';

export const watchRecordsIn = (items: readonly Item[]): readonly WatchRecord[] =>
  items.flatMap((item) => (item.pk.startsWith('WATCH#') ? (decodeWatch(item) ?? []) : []));

export function hear(world: World, heard: { readonly heads: ReadonlyMap<RegionId, Head>; readonly watchRecords: readonly WatchRecord[] }): void {
  for (const head of heard.heads.values()) {
    if (isHeard(world, head)) continue;
    noteBeat(world, head.region, head.slot, head.startedAt);
    noteBeats(world, head.seen);
  }
  for (const record of heard.watchRecords) {
    if (isHeard(world, record)) continue;
    noteVigil(world, record.region, vigilSlot(record));
    for (const { region, arrivals } of record.peers) if (arrivals !== undefined) noteBeat(world, region, arrivals.newest);
    for (const { region, vigils } of record.watchdogs) if (vigils !== undefined) noteVigil(world, region, vigils.newest);
  }
}

/** The newest slot of a region that a store shows. Its own that no replica took is another round's, where the clock was set back meanwhile. */
export function newestShown({ self, memory }: World, region: RegionId, local: Local): Slot | undefined {
  const isUnstored = region === self.region && memory.head !== undefined && !memory.couldStore;
  if (!isUnstored) return memory.arrivals.get(region)?.newest;
  return typeof local === 'string' ? undefined : local.get(region);
}

/** The same is found at many looks, and on many paths: all that it tells is known from the first time on. */
function isHeard({ memory }: World, told: Head | WatchRecord): boolean {
  if (memory.heard.has(told)) return true;
  memory.heard.add(told);
  return false;
}

/** Whoever concluded something about a prober has seen its beat: not knowing that would be to accuse it of an older silence. */
export function hearFromLogs(world: World): void {
  const { log } = world.memory;
  const incidents = incidentsOf(log);
  if (log.heardAll === incidents) return;
  log.heardAll = incidents;
  for (const incident of incidents) {
    if (log.heard.has(incident)) continue;
    log.heard.add(incident);
    if (!isOfProbers(incident)) continue;
    for (const transition of incident.transitions) for (const entry of transition.entries) noteBeats(world, entry.body.evidence);
  }
}

/** What is concluded about watchdogs and their switches rests on watch records, not on beats. */
const isOfProbers = ({ family, subject }: Incident): boolean => (family === 'watch' || family === 'coverage') && !isOfWatchdog(subject);

function noteBeats(world: World, slots: Readonly<Record<RegionId, Slot>>): void {
  for (const region of world.self.config.regions.probers) {
    const slot = slots[region];
    if (slot !== undefined) noteBeat(world, region, slot);
  }
}

/** `begunAt`: of its own round, by its own clock; unknown where others tell of it. */
function noteBeat(world: World, region: RegionId, slot: Slot, begunAt?: Instant): void {
  const { arrivals } = world.memory;
  const known = arrivals.get(region);
  if (!isNews(known, slot) && begunAt === undefined) return;
  arrivals.set(region, observeArrival(known, slot, { ...sighting(world, world.self.config.beatIntervalMs), begunAt }));
}

function noteVigil(world: World, region: RegionId, slot: Slot): void {
  const { vigils } = world.memory;
  const known = vigils.get(region);
  if (isNews(known, slot)) vigils.set(region, observeArrival(known, slot, sighting(world, vigilCycleOf(world.self.config))));
}

/** Most of what is heard is known already. */
const isNews = (known: Arrivals | undefined, slot: Slot): boolean => known === undefined || slot > known.newest;

function sighting({ memory, ports }: World, cycleMs: number): Sighting {
  const now = ports.clock.now();
  return { now, cycleMs, lookedAt: memory.lookedBefore, fastByMs: fastByMs(memory) };
}
