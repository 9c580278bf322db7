/** The machine, by two clocks that nobody sets: on Linux one of them stands still while it sleeps. */
import { uptime } from 'node:os';
import type { Machine } from '../engine/ports';

const nanosecondsPerMs = 1_000_000n;

/** Where both clocks go on through a sleep, as on macOS and Windows, the difference never changes. */
export const systemMachine: Machine = machineOf({ bootMs: () => uptime() * 1000, awakeMs: () => Number(process.hrtime.bigint() / nanosecondsPerMs) });

export function machineOf({ bootMs, awakeMs }: { readonly bootMs: () => number; readonly awakeMs: () => number }): Machine {
  return { sleptMs: () => Math.max(0, Math.round(bootMs() - awakeMs())) };
}
