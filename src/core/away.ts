/**
 * Under which other names a function has written, said in what it writes at home: a region that could not write at home wrote to another
 * replica, under a name of its own. Whoever has just seen it write at home need not look for what is there under none of the others.
 */
import { type RegionId, regionId } from './basics/brand';
import type { Item } from './table';

const attribute = 'away';
const nowhere = '-';

/** To be written with a head, or a watch record. */
export const awayFields = (replicas: Iterable<RegionId>): Readonly<Record<string, string>> => ({ [attribute]: [...replicas].sort().join(' ') || nowhere });

/** Undefined where the item does not say, as those of earlier versions. */
export function awayIn(item: Item): readonly RegionId[] | undefined {
  const said = item[attribute];
  if (typeof said !== 'string') return undefined;
  return said === nowhere ? [] : said.split(' ').map(regionId);
}
