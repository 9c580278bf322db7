/** What a round finds of the monitors that call us: from the pings that every region's inbox received, and from whether they could. */
import { type Instant, instant, type RegionId, type Slot } from '../core/basics/brand';
import type { Head } from '../core/beat';
import { allRegions, type Monitor } from '../core/config/config';
import type { HeartbeatProbe } from '../core/config/kinds/heartbeat/probe';
import { attemptOf } from '../core/heartbeat/attempt';
import { judgeHeartbeat, type Times } from '../core/heartbeat/judging';
import type { Ping } from '../core/heartbeat/ping';
import { decodePings } from '../core/heartbeat/pings';
import { mostPauseMs, type Receiving, receivingAfter } from '../core/heartbeat/receiving';
import { type Attempt, noPhases, type Observation } from '../core/observation';
import { isDue } from '../core/slots';
import { headKey, type Item, onlyShard, pingPartition } from '../core/table';
import { newestHeads } from './heads';
import { writersOf } from './store';
import { within } from './within';
import { homeLimitMs, type World } from './world';

export interface Called {
  readonly observations: readonly Observation[];
  readonly receiving?: Receiving | undefined;
}

type Calling = Monitor & { readonly probe: HeartbeatProbe };
const isCalling = (monitor: Monitor): monitor is Calling => monitor.probe.kind === 'heartbeat';

export async function observeHeartbeats(world: World, round: { readonly slot: Slot; readonly before: Head | undefined }): Promise<Called> {
  const calling = world.self.config.monitors.filter(isCalling);
  const first = calling[0];
  if (first === undefined) return { observations: [] };
  const look = await lookAtInbox(world, { token: first.probe.token, before: round.before?.receiving ?? [] });
  const known = await readPings(world);
  const due = calling.filter((monitor) => isDue(world.self.config, monitor, round.slot));
  const attempts = await Promise.all(due.map(async (monitor) => [monitor, await attemptAt(world, monitor, { look, known })] as const));
  const observations = attempts.flatMap(([monitor, attempt]): Observation[] =>
    attempt === undefined ? [] : [{ monitor: monitor.id, hash: monitor.hash, slot: round.slot, attempts: [attempt] }],
  );
  return { observations, receiving: look.receiving };
}

interface Look {
  readonly at: Instant;
  readonly takes: boolean;
  readonly receiving: Receiving;
}

const canaryLimitMs = 3000;

/** Before the pings are read: what was sent to an inbox that is found at work can be found as well. */
async function lookAtInbox({ self, ports, memory }: World, { token, before }: { readonly token: string; readonly before: Receiving }): Promise<Look> {
  const at = ports.clock.now();
  const takes = (await ports.inbox.takes(token, canaryLimitMs)) || (await ports.inbox.takes(token, canaryLimitMs));
  const sleptMs = ports.machine.sleptMs();
  const hasSlept = sleptMs - (memory.inboxSleptMs ?? sleptMs) >= leastSleepMs;
  memory.inboxSleptMs = sleptMs;
  if (!takes) ports.diary.note('inbox takes nothing', {});
  return { at, takes, receiving: receivingAfter(before, { at, takes, hasSlept, mostPauseMs: mostPauseMs(self.config.beatIntervalMs) }) };
}

/** A count of whole seconds may seem to grow by less while nobody sleeps. */
const leastSleepMs = 3000;

interface Known {
  readonly pings: ReadonlyMap<string, ReadonlyMap<RegionId, readonly Ping[]>>;
  readonly heads: ReadonlyMap<RegionId, Head>;
}

/** Of the home replica, which has the pings of all regions by and by; `unread` where it does not answer. */
async function readPings(world: World): Promise<Known | 'unread'> {
  const { self, ports } = world;
  const replicas = allRegions(self.config.regions);
  const writers = self.config.regions.probers.flatMap((region) => writersOf(region, replicas));
  const home = ports.replica(self.region);
  const reading = Promise.all([
    home.get(writers.map((writer) => headKey(writer, onlyShard))),
    ...writers.map((writer) => home.query(pingPartition(writer), firstMonitor, lastMonitor)),
  ]);
  const outcome = await within(ports.clock, homeLimitMs, reading);
  if (outcome.kind === 'failed') {
    ports.diary.note('pings not read', { error: outcome.error });
    return 'unread';
  }
  const [heads, ...pings] = outcome.value;
  return { heads: newestHeads(world.memory, heads), pings: pingsIn(pings.flat()) };
}

/** The names of all monitors lie in between, and the canary beyond. */
const [firstMonitor, lastMonitor] = ['-', 'zz'.padEnd(64, 'z')];

function pingsIn(items: readonly Item[]): Known['pings'] {
  const found = new Map<string, Map<RegionId, readonly Ping[]>>();
  for (const item of items) {
    const received = decodePings(item);
    if (received === undefined) continue;
    const ofMonitor = found.get(received.monitor) ?? new Map<RegionId, readonly Ping[]>();
    found.set(received.monitor, ofMonitor.set(received.region, [...(ofMonitor.get(received.region) ?? []), ...received.pings]));
  }
  return found;
}

async function attemptAt(world: World, { id, probe }: Calling, { look, known }: { readonly look: Look; readonly known: Known | 'unread' }) {
  if (known === 'unread') return unread;
  const { self } = world;
  const receiving = new Map([...known.heads].map(([region, head]) => [region, head.receiving ?? []]));
  receiving.set(self.region, look.receiving);
  const found = judgeHeartbeat({
    times: await timesOf(world, probe),
    pings: known.pings.get(id) ?? new Map(),
    receiving,
    now: look.at,
    mostPauseMs: mostPauseMs(self.config.beatIntervalMs),
    shut: new Set(look.takes ? [] : [self.region]),
  });
  return attemptOf(found, probe.graceMs);
}

const unread: Attempt = { reason: 'prober-error', detail: 'the pings of this monitor could not be read from the table', phases: noPhases };

/** A job that calls by a calendar is never early. */
async function timesOf({ ports }: World, { times, graceMs }: HeartbeatProbe): Promise<Times> {
  if (times.kind === 'cron') return { nextAfter: await ports.calendar.next(times.cron, times.timezone), graceMs, earlyMs: 0 };
  return { nextAfter: (after) => instant(after + times.everyMs), graceMs, earlyMs: graceMs };
}
