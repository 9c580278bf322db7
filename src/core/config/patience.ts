/** How patient each monitor is: its own words, else the defaults of the file, else ours. */
import { minute, second } from '../basics/time';
import type { RegionsToPage } from './config';
import { parseDuration } from './durations';
import type { PlainMap } from './plain-value';

const intervalMsByDefault = minute;
const timeoutMsByDefault = 10 * second;
const countByDefault = 2;
const regionsToPageByDefault = 'majority';

/** Values that are not readable are absent: the schema has already complained. */
export interface Patience {
  readonly intervalMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly downAfter?: number | undefined;
  readonly upAfter?: number | undefined;
  readonly regionsToPage?: RegionsToPage | undefined;
}

export function patienceOf(monitor: PlainMap, defaults: PlainMap): Patience {
  const written = (key: string): unknown => monitor[key] ?? defaults[key];
  const intervalMs = durationOr(written('interval'), intervalMsByDefault);
  return {
    intervalMs,
    timeoutMs: durationOr(written('timeout'), intervalMs === undefined ? undefined : Math.min(timeoutMsByDefault, intervalMs / 2)),
    downAfter: countOr(written('downAfter')),
    upAfter: countOr(written('upAfter')),
    regionsToPage: regionsToPageOr(written('page')),
  };
}

const durationOr = (value: unknown, otherwise: number | undefined): number | undefined => (value === undefined ? otherwise : parseDuration(value));

function countOr(value: unknown): number | undefined {
  if (value === undefined) return countByDefault;
  return typeof value === 'number' ? value : undefined;
}

function regionsToPageOr(value: unknown): RegionsToPage | undefined {
  if (value === undefined) return regionsToPageByDefault;
  return value === 'all' || value === 'majority' || value === 'any' || typeof value === 'number' ? value : undefined;
}
