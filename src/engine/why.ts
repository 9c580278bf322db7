/** What an onlooker has seen, explained. */
import type { Instant } from '../core/basics/brand';
import { type WhyAnswer, whyOf } from '../core/why';
import { incidentsOf, logEntries } from './region-log';
import type { Seen } from './seen';

export function explain({ config, heads, arrivals, watchRecords, log }: Seen, subject: string, now: Instant): WhyAnswer {
  return whyOf(subject, { config, now, heads, arrivals, watchRecords, entries: logEntries(log), incidents: incidentsOf(log) });
}
