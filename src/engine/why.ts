/** What an onlooker has seen, explained. */
import { type Instant, instant } from '../core/basics/brand';
import { type WhyAnswer, whyOf } from '../core/why';
import { arrangedIn } from './arrangements';
import { sinceForLooks } from './orders';
import { incidentsOf, logEntries } from './region-log';
import type { Seen } from './seen';

export function explain({ config, heads, arrivals, watchRecords, log, orders, calendars }: Seen, subject: string, now: Instant): WhyAnswer {
  const stretch = { from: sinceForLooks(now), to: instant(now + 1) };
  const arranged = arrangedIn({ config, orders: [...orders.values()], calendars, stretch });
  return whyOf(subject, { config, now, heads, arrivals, watchRecords, entries: logEntries(log), incidents: incidentsOf(log), arranged });
}
