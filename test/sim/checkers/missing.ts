/**
 * S7: a region whose clock is set again and again, while more is wrong with it as well, counts as one that is missing. Nobody can measure
 * its silence by what it writes, and it can measure nobody's.
 */
import type { RegionId } from '../../../src/core/basics/brand';
import { minute } from '../../../src/core/basics/time';
import type { Evidence } from './evidence';
import { harmedTimes, type Taken } from './harm';
import { touches } from './intervals';

/** Conditions that rest on the passing of time before the eyes of the observer. */
export const measured: readonly string[] = ['silent', 'hung', 'stopped', 'watcher-silent', 'alone', 'unwatched'];

/** What keeps it from going on at the pace of time. */
const interrupting: readonly Taken[] = ['rounds', 'some-rounds', 'looks', 'some-looks', 'store', 'rights'];

export function isMissing(region: RegionId, at: number, { harms, config }: Evidence): boolean {
  const time = { begins: at - config.watch.tolerateMs - 2 * config.beatIntervalMs - 2 * minute, ends: at };
  const isHarmed = (kinds: readonly Taken[]): boolean => harmedTimes(harms, region, kinds).some((harm) => touches(harm, time));
  return isHarmed(['steady-clock']) && isHarmed(interrupting);
}
