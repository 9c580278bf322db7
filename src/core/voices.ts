/** What each prober region has to say of one monitor now: its sample while it is fresh, or why it has none. */
import { type Instant, instant, type MonitorHash, type RegionId } from './basics/brand';
import { second } from './basics/time';
import type { Head } from './beat';
import type { Config, Monitor } from './config/config';
import { type Arrivals, overdueMs } from './freshness';
import type { Sample } from './health';
import type { Voice } from './verdict';

/** The newest heads, indexed once for all monitors, and how punctual each region was. */
export interface Chorus {
  readonly config: Config;
  readonly now: Instant;
  readonly singers: readonly {
    readonly region: RegionId;
    readonly head?: Head | undefined;
    readonly samples: ReadonlyMap<MonitorHash, Sample>;
    readonly arrivals?: Arrivals | undefined;
  }[];
}

export function chorusOf(
  config: Config,
  heard: { readonly now: Instant; readonly heads: ReadonlyMap<RegionId, Head>; readonly arrivals: ReadonlyMap<RegionId, Arrivals> },
): Chorus {
  const singers = config.regions.probers.map((region) => {
    const head = heard.heads.get(region);
    return { region, head, samples: head === undefined ? noSamples : samplesByHash(head), arrivals: heard.arrivals.get(region) };
  });
  return { config, now: heard.now, singers };
}

const noSamples: ReadonlyMap<MonitorHash, Sample> = new Map();
const indexed = new WeakMap<Head, ReadonlyMap<MonitorHash, Sample>>();

/** A head is judged many times before a newer one comes: its samples are put in order once. */
function samplesByHash(head: Head): ReadonlyMap<MonitorHash, Sample> {
  const known = indexed.get(head);
  if (known !== undefined) return known;
  const samples = new Map(head.samples.map((sample) => [sample.hash, sample]));
  indexed.set(head, samples);
  return samples;
}

/** In the order of the configured probers. What may be of any age says nothing of now: it is the next beat of its region that does. */
export function voicesOf(chorus: Chorus, monitor: Monitor): readonly Voice[] {
  return chorus.singers.map(({ region, head, samples, arrivals }): Voice => {
    const sample = samples.get(monitor.hash);
    if (head === undefined || arrivals === undefined) return { kind: '?', region, why: 'never-heard' };
    if (sample === undefined) return withoutSample(head, { arrivals, chorus, monitor });
    const overdue = overdueMs(arrivals, { now: chorus.now, cycleMs: monitor.intervalMs, slot: sample.slot });
    return arrivals.isAgeUnknown !== true && overdue <= staleAfterMs(monitor)
      ? { kind: 'fresh', region, sample, finishedAt: finishedAt(head, sample) }
      : { kind: '?', region, why: 'not-fresh', lastSlot: sample.slot };
  });
}

/** Of a region that has another configuration, only one that is alive and newer has a say in who judges. */
function withoutSample(head: Head, { arrivals, chorus, monitor }: { readonly arrivals: Arrivals; readonly chorus: Chorus; readonly monitor: Monitor }): Voice {
  const { config, now } = chorus;
  const { region, slot: lastSlot } = head;
  if (head.configHash === config.hash) return { kind: '?', region, why: 'never-heard' };
  if (head.configMadeAt <= config.madeAt || isEmpty(head)) return { kind: '?', region, why: 'other-configuration' };
  const isAlive = overdueMs(arrivals, { now, cycleMs: monitor.intervalMs, slot: lastSlot }) <= staleAfterMs(monitor);
  return { kind: '?', region, why: isAlive ? 'newer-configuration' : 'not-fresh', lastSlot };
}

/** A configuration that holds no monitors is a mistake, not a newer opinion. */
const isEmpty = ({ samples, expected }: Head): boolean => samples.length === 0 && expected === 0;

/** A sample counts until the next one is overdue by another interval, a timeout and a little slack. */
export const staleAfterMs = (monitor: Monitor): number => monitor.intervalMs + monitor.timeoutMs + 2 * second;

/** A monitor that is not due in every round was sampled in an earlier one. */
const finishedAt = (head: Head, sample: Sample): Instant => (sample.slot === head.slot ? head.finishedAt : instant(sample.slot * second));
