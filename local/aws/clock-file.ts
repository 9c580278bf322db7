/** How a running environment learns that its clock is off: from a file in the folder of its region, read again at a signal. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const clockFile = (dataDir: string): string => join(dataDir, 'clock-off-ms');

/** Nobody else uses it: the inspector of Node waits for `SIGUSR1`. */
export const clockSignal = 'SIGUSR2';

export function writeClockOff(dataDir: string, offMs: number): void {
  if (offMs === 0) rmSync(clockFile(dataDir), { force: true });
  else writeFileSync(clockFile(dataDir), String(offMs));
}

/** 0 where there is no such file. */
export function readClockOff(dataDir: string): number {
  try {
    return Number(readFileSync(clockFile(dataDir), 'utf8')) || 0;
  } catch {
    return 0;
  }
}
