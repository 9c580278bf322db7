/** How much of a machine a function is given, from what its configuration asks of it; and when one function is not enough. */
import { probingMs, second } from './basics/time';
import type { Config } from './config/config';

/** Lambda gives a whole core from here on, and less of it for less memory. */
export const memoryOfOneCoreMb = 1769;
/** Of a whole core, for one probe with its TLS handshake. `npm run bench:probe` measures it. */
export const probeCpuMs = 1.6;
/** What a round does beside probing, in time of a whole core. */
export const turnCpuMs = 40;

/** What a function is given that has little to do. A prober with more to do is given a larger one. */
export const leastMemoryMb = 256;
const sizesMb: readonly number[] = [leastMemoryMb, 512, 1024, memoryOfOneCoreMb];

/** So much of the time that a round has for probing may be work of the processor: the rest is for bursts, retries and slow targets. */
const share = 0.5;

/** What a prober must have so that its rounds end in time; the largest, where none is enough and workers probe for it. */
export function proberMemoryMb(config: Config): number {
  return sizeFor(probesPerRound(config), config);
}

const sizeFor = (probes: number, config: Config): number => sizesMb.find((memoryMb) => probes <= probesWithin(config, memoryMb)) ?? memoryOfOneCoreMb;

/** An item of DynamoDB holds 400 KB, and the head of a region is one. */
export const mostMonitorsOfOneBeat = 9000;

export interface Outgrown {
  readonly probesPerRound: number;
  /** How many one function has time for, at its largest. */
  readonly most: number;
}

/**
 * Into how many shards the probing of each region is cut, each for a probe worker of its own; 1 where its prober probes everything
 * itself. Only the configuration decides, so whoever deploys and whoever probes agree.
 */
export function shardCount(config: Config): number {
  const found = outgrown(config);
  return found === undefined ? 1 : Math.ceil(found.probesPerRound / Math.max(1, found.most));
}

export const isSharded = (config: Config): boolean => shardCount(config) > 1;

/** Shards are about alike: what one has more than another is within the share that is kept for bursts. */
export const workerMemoryMb = (config: Config): number => sizeFor(probesPerRound(config) / shardCount(config), config);

/** Longer than a round probes, by what a cold start and the way of the answer take. */
export const workerTimeoutMs = ({ beatIntervalMs }: Config): number => Math.ceil(probingMs(beatIntervalMs) / second) * second + 5 * second;

/** Undefined where one function in each region is enough. */
export function outgrown(config: Config): Outgrown | undefined {
  const most = Math.floor(probesWithin(config, memoryOfOneCoreMb));
  const asked = Math.ceil(probesPerRound(config));
  return asked > most ? { probesPerRound: asked, most } : undefined;
}

/** Monitors with longer intervals than the beat are spread evenly over its rounds. */
export const probesPerRound = ({ monitors, beatIntervalMs }: Config): number => monitors.reduce((due, { intervalMs }) => due + beatIntervalMs / intervalMs, 0);

function probesWithin(config: Config, memoryMb: number): number {
  const slower = Math.max(1, memoryOfOneCoreMb / memoryMb);
  return Math.max(0, (share * probingMs(config.beatIntervalMs)) / slower - turnCpuMs) / probeCpuMs;
}
