/** Where operators give their orders, and where it is looked up what holds: the reading and writing is done on any replicas that answer. */
import { type Instant, instant } from '../core/basics/brand';
import { minute } from '../core/basics/time';
import { allRegions, type Config } from '../core/config/config';
import type { LogEntry } from '../core/log';
import { type Arranged, arrange } from '../core/orders/arranged';
import { heldQuiets } from '../core/orders/held';
import type { Order } from '../core/orders/order';
import { type OrderView, orderViews } from '../core/orders/order-view';
import { plannedIn } from '../core/orders/planned';
import { type Drafted, draftOf, type Request, stillHolding } from '../core/orders/request';
import type { Stretch } from '../core/timeline';
import { placeOrder, readOrders, sinceForLooks } from './orders';
import type { Clock, Replica } from './ports';
import { incidentsOf } from './region-log';
import type { Seen } from './seen';
import { within } from './within';

export interface OrderDesk {
  readonly seen: Seen;
  readonly config: Config;
  readonly clock: Clock;
  readonly replicas: readonly Replica[];
  readonly lookLimitMs: number;
  /** Makes the names of orders, another one each time; without it none can be given. */
  readonly nameOf?: (() => string) | undefined;
}

export type Ordered = { readonly kind: 'ordered'; readonly orders: readonly OrderView[] } | Extract<Drafted, { kind: 'refused' }>;

/** Throws where no replica takes it. */
export async function order(request: Request, { seen, clock, replicas, nameOf }: OrderDesk): Promise<Ordered> {
  if (nameOf === undefined) throw new Error('whoever takes orders must be able to name them');
  const now = clock.now();
  const drafted = draftOf(request, { config: seen.config, incidents: incidentsOf(seen.log), orders: [...seen.orders.values()], now });
  if (drafted.kind === 'refused') return drafted;
  const orders: Order[] = [];
  for (const draft of drafted.drafts) orders.push(await placeOrder(draft, { replicas, nameOf }));
  for (const placed of orders) seen.orders.set(placed.id, placed);
  const left = request.kind === 'end' ? request.of.flatMap((name) => stillHolding(name, [...seen.orders.values()], now)) : [];
  const concerned = [...orders.map(({ id, asked }) => (asked.kind === 'end' ? asked.order : id)), ...left.map(({ id }) => id)];
  return { kind: 'ordered', orders: ordersOf(seen, now).filter(({ id }) => concerned.includes(id)) };
}

export const ordersOf = ({ orders }: Seen, now: Instant): readonly OrderView[] => orderViews([...orders.values()], now);

export interface ArrangedWindow extends Stretch {
  /** The logs of that time. */
  readonly entries: readonly LogEntry[];
}

/** A window that has just begun may not be written down yet. */
const writtenWithinMs = 2 * minute;

/** What was arranged in a window, however long ago. Of the past the logs say what was planned, of what holds and is to come the configuration. */
export async function arrangedFor(desk: OrderDesk, { from, to, entries }: ArrangedWindow): Promise<Arranged> {
  const { seen, config, clock } = desk;
  const now = clock.now();
  const orders = from >= sinceForLooks(now) ? [...seen.orders.values()] : await allOrders(desk, from);
  const ahead = plannedIn({ from: instant(Math.max(from, now)), to }, { maintenance: config.maintenance ?? [], calendars: seen.calendars });
  const planned = ahead.map((quiet) => ({ ...quiet, from: instant(Math.max(quiet.from, now - writtenWithinMs)) }));
  return arrange({ config, orders, planned: [...heldQuiets(entries), ...planned] });
}

/** Those that every look reads, and those that were over before. */
async function allOrders({ seen, config, clock, replicas, lookLimitMs }: OrderDesk, from: Instant): Promise<readonly Order[]> {
  const regions = allRegions(config.regions);
  const read = await Promise.all(replicas.map((replica) => within(clock, lookLimitMs, readOrders(replica, regions, from))));
  const found = read.flatMap((outcome) => (outcome.kind === 'done' ? outcome.value : []));
  return [...new Map([...seen.orders.values(), ...found].map((one) => [one.id, one])).values()];
}
