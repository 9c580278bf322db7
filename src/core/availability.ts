/** What may be claimed of a window of time: how much of what is known was up, how much is known, and between what the truth lies. */
import type { Timeline } from './timeline';

export type Spent = Pick<Timeline, 'upMs' | 'downMs' | 'unknownMs'>;

/** Shares of one, exactly as they divide; paused time is in none of them. `null` where there is nothing to divide by. */
export interface Availability {
  /** Up, of the time that is known. */
  readonly known: number | null;
  /** Known, of all time. */
  readonly coverage: number | null;
  /** The truth lies between: all unknown time was down, or all of it was up. */
  readonly bounds: readonly [least: number, most: number] | null;
}

export function availabilityOf({ upMs, downMs, unknownMs }: Spent): Availability {
  const knownMs = upMs + downMs;
  const allMs = knownMs + unknownMs;
  return {
    known: knownMs === 0 ? null : upMs / knownMs,
    coverage: allMs === 0 ? null : knownMs / allMs,
    bounds: allMs === 0 ? null : [upMs / allMs, (upMs + unknownMs) / allMs],
  };
}

/** Such as `99.988 % known · coverage 99.727 % · 99.715–99.988 %`, or `no data`. */
export function availabilityText(spent: Spent): string {
  const { known, coverage, bounds } = availabilityOf(spent);
  if (coverage === null || bounds === null) return 'no data';
  if (known === null) return `no data · coverage ${percentText(coverage)} %`;
  return `${percentText(known)} % known · coverage ${percentText(coverage)} % · ${percentText(bounds[0])}–${percentText(bounds[1])} %`;
}

/** Three decimals. Only all of it is `100`, and only nothing is `0`. */
export function percentText(share: number): string {
  if (share === 0 || share === 1) return String(share * 100);
  return Math.min(99.999, Math.max(0.001, share * 100)).toFixed(3);
}
