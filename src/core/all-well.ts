/** Most of the time most is well everywhere: that is seen at a glance, and only the rest has to be judged one by one. */
import type { MonitorId } from './basics/brand';
import { second } from './basics/time';
import type { Head } from './beat';
import type { Config } from './config/config';
import { meanLagMs } from './freshness';
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
    const { doubted, goodUntil } = glanceAt(head, { config, samples });
    if (now > goodUntil + meanLagMs(arrivals.lagsMs)) return allOf(config);
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
}
const known = new WeakMap<Head, Glance>();

/** What a head alone says. Looked through once. */
function glanceAt(head: Head, { config, samples }: { readonly config: Config; readonly samples: Chorus['singers'][number]['samples'] }): Glance {
  const before = known.get(head);
  if (before?.config === config) return before;
  const doubted: MonitorId[] = [];
  let goodUntil = Number.POSITIVE_INFINITY;
  for (const monitor of config.monitors) {
    const sample = samples.get(monitor.hash);
    if (sample === undefined || !isSteadilyGood(sample, monitor.upAfter)) doubted.push(monitor.id);
    else goodUntil = Math.min(goodUntil, sample.slot * second + monitor.intervalMs + staleAfterMs(monitor));
  }
  const glance = { config, doubted, goodUntil };
  known.set(head, glance);
  return glance;
}

const isSteadilyGood = ({ ok, run, failedBits }: Sample, upAfter: number): boolean => ok && run >= upAfter && failedBits === 0;
