/** The whole system as it can be read from outside, from any replicas that answer: what the page and programs are shown. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { isoTime } from '../core/basics/time';
import type { Head } from '../core/beat';
import { allRegions, type Config } from '../core/config/config';
import { feedOf } from '../core/feed/feed';
import { observeArrival } from '../core/freshness';
import type { Arranged } from '../core/orders/arranged';
import type { OrderView } from '../core/orders/order-view';
import type { Request } from '../core/orders/request';
import { type RoutesView, routesView } from '../core/routes-view';
import { isNewerThan } from '../core/sequence';
import type { Stretch } from '../core/timeline';
import type { AnnouncementView, ReportsView, ReportView, StatusView } from '../core/views';
import { decodeWatch, type WatchRecord } from '../core/watch-record';
import type { WhyAnswer } from '../core/why';
import { calendarsOf } from './arrangements';
import { keysToRead, newestHeads, writersFound } from './heads';
import type { Roster } from './marks';
import { createLogMemory, type LogMemory } from './memory';
import { arrangedFor, type OrderDesk, type Ordered, order, ordersOf } from './order-desk';
import { readOrders, sinceForLooks } from './orders';
import type { Calendar, Clock, Replica } from './ports';
import { incidentsOf, logEntries, readLogs } from './region-log';
import { type ReportRequest, reportsOf } from './report';
import type { Seen } from './seen';
import { announcementsView, statusView } from './status';
import { explain } from './why';
import { logOfWindow } from './window-log';
import { within } from './within';

export interface Overview {
  /** Reads what is new; a replica that does not answer is skipped. */
  refresh(): Promise<void>;
  status(): StatusView;
  /** Newest first. */
  announcements(): readonly AnnouncementView[];
  /** What subscribers are told, as Atom; `printed`: as it was when it was printed last. */
  feed(printed?: string): string;
  /** Undefined when there is no such monitor. */
  report(request: Stretch & { readonly monitor: string; readonly latencySteps?: number | undefined }): Promise<ReportView | undefined>;
  /** Of all monitors, or of some by their ids, with one latency for each region. */
  reports(request: Stretch & { readonly monitors?: readonly string[] | undefined }): Promise<ReportsView>;
  /** What was ordered, what holds first. */
  orders(): readonly OrderView[];
  /** Gives an order to the first replica that takes it; throws where none does. */
  order(request: Request): Promise<Ordered>;
  /** Who would be told of a monitor at a time, now where none is said. Undefined when there is no such monitor. */
  routes(monitor: string, at?: Instant): Promise<RoutesView | undefined>;
  /** Of a monitor, a region or an incident: the chain from the evidence to what was said, and why. */
  why(subject: string): WhyAnswer;
}

export interface OverviewOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly replicas: readonly Replica[];
  /** How long one look may take. */
  readonly lookLimitMs?: number | undefined;
  /** By which maintenance is planned; without it only what is planned once is known. */
  readonly calendar?: Calendar | undefined;
  /** Makes the names of orders, another one each time; without it none can be given. */
  readonly nameOf?: (() => string) | undefined;
}

/** A calendar that plans nothing. */
const noCalendar: Calendar = { next: async () => () => undefined };

const usualLookLimitMs = 2000;
/** So many points of latency are as many as can be seen side by side. */
export const mostLatencySteps = 120;

