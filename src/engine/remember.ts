/** What an environment has to be told of its own region's watching before it looks: it may be cold, or have slept while another one ran. */
import type { Instant } from '../core/basics/brand';
import { second } from '../core/basics/time';
import type { Config } from '../core/config/config';
import type { WatchRecord } from '../core/watch-record';
import type { Memory } from './memory';
import type { World } from './world';

/** Takes over from this region's newest watch record how punctual each peer was, and since when somebody here watches. */
export function remember({ self, memory }: World, { watchRecords, now }: { readonly watchRecords: readonly WatchRecord[]; readonly now: Instant }): void {
  const own = watchRecords.filter((record) => record.region === self.region).sort((one, other) => other.at - one.at)[0];
  const breakMs = breakOf(self.config);
  const goesOn = memory.evaluatedAt !== undefined && now - memory.evaluatedAt < breakMs;
  const isRecordNewer = own !== undefined && (memory.evaluatedAt === undefined || own.at > memory.evaluatedAt);
  if (!goesOn) {
    const watchedBefore = own !== undefined && now - own.at < breakMs;
    memory.watchingSince = watchedBefore ? own.watchingSince : now;
    if (!watchedBefore) memory.watches.clear();
  }
  memory.evaluatedAt = now;
  if (isRecordNewer) takeOver(memory, own);
}

function takeOver(memory: Memory, own: WatchRecord): void {
  for (const { region, arrivals, state, since } of own.peers) {
    if (arrivals !== undefined && arrivals.newest > (memory.arrivals.get(region)?.newest ?? 0)) memory.arrivals.set(region, arrivals);
    if (memory.watchingSince !== undefined && since >= memory.watchingSince) memory.watches.set(region, { state, since });
  }
}

/** After a pause this long between two looks, one's own blind time is no evidence: the window starts again. */
const breakOf = (config: Config): number => (config.beatIntervalMs < 60 * second ? 20 * second : 150 * second);
