/** When this region sees the beat or the record that tells of an incident: by its own clock, and not by the slot, which may be named ahead of it. */
import { type Instant, instant, type RegionId, type Slot } from '../core/basics/brand';
import { second } from '../core/basics/time';
import { expectedAt } from '../core/freshness';
import type { Incident } from '../core/incident';
import { restsOnRecords } from '../core/log';
import { newestRecordOf, type WatchRecord } from '../core/watch-record';
import type { World } from './world';

interface Sign {
  readonly region: RegionId;
  readonly slot: Slot;
  readonly incident: Incident;
  /** What this look saw. */
  readonly watchRecords?: readonly WatchRecord[] | undefined;
}

/** Its own is dated when it was begun. Undefined where it saw none of that region. */
export function signSeenAt(world: World, sign: Sign): Instant | undefined {
  const { self, memory } = world;
  if (sign.region === self.region) return begunAt(world, sign);
  const arrivals = (restsOnRecords(sign.incident) ? memory.vigils : memory.arrivals).get(sign.region);
  return arrivals === undefined ? undefined : expectedAt(arrivals, 0, sign.slot);
}

/** Slots are named ahead once the clock was set back, and those before it by no more than the newest: this one was not begun before that time. */
function begunAt({ self, memory }: World, { slot, incident, watchRecords = [] }: Sign): Instant {
  const record = newestRecordOf(self.region, watchRecords);
  const head = memory.heads.get(self.region);
  const aheadMs = restsOnRecords(incident) ? record && record.seq - record.at : head && head.slot * second - head.startedAt;
  return instant(slot * second - Math.max(0, aheadMs ?? 0));
}
