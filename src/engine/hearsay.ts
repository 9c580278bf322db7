/**
 * Everything that shows how far a region has got, whoever holds it: its head, what other regions' watchdogs and beats saw of it,
 * and what conclusions were drawn from. A slot that anybody saw finished is proof of work, and is known from then on.
 */
import type { RegionId, Slot } from '../core/basics/brand';
import type { Head } from '../core/beat';
import { observeArrival } from '../core/freshness';
import type { Item } from '../core/table';
import { decodeWatch, type WatchRecord } from '../core/watch-record';
import { incidentsOf } from './region-log';
import type { World } from './world';

export const watchRecordsIn = (items: readonly Item[]): readonly WatchRecord[] =>
  items.flatMap((item) => (item.pk.startsWith('WATCH#') ? (decodeWatch(item) ?? []) : []));

export function hear(world: World, heard: { readonly heads: ReadonlyMap<RegionId, Head>; readonly watchRecords: readonly WatchRecord[] }): void {
  for (const head of heard.heads.values()) {
    note(world, head.region, head.slot);
    noteAll(world, head.seen);
  }
  for (const record of heard.watchRecords) for (const { region, arrivals } of record.peers) if (arrivals !== undefined) note(world, region, arrivals.newest);
}

/** Whoever concluded something about a prober has seen its beat: not knowing that would be to accuse it of an older silence. */
export function hearFromLogs(world: World): void {
  for (const incident of incidentsOf(world.memory.log)) {
    if (incident.family !== 'watch') continue;
    for (const transition of incident.transitions) for (const entry of transition.entries) noteAll(world, entry.body.evidence);
  }
}

function noteAll(world: World, slots: Readonly<Record<RegionId, Slot>>): void {
  for (const region of world.self.config.regions.probers) {
    const slot = slots[region];
    if (slot !== undefined) note(world, region, slot);
  }
}

function note({ memory, self, ports }: World, region: RegionId, slot: Slot): void {
  const seen = { now: ports.clock.now(), cycleMs: self.config.beatIntervalMs };
  memory.arrivals.set(region, observeArrival(memory.arrivals.get(region), slot, seen));
}
