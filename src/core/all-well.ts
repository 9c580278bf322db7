/** Most of the time most is well everywhere: that is seen at a glance, and only the rest has to be judged one by one. */
import { type MonitorId, type Slot, slotAt } from './basics/brand';
import { second } from './basics/time';
import type { Head } from './beat';
import type { Config } from './config/config';
import { lagMsOf } from './freshness';
import type { Sample } from './health';
import { type Chorus, staleAfterMs } from './voices';

/**
 * Monitors of which some region has no fresh, steady and good sample. Each of the others is up, by the pool, and not flaky
 * unless it was told to be.
 */
export function doubtfulIn({ config, now, singers }: Chorus): ReadonlySet<MonitorId> {
  const doubtful = new Set<MonitorId>();
  for (const { head, samples, arrivals } of singers) {
    if (head === undefined || arrivals === undefined) return allOf(config);
    const { doubted, goodUntil, oldest } = glanceAt(head, { config, samples });
    if (now > goodUntil + lagMsOf(oldest, arrivals)) return allOf(config);
    for (const id of doubted) doubtful.add(id);
  }
  return doubtful;
}

const allOf = (config: Config): ReadonlySet<MonitorId> => new Set(config.monitors.map(({ id }) => id));

interface Glance {
  readonly config: Config;
  /** Whatever time it is. */
  readonly doubted: readonly MonitorId[];
  /** Until when all others are good, before the usual lag of the region is added. */
  readonly goodUntil: number;
  /** The oldest slot of theirs. */
  readonly oldest: Slot;
}
const known = new WeakMap<Head, Glance>();

/** What a head alone says. Looked through once. */
function glanceAt(head: Head, { config, samples }: { readonly config: Config; readonly samples: Chorus['singers'][number]['samples'] }): Glance {
  const before = known.get(head);
  if (before?.config === config) return before;
  const doubted: MonitorId[] = [];
  let [goodUntil, oldest] = [Number.POSITIVE_INFINITY, head.slot];
  for (const monitor of config.monitors) {
    const sample = samples.get(monitor.hash);
    if (sample === undefined || !isSteadilyGood(sample, monitor.upAfter)) {
      doubted.push(monitor.id);
      continue;
    }
    goodUntil = Math.min(goodUntil, sample.slot * second + monitor.intervalMs + staleAfterMs(monitor));
    oldest = slotAt(Math.min(oldest, sample.slot));
  }
  const glance = { config, doubted, goodUntil, oldest };
  known.set(head, glance);
  return glance;
}

const isSteadilyGood = ({ ok, run, failedBits }: Sample, upAfter: number): boolean => ok && run >= upAfter && failedBits === 0;
