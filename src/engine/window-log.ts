/** The logs of a window of long ago, which nobody keeps in mind. */
import { type Instant, instant } from '../core/basics/brand';
import { day, monthBefore, monthOf, monthsOf, second } from '../core/basics/time';
import { keptLogDays } from '../core/log-item';
import type { Stretch } from '../core/timeline';
import type { Library } from './marks';
import { createLogMemory, type LogMemory } from './memory';
import { readMonths } from './region-log';
import { writersOf } from './store';
import { within } from './within';

const readLimitMs = 10 * second;

/** What is known already, where that reaches back far enough; else that and the months of the window, with the one before in which its incidents may have begun. */
export async function logOfWindow(library: Library, known: LogMemory, { from, to }: Stretch): Promise<LogMemory> {
  const now = library.clock.now();
  const months = earlierMonths({ from, to }, now);
  if (months.length === 0) return known;
  const log = createLogMemory();
  const writers = library.regions.flatMap((region) => writersOf(region, library.regions));
  await Promise.all(library.replicas.map((replica) => within(library.clock, readLimitMs, readMonths(log, { replica, writers, months }))));
  for (const [id, entry] of known.entries) log.entries.set(id, entry);
  return log;
}

function earlierMonths({ from, to }: Stretch, now: Instant): readonly string[] {
  const oldest = Math.max(from, now - keptLogDays * day);
  const first = monthBefore(monthOf(instant(oldest)));
  const isKept = monthBefore(monthOf(now));
  return monthsOf({ from: instant(oldest), to: instant(Math.max(oldest, Math.min(to, now))) })
    .concat(first)
    .filter((month) => month < isKept);
}
