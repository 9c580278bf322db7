/** Most of the time all is well everywhere: that is seen at a glance, and nothing has to be judged one by one. */
import { type Instant, instant } from './basics/brand';
import { second } from './basics/time';
import type { Head } from './beat';
import type { Config } from './config/config';
import { meanLagMs } from './freshness';
import type { Sample } from './health';
import { type Chorus, staleAfterMs } from './voices';

/** Whether every region has a fresh, steady and good sample of every monitor: then every monitor is up, by the pool, and none is flaky. */
export function isAllWell({ config, now, singers }: Chorus): boolean {
  return singers.every(({ head, samples, arrivals }) => {
    if (head === undefined || arrivals === undefined) return false;
    const until = goodUntil(head, { config, samples });
    return until !== undefined && now <= until + meanLagMs(arrivals.lagsMs);
  });
}

interface Known {
  readonly config: Config;
  readonly until: Instant | undefined;
}
const known = new WeakMap<Head, Known>();

/** Until when a head alone says so, before the usual lag of its region is added; undefined when it does not. Looked through once. */
function goodUntil(head: Head, { config, samples }: { readonly config: Config; readonly samples: Chorus['singers'][number]['samples'] }): Instant | undefined {
  const before = known.get(head);
  if (before?.config === config) return before.until;
  let until = Number.POSITIVE_INFINITY;
  for (const monitor of config.monitors) {
    const sample = samples.get(monitor.hash);
    if (sample === undefined || !isSteadilyGood(sample, monitor.upAfter)) {
      until = Number.NaN;
      break;
    }
    until = Math.min(until, sample.slot * second + monitor.intervalMs + staleAfterMs(monitor));
  }
  const found = Number.isNaN(until) ? undefined : instant(until);
  known.set(head, { config, until: found });
  return found;
}

const isSteadilyGood = ({ ok, run, failedBits }: Sample, upAfter: number): boolean => ok && run >= upAfter && failedBits === 0;
