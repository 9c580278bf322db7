/** Runs whole rounds of the prober, as the function does: claim, probe, beat, judge. Only the table is in memory. Told by a file, tells its parent. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { systemCalendar } from '../../src/adapters/calendar';
import { systemClock } from '../../src/adapters/clock';
import { systemMachine } from '../../src/adapters/machine';
import { createProber } from '../../src/adapters/probes/prober';
import { instant, monitorHash, monitorId, regionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import type { Config, Monitor } from '../../src/core/config/config';
import { totalMs } from '../../src/core/observation';
import { slotOf } from '../../src/core/slots';
import { claim } from '../../src/engine/claims';
import { createMemory, type World } from '../../src/engine/invocation';
import type { Ports, Prober } from '../../src/engine/ports';
import { runRound } from '../../src/engine/round';
import type { OwnMonitor, OwnRound, OwnSpec } from './own-spec';
import { tableInMemory } from './own-table';

const [, , specFile = ''] = process.argv;
const spec = JSON.parse(readFileSync(specFile, 'utf8')) as OwnSpec;
const region = regionId('eu-west-1');
const config = configOf(spec);
const watched = watchedProber(createProber({ region, version: 'bench', allowPrivate: true, trusted: spec.trusted }));
/** Rounds without a pause each have a slot of their own: the clock that they see is moved on. */
let aheadMs = 0;
const world: World = {
  self: { region, role: 'prober', config, codeVersion: 'bench', bootId: 'bench', canaryUrl: spec.urls[0] ?? '' },
  ports: portsOf(watched.prober),
  memory: createMemory(),
  invocation: { remainingMs: () => 3_600_000 },
};
process.once('disconnect', () => process.exit());

for (let done = 0; spec.rounds === undefined || done < spec.rounds; done += 1) {
  const begun = watched.begin();
  await oneRound();
  process.send?.(watched.take(performance.now() - begun));
  if (spec.intervalMs > 0) await pause(Math.max(0, spec.intervalMs - (performance.now() - begun)));
  if (spec.intervalMs === 0) aheadMs += config.beatIntervalMs - (world.ports.clock.now() % config.beatIntervalMs);
}
process.disconnect?.();

async function oneRound(): Promise<void> {
  const slot = slotOf(config, region, world.ports.clock.now());
  await claim(world, slot);
  await runRound(world, slot, world.memory.head);
}

/** The same prober, and what it saw. */
function watchedProber(real: Prober) {
  let seen: { readonly begunAt: number; readonly latencyMs: number; readonly reason: string }[] = [];
  let since = performance.now();
  const prober: Prober = {
    async attempt(monitor, timeoutMs) {
      const begunAt = performance.now();
      const attempt = await real.attempt(monitor, timeoutMs);
      if (!monitor.id.startsWith('canary')) seen.push({ begunAt, latencyMs: totalMs(attempt.phases), reason: attempt.reason });
      return attempt;
    },
  };
  const take = (tookMs: number): OwnRound => {
    const good = seen.filter(({ reason }) => reason === 'ok');
    const latencies = good.map(({ latencyMs }) => latencyMs).sort((one, other) => one - other);
    const quantile = (part: number): number => latencies[Math.min(latencies.length - 1, Math.floor(part * latencies.length))] ?? Number.NaN;
    const round: OwnRound = {
      probes: seen.length,
      good: good.length,
      notCovered: seen.filter(({ reason }) => reason === 'deadline' || reason === 'prober-error').length,
      tookMs,
      latencyMs: { p50: quantile(0.5), p99: quantile(0.99) },
      latestBeginMs: good.reduce((latest, { begunAt }) => Math.max(latest, begunAt - since), 0),
      peakRssMb: process.resourceUsage().maxRSS / 1024,
      rssMb: process.memoryUsage.rss() / 1024 ** 2,
      handles: process.getActiveResourcesInfo().length,
      openFiles: openFiles(),
    };
    seen = [];
    return round;
  };
  const begin = (): number => {
    since = performance.now();
    return since;
  };
  return { prober, take, begin };
}

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return Number.NaN;
  }
}

function portsOf(prober: Prober): Ports {
  const nothing = async (): Promise<void> => undefined;
  return {
    clock: { ...systemClock, now: () => instant(Date.now() + aheadMs) },
    machine: systemMachine,
    replica: tableInMemory(),
    prober,
    topics: { publish: async () => 'accepted' },
    beatMetrics: { publish: nothing },
    anchors: { answers: async () => true },
    outside: { ping: async () => ({ kind: 'taken' }) },
    pokes: { poke: () => Promise.reject(new Error('nobody is there to be poked')) },
    relay: { hand: async () => undefined },
    inbox: { takes: async () => true },
    calendar: systemCalendar,
    diary: { note: () => undefined },
  };
}

function configOf({ urls, others = [], timeoutMs, intervalMs }: OwnSpec): Config {
  const beatIntervalMs = Math.max(10 * second, intervalMs);
  const patience = { intervalMs: beatIntervalMs, timeoutMs, downAfter: 2, upAfter: 2, severity: 'page', regionsToPage: 'majority' } as const;
  const asked = urls.map((url): OwnMonitor => ({ probe: { kind: 'http', url, expect: { status: [[200, 299]] } } }));
  const monitors = [...asked, ...others].map(({ probe, everyRounds = 1, ...own }, index): Monitor => {
    const name = String(index).padStart(6, '0');
    const named = { id: monitorId(`m${name}`), hash: monitorHash(`beac00${name}`), target: probe.kind, probe };
    return { ...named, ...patience, intervalMs: everyRounds * beatIntervalMs, timeoutMs: own.timeoutMs ?? timeoutMs };
  });
  return {
    madeAt: instant(0),
    hash: 'bench',
    regions: { probers: [region] },
    beatIntervalMs,
    watch: { tolerateMs: 60 * second },
    anchors: [],
    network: { allowPrivate: true },
    channels: [],
    outside: [],
    monitors,
  };
}
