/**
 * A bad member behind a balancer fails now and then, and never often enough in a row. Such a service is up and flaky: of the
 * latest 20 samples of all fresh regions together at least 4 failed, in at least 3 separate runs. What a region missed counts as good.
 */
import type { RegionId, Slot } from './basics/brand';
import { second } from './basics/time';
import type { Monitor } from './config/config';
import { rememberedOutcomes, type Sample } from './health';
import type { Standing } from './standing';

const leastFailures = 4;
const leastRuns = 3;

interface Heard {
  readonly region: RegionId;
  readonly sample: Sample;
}

/** What was told as flaky is so until nothing of it is left: as many good samples in a row as were looked at. */
export function isFlaky(fresh: readonly Heard[], { monitor, standing }: { readonly monitor: Monitor; readonly standing: Standing }): boolean {
  const share = Math.ceil(rememberedOutcomes / fresh.length);
  if (standing.isFlaky) return fresh.some(({ sample }) => !sample.ok || sample.run < share);
  if (fresh.every(({ sample }) => sample.failedBits === 0)) return false;
  const seen = fresh.map(({ region, sample }) => {
    const count = sinceResolved(sample, standing.resolvedOn?.[region], monitor.intervalMs);
    return sample.failedBits & lowest(Math.min(share, count));
  });
  return failuresOf(seen) >= leastFailures && runsOf(seen) >= leastRuns;
}

/** How many of the newest intervals came after the last resolution. */
const sinceResolved = ({ slot }: Sample, resolvedOn: Slot | undefined, intervalMs: number): number =>
  resolvedOn === undefined ? rememberedOutcomes : Math.max(0, Math.ceil(((slot - resolvedOn) * second) / intervalMs));

const lowest = (count: number): number => 2 ** Math.min(count, rememberedOutcomes) - 1;

const failuresOf = (seen: readonly number[]): number => seen.reduce((sum, bits) => sum + ones(bits), 0);

/**
 * Runs are counted in each region by itself, and in all together, where a round fails if any region saw it fail: an outage
 * is one run, whether all see it or one alone does, and regions that take turns at failing fail often.
 */
const runsOf = (seen: readonly number[]): number => Math.max(beginnings(seen.reduce((any, bits) => any | bits, 0)), ...seen.map(beginnings));

/** A run begins where a failure has no failure before it. */
const beginnings = (bits: number): number => ones(bits & ~(bits >>> 1));

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
