/** What a report costs: 30 days of 100 monitors in two regions, told from roll-ups alone, and what the roll-ups weigh. */

import { type Instant, instant, monitorHash, monitorId, regionId } from '../src/core/basics/brand';
import { day, hour, minute, second } from '../src/core/basics/time';
import { encodeBeginnings } from '../src/core/beginnings';
import type { Config, Monitor } from '../src/core/config/config';
import { encodeHour, type MonitorHour } from '../src/core/hour';
import { countLatency, noLatency } from '../src/core/latency';
import { hourOfTime, monitorHour } from '../src/core/roll-up';
import { encodeRoster } from '../src/core/roster';
import type { Item } from '../src/core/table';
import type { Mark } from '../src/core/timeline';
import { createOverview } from '../src/engine/overview';
import type { Replica } from '../src/engine/ports';

const isJson = process.argv.includes('--json');
const goalMs = 300;
const days = 30;
const regions = ['eu-west-1', 'us-east-2'].map(regionId);
const now = instant(Date.parse('2026-11-21T04:00:00Z'));
const from = instant(now - days * day);
const monitors = Array.from({ length: 100 }, (_, index) => monitorOf(index));
const config: Config = {
  ...{ madeAt: now, hash: 'bench', regions: { probers: regions }, beatIntervalMs: minute, watch: { tolerateMs: minute } },
  ...{ anchors: [], network: { allowPrivate: false }, channels: [], outside: [], monitors },
};

const items = regions.flatMap((region) => [encodeRoster(config, region), encodeBeginnings({ since: from, firstAt: new Map() }, region), ...rollUps(region)]);
const hourItems = items.filter(({ sk }) => sk.includes('#'));
const replicas = regions.map((region) => replicaOf(region, items));
const overview = createOverview({
  config,
  clock: { now: () => now, elapsedMs: () => now, timer: () => ({ done: new Promise(() => undefined), cancel: () => undefined }) },
  replicas,
});
const ms = await medianMs(9);
const bytes = hourItems.reduce((sum, item) => sum + bytesOf(item), 0);
const writeUnits = hourItems.reduce((sum, item) => sum + Math.ceil(bytesOf(item) / 1024), 0);
const storage = { bytesPerMonitorHour: bytes / (monitors.length * regions.length * days * 24), megabytesPerMonth: bytes / 1e6, writeUnitsPerMonth: writeUnits };
if (isJson) console.log(JSON.stringify({ bench: 'report', monitors: monitors.length, days, ms, goal: { ms: goalMs, ratio: ms / goalMs }, storage }));
else {
  console.log(
    `${days} days of ${monitors.length} monitors x ${regions.length} regions: ${ms.toFixed(0)} ms; goal: at most ${goalMs} ms; ratio ${(ms / goalMs).toFixed(2)}`,
  );
  console.log(
    `roll-ups of a month, in each replica: ${storage.megabytesPerMonth.toFixed(1)} MB, ${storage.bytesPerMonitorHour.toFixed(1)} bytes for each monitor, region and hour; ${writeUnits} write units`,
  );
}

/** Throws where anything of the window is missing: a report of nothing is quick. */
async function medianMs(runs: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs + 2; run += 1) {
    const begun = performance.now();
    const { reports } = await overview.reports({ from, to: now });
    times.push(performance.now() - begun);
    if (reports.length !== monitors.length || reports.some(({ unknownMs, downMs }) => unknownMs + downMs > days * hour))
      throw new Error('the report is not whole');
  }
  return times.slice(2).sort((one, other) => one - other)[Math.floor(runs / 2)] ?? Number.NaN;
}

function rollUps(region: (typeof regions)[number]): readonly Item[] {
  const found: Item[] = [];
  for (let begins = Math.floor(from / hour) * hour; begins < now; begins += hour) {
    const shared = { region, begins: instant(begins), revision: 0, writtenAt: instant(begins + hour + 10 * minute), configHash: config.hash, rounds: 62 };
    const work = [{ from: instant(begins), to: instant(begins + 59 * minute) }];
    found.push(...encodeHour({ ...shared, work, monitors: monitors.map((monitor, index) => observed(monitor, index, instant(begins))) }, region));
  }
  return found;
}

/** A look every minute; one hour in a hundred holds a short outage, and latency spreads over some steps. */
function observed(monitor: Monitor, index: number, begins: Instant): MonitorHour {
  const nth = begins / hour;
  const isTroubled = (nth + index) % 100 === 0;
  if (isTroubled) return monitorHour(monitor, marksOf(begins), { ...hourOfTime(begins), now });
  const latency = noLatency();
  for (let look = 0; look < 60; look += 1) countLatency(latency, 80 + ((look * 7919 + index * 31) % 45) + (look % 20 === 0 ? 200 : 0));
  return { spans: [{ ...hourOfTime(begins), outcome: 'ok' }], latency };
}

function marksOf(begins: Instant): readonly Mark[] {
  return Array.from({ length: 61 }, (_, look): Mark => {
    const at = instant(begins + look * minute);
    return look >= 20 && look < 23 ? { at, outcome: 'failed' } : { at, outcome: 'ok', latencyMs: 90 };
  });
}

function monitorOf(index: number): Monitor {
  const url = `https://service-${String(index).padStart(3, '0')}.example.com/`;
  const patience = { intervalMs: minute, timeoutMs: 10 * second, downAfter: 2, upAfter: 2 };
  const probe = { kind: 'http', url, expect: { status: [[200, 299]] } } as const;
  const id = monitorId(`service-${String(index).padStart(3, '0')}`);
  return { id, hash: monitorHash(index.toString(16).padStart(12, '0')), ...patience, severity: 'page', regionsToPage: 'majority', target: url, probe };
}

function replicaOf(region: (typeof regions)[number], stored: readonly Item[]): Replica {
  const refuse = (): Promise<never> => Promise.reject(new Error('a report writes nothing'));
  const partitions = new Map<string, Item[]>();
  for (const item of stored) partitions.set(item.pk, [...(partitions.get(item.pk) ?? []), item]);
  return {
    region,
    get: async (keys) => stored.filter((item) => item.sk.length < 12 && keys.some(({ pk, sk }) => pk === item.pk && sk === item.sk)),
    query: async (pk, first, last) => (partitions.get(pk) ?? []).filter(({ sk }) => sk >= first && sk <= last),
    ...{ put: refuse, putIfAbsent: refuse, putIfNewer: refuse },
  };
}

/** As DynamoDB counts: names and values, and 100 bytes of its own. */
function bytesOf(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + name.length + (typeof value === 'number' ? 8 : value instanceof Uint8Array ? value.length : Buffer.byteLength(value)),
    100,
  );
}
