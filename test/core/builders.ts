/** One builder per noun, with the values that tests do not care about. */
import { type Instant, instant, monitorHash, monitorId, type RegionId, regionId, type Slot, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import type { Head } from '../../src/core/beat';
import type { Config, Monitor } from '../../src/core/config/config';
import type { Sample } from '../../src/core/health';
import type { LogBody, LogEntry, Opened, Resolved } from '../../src/core/log';
import { type Attempt, noPhases, type Observation } from '../../src/core/observation';
import type { Order } from '../../src/core/orders/order';
import type { Voice } from '../../src/core/verdict';
import type { WatchRecord } from '../../src/core/watch-record';

export const east = regionId('us-east-2');
export const west = regionId('eu-west-1');
export const middle = regionId('eu-central-1');

const midnight = Date.parse('2026-11-21T00:00:00Z');

/** `at('00:03:20')`, on the day of all tests. */
export const at = (time: string): Instant => instant(Date.parse(`2026-11-21T${time.length === 5 ? `${time}:00` : time}Z`));
export const slot = (time: string): Slot => slotAt(at(time) / second);
export const seconds = (count: number): Instant => instant(midnight + count * second);

export function monitor(over: Partial<Monitor> = {}): Monitor {
  const id = over.id ?? monitorId('shop');
  return {
    id,
    hash: monitorHash('00000000000a'),
    intervalMs: 10 * second,
    timeoutMs: 3 * second,
    downAfter: 2,
    upAfter: 2,
    severity: 'page',
    regionsToPage: 'majority',
    target: `https://${id}.example.com/`,
    probe: { kind: 'http', url: `https://${id}.example.com/`, expect: { status: [[200, 299]] } },
    ...over,
  };
}

export function config(over: Partial<Config> = {}): Config {
  return {
    madeAt: at('00:00'),
    hash: 'c0ffee000000',
    regions: { probers: [west, east], witness: middle },
    beatIntervalMs: 10 * second,
    watch: { tolerateMs: 60 * second },
    anchors: [],
    network: { allowPrivate: true },
    channels: [],
    outside: [],
    monitors: [monitor()],
    ...over,
  };
}

export function sample(over: Partial<Sample> = {}): Sample {
  const ok = over.ok ?? true;
  return {
    hash: monitorHash('00000000000a'),
    slot: slot('00:10'),
    ok,
    run: 10,
    runSince: slot('00:00'),
    health: ok ? 'up' : 'down',
    failedBits: ok ? 0 : 1,
    phases: noPhases,
    reason: ok ? 'ok' : 'status',
    detail: ok ? '' : 'status 503, wanted 2xx',
    address: '192.0.2.10:443',
    ...over,
  };
}

export const fresh = (region: RegionId, over: Partial<Sample> = {}, finishedAt = at('00:10:02')): Voice => ({
  kind: 'fresh',
  region,
  sample: sample(over),
  finishedAt,
});
export const unheard = (region: RegionId, lastSlot?: Slot): Voice => ({ kind: '?', region, why: 'not-fresh', lastSlot });

export function head(over: Partial<Head> = {}): Head {
  return {
    region: west,
    slot: slot('00:10'),
    by: 'schedule',
    canaries: 'right',
    startedAt: at('00:10'),
    finishedAt: at('00:10:02'),
    covered: 1,
    expected: 1,
    configHash: 'c0ffee000000',
    configMadeAt: at('00:00'),
    codeVersion: '0.1.0',
    bootId: 'boot',
    seen: {},
    samples: [sample()],
    ...over,
  };
}

export const attempt = (over: Partial<Attempt> = {}): Attempt => ({ reason: 'ok', detail: '', phases: noPhases, ...over });

export function observation(over: Partial<Observation> = {}): Observation {
  return { monitor: monitorId('shop'), hash: monitorHash('00000000000a'), slot: slot('00:10'), attempts: [attempt()], ...over };
}

export function opened(over: Partial<Opened> = {}): Opened {
  return {
    kind: 'opened',
    key: 'shop:availability',
    subject: 'shop',
    family: 'availability',
    condition: 'down',
    severity: 'page',
    certainty: 'confirmed',
    evidence: { [west]: slot('00:10'), [east]: slot('00:10') },
    reason: 'every-region-fails',
    speaker: west,
    facts: ['eu-west-1: status: status 503, wanted 2xx'],
    ...over,
  };
}

export function resolved(over: Partial<Resolved> = {}): Resolved {
  const { kind: _kind, condition: _condition, severity: _severity, certainty: _certainty, ...rest } = opened();
  return { ...rest, kind: 'resolved', reason: 'every-region-succeeds', evidence: { [west]: slot('00:20'), [east]: slot('00:20') }, ...over };
}

export function entry(body: LogBody, over: Partial<Omit<LogEntry, 'body'>> = {}): LogEntry {
  const region = over.region ?? west;
  return { writer: region, region, month: '2026-11', n: 1, at: at('00:10'), by: 'prober', ...over, body };
}

/** Of a watchdog that has nothing to say of anybody. */
export function watchRecord(over: Partial<WatchRecord> = {}): WatchRecord {
  const times = { at: at('00:00'), seq: 0, watchingSince: at('00:00'), invocationAt: at('00:00') };
  return { region: east, ...times, self: 'well', localHealth: 0, peers: [], watchdogs: [], ...over };
}

/** What somebody asked for, from a time on and until another one. */
export const order = (from: string, to: string, asked: Order['asked']): Order => ({
  ...{ id: 'o-1', region: west, by: 'ana', asked },
  ...{ at: at(from), from: at(from), to: at(to) },
});
