/** What judging costs: fresh heads of three regions, from 100 to 100,000 monitors. Prints ms per judgement and the slope, which is 1 where cost is linear. */

import { availabilityFinding } from '../src/core/availability-finding';
import { instant, type MonitorHash, monitorHash, monitorId, regionId, slotAt } from '../src/core/basics/brand';
import { second } from '../src/core/basics/time';
import type { Head } from '../src/core/beat';
import { conclude } from '../src/core/conclusion';
import type { Config, Monitor } from '../src/core/config/config';
import { type Arrivals, observeArrival } from '../src/core/freshness';
import { nothingSaid } from '../src/core/standing';
import { judgeMonitor } from '../src/core/verdict';
import { chorusOf, voicesOf } from '../src/core/voices';

const isJson = process.argv.includes('--json');
const regions = ['eu-west-1', 'us-east-2', 'eu-central-1'].map(regionId);
const now = instant(Date.parse('2026-11-21T04:00:05Z'));
const slot = slotAt(Date.parse('2026-11-21T04:00:00Z') / second);
const goalMs = 50;

const rows = [100, 1000, 10_000, 100_000].map((monitors) => ({ monitors, ms: medianMs(worldOf(monitors), monitors > 10_000 ? 5 : 15) }));
const [first, last] = [rows[1], rows.at(-1)];
const slope = Math.log((last?.ms ?? 0) / (first?.ms ?? 1)) / Math.log((last?.monitors ?? 1) / (first?.monitors ?? 1));
if (isJson) console.log(JSON.stringify({ bench: 'judge', regions: regions.length, rows, slope, goal: { monitors: 10_000, ms: goalMs } }));
else {
  for (const { monitors, ms } of rows) console.log(`${String(monitors).padStart(7)} monitors x ${regions.length} regions ${ms.toFixed(2).padStart(9)} ms`);
  console.log(`slope from 1,000 to 100,000: ${slope.toFixed(2)} (1 is linear); goal: 10,000 monitors in at most ${goalMs} ms`);
}

interface Heard {
  readonly config: Config;
  readonly heads: ReadonlyMap<(typeof regions)[number], Head>;
  readonly arrivals: ReadonlyMap<(typeof regions)[number], Arrivals>;
}

function judgeAll({ config, heads, arrivals }: Heard): number {
  const chorus = chorusOf(config, { now, heads, arrivals });
  let written = 0;
  for (const monitor of config.monitors) {
    const voices = voicesOf(chorus, monitor);
    const judgement = judgeMonitor({ monitor, voices, standing: nothingSaid });
    const finding = availabilityFinding({ monitor, judgement, voices, config, me: regionId('eu-west-1'), now });
    if (conclude(finding, undefined).kind === 'write') written += 1;
  }
  return written;
}

function medianMs(heard: Heard, runs: number): number {
  const times = Array.from({ length: runs + 2 }, () => {
    const begun = performance.now();
    if (judgeAll(heard) === 0) throw new Error('one in a hundred is down: something must have been concluded');
    return performance.now() - begun;
  });
  return times.slice(2).sort((one, other) => one - other)[Math.floor(runs / 2)] ?? Number.NaN;
}

function worldOf(count: number): Heard {
  const monitors = Array.from({ length: count }, (_, index) => monitorOf(index));
  const config: Config = {
    madeAt: now,
    hash: 'bench',
    regions: { probers: regions },
    beatIntervalMs: 10 * second,
    watch: { tolerateMs: 60 * second },
    anchors: [],
    outside: [],
    network: { allowPrivate: false },
    channels: [],
    monitors,
  };
  const heads = new Map(regions.map((region) => [region, headOf(region, monitors)]));
  const arrivals = new Map(regions.map((region) => [region, observeArrival(undefined, slot, { now: instant(slot * second + 1000), cycleMs: 10 * second })]));
  return { config, heads, arrivals };
}

function monitorOf(index: number): Monitor {
  const url = `https://service-${index}.example.com/`;
  const probe = { kind: 'http', url, expect: { status: [[200, 299]] } } as const;
  const patience = { intervalMs: 10 * second, timeoutMs: 3 * second, downAfter: 2, upAfter: 2 };
  return { id: monitorId(`service-${index}`), hash: hashOf(index), ...patience, severity: 'page', regionsToPage: 'majority', target: url, probe };
}

function hashOf(index: number): MonitorHash {
  return monitorHash(index.toString(16).padStart(12, '0'));
}

function headOf(region: (typeof regions)[number], monitors: readonly Monitor[]): Head {
  const phases = { dnsMs: 5, connectMs: 20, tlsMs: 40, firstByteMs: 60, transferMs: 2 };
  const samples = monitors.map(({ hash }, index) => {
    const ok = index % 100 !== 0;
    const shared = { hash, slot, ok, run: 30, runSince: slotAt(slot - 300), failedBits: ok ? 0 : 2 ** 20 - 1, phases, address: '192.0.2.1:443' };
    return ok
      ? ({ ...shared, health: 'up', reason: 'ok', detail: '' } as const)
      : ({ ...shared, health: 'down', reason: 'status', detail: 'status 503, wanted 2xx' } as const);
  });
  const times = { startedAt: instant(slot * second), finishedAt: instant(slot * second + 800) };
  const counts = { covered: monitors.length, expected: monitors.length };
  return {
    region,
    slot,
    by: 'schedule',
    ...times,
    ...counts,
    configHash: 'bench',
    configMadeAt: now,
    canaries: 'right',
    codeVersion: 'bench',
    bootId: 'bench',
    seen: {},
    samples,
  };
}
