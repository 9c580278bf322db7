/** The whole system as it can be read from outside, from any replicas that answer: what the page and programs are shown. */
import type { Instant, RegionId } from '../core/basics/brand';
import type { Head } from '../core/beat';
import { allRegions, type Config } from '../core/config/config';
import { observeArrival } from '../core/freshness';
import type { AnnouncementView, ReportView, StatusView } from '../core/views';
import { decodeWatch, type WatchRecord } from '../core/watch-record';
import { keysToRead, newestHeads, writersFound } from './heads';
import { createLogMemory, type LogMemory } from './memory';
import type { Clock, Replica } from './ports';
import { logEntries, readLogs } from './region-log';
import { type ReportRequest, reportOf } from './report';
import type { Seen } from './seen';
import { announcementsView, statusView } from './status';
import { within } from './within';

export interface Overview {
  /** Reads what is new; a replica that does not answer is skipped. */
  refresh(): Promise<void>;
  status(): StatusView;
  /** Newest first. */
  announcements(): readonly AnnouncementView[];
  /** Undefined when there is no such monitor. */
  report(request: ReportRequest): Promise<ReportView | undefined>;
}

export interface OverviewOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly replicas: readonly Replica[];
}

const readLimitMs = 2000;

export function createOverview({ config, clock, replicas }: OverviewOptions): Overview {
  const seen: Seen = { config, heads: new Map(), decoded: new Map(), arrivals: new Map(), watchRecords: new Map(), log: createLogMemory() };
  const logs = new Map<RegionId, LogMemory>(replicas.map((replica) => [replica.region, createLogMemory()]));
  const readFrom = async (replica: Replica): Promise<void> => {
    const items = await replica.get(keysToRead(config));
    const log = logs.get(replica.region) ?? createLogMemory();
    await readLogs(log, replica, writersFound(config, items), clock.now());
    // Only now is anything shown: heads without the incidents that came with them would be half the truth.
    const now = clock.now();
    for (const head of newestHeads(seen, items).values()) look(seen, head, now);
    for (const item of items) keepRecord(seen, item.pk.startsWith('WATCH#') ? decodeWatch(item) : undefined);
    for (const [id, entry] of log.entries) seen.log.entries.set(id, entry);
  };
  return {
    refresh: async () => {
      await Promise.all(replicas.map((replica) => within(clock, readLimitMs, readFrom(replica))));
    },
    status: () => statusView(seen, clock.now()),
    announcements: () => announcementsView(logEntries(seen.log)),
    report: (request) => reportOf({ config, clock, replicas, regions: allRegions(config.regions) }, request),
  };
}

function look(seen: Seen, head: Head, now: Instant): void {
  const known = seen.heads.get(head.region);
  if (known === undefined || head.slot > known.slot) seen.heads.set(head.region, head);
  seen.arrivals.set(head.region, observeArrival(seen.arrivals.get(head.region), head.slot, { now, cycleMs: seen.config.beatIntervalMs }));
}

function keepRecord(seen: Seen, record: WatchRecord | undefined): void {
  if (record === undefined) return;
  const known = seen.watchRecords.get(record.region);
  if (known === undefined || record.at > known.at) seen.watchRecords.set(record.region, record);
}
