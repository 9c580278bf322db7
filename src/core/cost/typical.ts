/** Items of a calm month, made by the encoders that the functions use: what they weigh is what a month costs. */
import { type Instant, instant, type RegionId, slotAt } from '../basics/brand';
import { day, hour, minute, second } from '../basics/time';
import { encodeBeat, encodeHead, type RoundFacts } from '../beat';
import { allRegions, type Config, type Monitor } from '../config/config';
import type { Arrivals } from '../freshness';
import type { Sample } from '../health';
import { encodeHour } from '../hour';
import { countLatency, noLatency } from '../latency';
import { noPhases, type Phases } from '../observation';
import { patienceOf } from '../roll-up';
import { isDue, isLooping } from '../slots';
import { claimKey, type Item, onlyShard } from '../table';
import { encodeWatch, type WatchRecord } from '../watch-record';
import { itemBytes } from './item-size';

/** What cannot be known from a configuration and decides what items weigh. */
export interface Typical {
  readonly phases: Phases;
  /** The address that answers for a monitor. */
  readonly addressOf: (monitor: Monitor) => string;
  /** How long monitors have been up. */
  readonly upForMs: number;
  readonly bootId: string;
  readonly codeVersion: string;
  /** Lag of a beat as it is seen to arrive, and within how much it varies. */
  readonly lagMs: number;
  readonly lagSpreadMs: number;
  /** Into how many steps the latencies of an hour fall. */
  readonly latencySteps: number;
}

