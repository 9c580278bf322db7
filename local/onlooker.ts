/** Reads the tables of the regions from outside, again and again, for the page and for whoever waits for announcements. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemCalendar } from '../src/adapters/calendar';
import { systemClock } from '../src/adapters/clock';
import { createReplica } from '../src/adapters/dynamodb/replica';
import { orderName } from '../src/adapters/order-name';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import type { AnnouncementView } from '../src/core/views';
import { createOverview, type Overview } from '../src/engine/overview';

export interface Onlooker {
  readonly overview: Overview;
  stop(): void;
}

export interface OnlookerParts {
  readonly config: Config;
  readonly urlOf: (region: RegionId) => string;
  /** Hears of each announcement that was made since the onlooker began, once. */
  readonly onAnnouncement: (announcement: AnnouncementView) => void;
}

const readTimeoutMs = 1500;
const pauseMsMin = 1000;
/** Looking must stay cheap: at least this many times what a look cost is left to others. */
const restPerCost = 15;

export function startOnlooker({ config, urlOf, onAnnouncement }: OnlookerParts): Onlooker {
  const replicas = allRegions(config.regions).map((region) =>
    createReplica({ region, timeoutMs: readTimeoutMs, isConsistent: () => false, client: clientOf(region, urlOf(region)) }),
  );
  const overview = createOverview({ config, clock: systemClock, replicas, calendar: systemCalendar, nameOf: orderName });
  const stopping = new AbortController();
  void lookOn(overview, { stopping: stopping.signal, tell: tellingNew(onAnnouncement) });
  return { overview, stop: () => stopping.abort() };
}

interface Looking {
  readonly stopping: AbortSignal;
  readonly tell: (announcements: readonly AnnouncementView[]) => void;
}

async function lookOn(overview: Overview, { stopping, tell }: Looking): Promise<void> {
  while (!stopping.aborted) {
    const before = process.cpuUsage();
    await overview.refresh();
    tell(overview.announcements());
    const { user, system } = process.cpuUsage(before);
    await sleep(Math.max(pauseMsMin, (restPerCost * (user + system)) / 1000), undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** The list is newest first, and after a restart begins with what was said long ago. */
function tellingNew(onAnnouncement: OnlookerParts['onAnnouncement']): Looking['tell'] {
  const startedAt = new Date().toISOString();
  const told = new Set<string>();
  return (announcements) => {
    for (const announcement of announcements.filter(({ id, at }) => at >= startedAt && !told.has(id)).toReversed()) {
      told.add(announcement.id);
      onAnnouncement(announcement);
    }
  };
}

/** Nothing of the user's own AWS settings may lead it elsewhere. */
function clientOf(region: RegionId, endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    region,
    endpoint,
    credentials: { accessKeyId: 'TWINWATCHONLOOKER', secretAccessKey: 'local' },
    maxAttempts: 2,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1200, throwOnRequestTimeout: true },
  });
}