export function createOverview(options: OverviewOptions): Overview {
  const { config, clock, replicas, lookLimitMs = usualLookLimitMs, calendar = noCalendar, nameOf } = options;
  const seen = nothingSeen(config);
  const logs = new Map<RegionId, LogMemory>(replicas.map((replica) => [replica.region, createLogMemory()]));
  /** How many entries of each log are shown; they are only ever added. */
  const shown = new Map<RegionId, number>();
  const readFrom = async (replica: Replica): Promise<void> => {
    const items = await replica.get(keysToRead(config));
    const log = logs.get(replica.region) ?? createLogMemory();
    await readLogs(log, replica, writersFound(config, items), clock.now());
    const orders = await readOrders(replica, allRegions(config.regions), sinceForLooks(clock.now()));
    for (const order of orders) seen.orders.set(order.id, order);
    // Only now is anything shown: heads without the incidents that came with them would be half the truth.
    const now = clock.now();
    for (const head of newestHeads(seen, items).values()) look(seen, head, now);
    for (const item of items) keepRecord(seen, item.pk.startsWith('WATCH#') ? decodeWatch(item) : undefined);
    if (shown.get(replica.region) === log.entries.size) return;
    shown.set(replica.region, log.entries.size);
    for (const [id, entry] of log.entries) seen.log.entries.set(id, entry);
  };
  const refresh = async (): Promise<void> => {
    if (seen.calendars.size === 0) seen.calendars = await calendarsOf(config, calendar);
    await Promise.all(replicas.map((replica) => within(clock, lookLimitMs, readFrom(replica))));
  };
  const desk: OrderDesk = { seen, config, clock, replicas, lookLimitMs, nameOf };
  const arrangedIn = async (window: Stretch): Promise<Arranged> => {
    await refresh();
    return arrangedFor(desk, { ...window, entries: logEntries(seen.log) });
  };
  const rosters = new Map<string, Roster>();
  const reports = async (request: ReportRequest): Promise<readonly ReportView[]> => {
    await refresh();
    const library = { config, clock, replicas, regions: allRegions(config.regions), rosters };
    const log = await logOfWindow(library, seen.log, request);
    const arranged = await arrangedFor(desk, { ...request, entries: logEntries(log) });
    return reportsOf({ ...library, arranged, entries: logEntries(log), incidents: incidentsOf(log) }, request);
  };
  return {
    refresh,
    status: () => statusView(seen, clock.now()),
    announcements: () => announcementsView({ entries: logEntries(seen.log), incidents: incidentsOf(seen.log) }, config),
    feed: (printed) => feedOf(config, { incidents: incidentsOf(seen.log), entries: logEntries(seen.log), printed }),
    report: async ({ monitor, from, to, latencySteps = mostLatencySteps }) => (await reports({ monitors: [monitor], from, to, latencySteps }))[0],
    reports: async ({ from, to, monitors = config.monitors.map(({ id }) => id) }) => {
      const views = await reports({ monitors, from, to, latencySteps: 1 });
      return { from: isoTime(from), to: isoTime(to), at: isoTime(clock.now()), reports: views };
    },
    orders: () => ordersOf(seen, clock.now()),
    order: (request) => refresh().then(() => order(request, desk)),
    routes: async (id, at = clock.now()) => {
      const monitor = config.monitors.find((one) => one.id === id);
      const { quietAt } = await arrangedIn({ from: at, to: instant(at + 1) });
      return monitor === undefined ? undefined : routesView(monitor, { config, at, quiet: quietAt(monitor.id, at) });
    },
    why: (subject) => explain(seen, subject, clock.now()),
  };
}

const nothingSeen = (config: Config): Seen => ({
  orders: new Map(),
  calendars: new Map(),
  config,
  heads: new Map(),
  decoded: new Map(),
  arrivals: new Map(),
  watchRecords: new Map(),
  log: createLogMemory(),
});

function look(seen: Seen, head: Head, now: Instant): void {
  const known = seen.heads.get(head.region);
  if (known === undefined || isNewerThan(head, known)) seen.heads.set(head.region, head);
  const sighting = { now, cycleMs: seen.config.beatIntervalMs, begunAt: head.startedAt };
  seen.arrivals.set(head.region, observeArrival(seen.arrivals.get(head.region), head.slot, sighting));
}

function keepRecord(seen: Seen, record: WatchRecord | undefined): void {
  if (record === undefined) return;
  const known = seen.watchRecords.get(record.region);
  if (known === undefined || record.seq > known.seq) seen.watchRecords.set(record.region, record);
}