/** A target an ocean away by HTTPS, an address for each host, and a month without an outage. */
export const usual: Typical = {
  phases: { dnsMs: 3, connectMs: 80, tlsMs: 160, firstByteMs: 140, transferMs: 2 },
  addressOf: ({ target }) => addressOfHost(target.replace(/^\w+:\/\//, '').replace(/[/:?#].*$/, '')),
  upForMs: 30 * day,
  bootId: '3f0c2a1e-5b7d-4c8e-9a64-1d2e3f405162',
  codeVersion: '0.1.0',
  lagMs: 2000,
  lagSpreadMs: 800,
  latencySteps: 9,
};

/** As long as most addresses of version 4 are, and different for different hosts. */
function addressOfHost(host: string): string {
  let sum = 0;
  for (const character of host) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000;
  return `203.0.${100 + (sum % 150)}.${100 + (Math.floor(sum / 150) % 150)}:443`;
}

export interface TypicalItems {
  readonly claim: Item;
  readonly head: Item;
  /** Of one cycle in which each monitor is due once: monitors with longer intervals are idle in most. */
  readonly beats: readonly Item[];
  readonly watch: Item;
  /** One hour, in one part or several. */
  readonly hour: readonly Item[];
}

/** Any time will do: what counts is how many digits it has. */
const now = instant(1_795_233_600_000);

export function typicalItems(config: Config, region: RegionId, typical: Typical): TypicalItems {
  const slot = slotAt(now / second);
  const at = instant(now);
  const round = roundOf(config, region, typical);
  return {
    claim: { ...claimKey(region, onlyShard), v: 1, seq: slot, by: `${typical.bootId} 1000`, at, ...(isLooping(config) ? { since: at } : {}) },
    head: encodeHead({ ...round, samples: config.monitors.map((monitor) => sampleOf(monitor, typical)) }, region),
    beats: beatsOf(config, round, typical),
    watch: encodeWatch(watchOf(config, region, typical), region),
    hour: hourOf(config, region, typical),
  };
}

/** Mean of several items of one kind. */
export const meanOf = (items: readonly Item[], measure: (bytes: number) => number): number =>
  items.length === 0 ? 0 : items.reduce((sum, item) => sum + measure(itemBytes(item)), 0) / items.length;

function roundOf({ monitors, regions, ...config }: Config, region: RegionId, { bootId, codeVersion }: Typical): RoundFacts {
  const others = regions.probers.filter((other) => other !== region);
  return {
    region,
    slot: slotAt(now / second),
    by: 'schedule',
    canaries: 'right',
    startedAt: instant(now + 1234),
    finishedAt: instant(now + 2345),
    covered: monitors.length,
    expected: monitors.length,
    configHash: config.hash,
    configMadeAt: config.madeAt,
    codeVersion,
    bootId,
    seen: Object.fromEntries(others.map((other) => [other, slotAt(now / second)])),
  };
}

function sampleOf(monitor: Monitor, { phases, addressOf, upForMs }: Typical): Sample {
  return {
    hash: monitor.hash,
    slot: slotAt((now - monitor.intervalMs / 2) / second),
    ok: true,
    run: Math.round(upForMs / monitor.intervalMs),
    runSince: slotAt((now - upForMs) / second),
    health: 'up',
    failedBits: 0,
    phases,
    reason: 'ok',
    detail: '',
    address: addressOf(monitor),
  };
}

/** An hour has every share of due monitors that there is, but for the longest intervals. */
function beatsOf(config: Config, round: RoundFacts, { phases }: Typical): readonly Item[] {
  const longestMs = Math.max(config.beatIntervalMs, ...config.monitors.map(({ intervalMs }) => intervalMs));
  const cycle = Math.min(60, Math.ceil(longestMs / config.beatIntervalMs));
  return Array.from({ length: cycle }, (_, index) => {
    const slot = slotAt(round.slot + (index * config.beatIntervalMs) / second);
    const marks = config.monitors.map((monitor) => {
      const isIdle = !isDue(config, monitor, slot);
      return { outcome: isIdle ? ('idle' as const) : ('ok' as const), phases: isIdle ? noPhases : phases, reason: 'ok' as const, detail: '' };
    });
    return encodeBeat({ ...round, slot, marks }, round.region);
  });
}

/** How many arrivals a record remembers; the encoder writes them out. */
const rememberedLags = 32;

function watchOf({ regions, outside, hash }: Config, region: RegionId, { lagMs, lagSpreadMs, upForMs }: Typical): WatchRecord {
  const since = instant(now - upForMs);
  const slot = slotAt(now / second);
  const lagsMs = Array.from({ length: rememberedLags }, (_, index) => Math.round(lagMs + (((index * 7) % 16) / 16) * lagSpreadMs));
  const arrivals: Arrivals = { newest: slot, firstSeenAt: now, lagsMs, lateLagsMs: [] };
  return {
    region,
    at: now,
    seq: now + 1,
    watchingSince: since,
    invocationAt: now,
    self: 'well',
    localHealth: 0,
    peers: regions.probers.map((peer) => ({
      region: peer,
      state: 'reporting',
      reason: 'local replica fresh, direct read not asked, third region not asked',
      since: instant(since + 1),
      arrivals,
      reporting: { configHash: hash, since: instant(since + 1), unbrokenSince: instant(since + 1), slot },
    })),
    watchdogs: allRegions(regions).map((watchdog) => ({
      region: watchdog,
      state: 'watching',
      reason: watchdog === region ? 'it is the one who says so' : 'its watch record is fresh',
      since: instant(since + 1),
      vigils: arrivals,
    })),
    outside: outside.some((one) => one.region === region) ? { triedAt: now, takenAt: now } : undefined,
    sleptMs: 0,
  };
}

function hourOf(config: Config, region: RegionId, { latencySteps }: Typical): readonly Item[] {
  const begins: Instant = instant(now - hour);
  const rounds = Math.ceil((hour + 4 * minute) / config.beatIntervalMs);
  const monitors = config.monitors.map((monitor) => {
    const latency = noLatency();
    const answers = Math.max(1, Math.round(hour / patienceOf(monitor).intervalMs));
    for (let step = 0; step < Math.min(latencySteps, answers); step += 1) countLatency(latency, 2 ** ((step + 8) / 4) * 8);
    return { spans: [{ from: begins, to: now, outcome: 'ok' as const }], latency };
  });
  const work = [{ from: instant(begins - 2 * minute), to: instant(now + 2 * minute) }];
  return encodeHour({ region, begins, revision: 0, writtenAt: instant(now + 1), configHash: config.hash, rounds, work, monitors }, region);
}
