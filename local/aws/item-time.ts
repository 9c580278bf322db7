/** The hidden attributes by which replicas agree which of two items is newer. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Fields } from './aws-call';

const itemTimeAttribute = 'aws:rep:updatetime';
const itemRegionAttribute = 'aws:rep:updateregion';

export class ItemClock {
  readonly #region: RegionId;
  readonly #now: () => number;
  #ms = 0;
  #tick = 0;

  constructor(region: RegionId, now: () => number) {
    this.#region = region;
    this.#now = now;
  }

  /** The item with its time: milliseconds, and a count that keeps two writes of one millisecond apart. */
  stamp(item: Fields): Fields {
    const ms = Math.max(this.#now(), this.#ms);
    this.#tick = ms === this.#ms ? this.#tick + 1 : 0;
    this.#ms = ms;
    const time = `${ms}.${String(this.#tick).padStart(6, '0')}`;
    return { ...item, [itemTimeAttribute]: { N: time }, [itemRegionAttribute]: { S: this.#region } };
  }
}

/** What makes the put of a replicated item take effect only where it is newer; of two of one time the greater region wins. */
export function newerThanStored(item: Fields): Fields {
  return {
    ConditionExpression: 'attribute_not_exists(#t) OR #t < :t OR (#t = :t AND #r < :r)',
    ExpressionAttributeNames: { '#t': itemTimeAttribute, '#r': itemRegionAttribute },
    ExpressionAttributeValues: { ':t': item[itemTimeAttribute], ':r': item[itemRegionAttribute] },
  };
}
