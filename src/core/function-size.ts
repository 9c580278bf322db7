/** How much of a machine a function is given, from what its configuration asks of it; and when one function is not enough. */
import { probingMs } from './basics/time';
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

/** What a prober must have so that its rounds end in time; the largest, where none is enough. */
export function proberMemoryMb(config: Config): number {
  return sizesMb.find((memoryMb) => probesPerRound(config) <= probesWithin(config, memoryMb)) ?? memoryOfOneCoreMb;
}

export interface Outgrown {
  readonly probesPerRound: number;
  /** How many one function has time for, at its largest. */
  readonly most: number;
}

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
