/** What was arranged, as this region can read it now. Where it cannot, what it read last holds on: a page too many is better than one too few. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { allRegions, type Config } from '../core/config/config';
import { type Arranged, arrange } from '../core/orders/arranged';
import type { Order } from '../core/orders/order';
import { type Calendars, calendarName, plannedIn } from '../core/orders/planned';
import type { Stretch } from '../core/timeline';
import { readOrders, sinceForLooks } from './orders';
import type { Calendar } from './ports';
import { within } from './within';
import { homeLimitMs, remoteLimitMs, type World } from './world';

/** `readFrom`: the replica that answered this look. */
export async function arrangementsOf(world: World, readFrom: RegionId): Promise<Arranged> {
  const { self, ports, memory } = world;
  const now = ports.clock.now();
  const reading = readOrders(ports.replica(readFrom), allRegions(self.config.regions), sinceForLooks(now));
  const outcome = await within(ports.clock, readFrom === self.region ? homeLimitMs : remoteLimitMs, reading);
  if (outcome.kind === 'done') memory.orders = outcome.value;
  else ports.diary.note('orders not read', { replica: readFrom, error: outcome.error });
  const calendars = await calendarsOf(self.config, ports.calendar);
  return arrangedIn({ config: self.config, orders: memory.orders, calendars, stretch: { from: sinceForLooks(now), to: instant(now + 1) } });
}

export interface Known {
  readonly config: Config;
  readonly orders: readonly Order[];
  readonly calendars: Calendars;
  readonly stretch: Stretch;
}

export function arrangedIn({ config, orders, calendars, stretch }: Known): Arranged {
  return arrange({ config, orders, planned: plannedIn(stretch, { maintenance: config.maintenance ?? [], calendars }) });
}

/** A calendar that cannot be loaded plans nothing. */
export async function calendarsOf({ maintenance = [] }: Config, calendar: Calendar): Promise<Calendars> {
  const calendars = new Map<string, (after: Instant) => Instant | undefined>();
  for (const { times } of maintenance) {
    if (times.kind !== 'cron' || calendars.has(calendarName(times))) continue;
    calendars.set(calendarName(times), await calendar.next(times.cron, times.timezone));
  }
  return calendars;
}
