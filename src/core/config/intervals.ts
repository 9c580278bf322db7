/** Which intervals fit the grid of minutes that schedules run on. */
import { hour, minute, second } from '../basics/time';

/** Seconds that divide a minute without a rest. */
const secondsOfGrid = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];
const intervalMsMax = 24 * hour;

export function isOnGrid(intervalMs: number): boolean {
  if (intervalMs < minute) return secondsOfGrid.some((seconds) => seconds * second === intervalMs);
  return intervalMs % minute === 0 && intervalMs <= intervalMsMax;
}

/** The allowed intervals just below and just above one that is not allowed. */
export function nearestIntervals(intervalMs: number): readonly number[] {
  const around = intervalMs < minute ? [...secondsOfGrid.map((seconds) => seconds * second), minute] : minutesAround(intervalMs);
  const below = around.filter((candidate) => candidate <= intervalMs).at(-1);
  const above = around.find((candidate) => candidate >= intervalMs);
  return [below, above].filter((candidate) => candidate !== undefined);
}

function minutesAround(intervalMs: number): readonly number[] {
  const below = Math.floor(intervalMs / minute) * minute;
  return [below, below + minute].filter((candidate) => candidate <= intervalMsMax).concat(below >= intervalMsMax ? [intervalMsMax] : []);
}

/** The greatest interval that hits every monitor's grid, at most a minute. */
export const beatIntervalOf = (intervalsMs: readonly number[]): number => intervalsMs.reduce(greatestCommonDivisor, minute);

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
