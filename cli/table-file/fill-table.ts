/** Fills a table from a file that was checked: first a new epoch, then what the table was, oldest lines first. */
import type { WireItem } from '../../src/adapters/dynamodb/marshal';
import { marshal } from '../../src/adapters/dynamodb/marshal';
import type { WholeTable } from '../../src/adapters/dynamodb/whole-table';
import { regionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { firstOfEpochAfter } from '../../src/core/sequence';
import { claimKey, timeToLiveAttribute } from '../../src/core/table';
import { kindOf } from './lines';
import { timeOf } from './time-of';

export interface Filling {
  readonly table: WholeTable;
  readonly items: AsyncIterable<WireItem>;
  readonly epochs: ReadonlyMap<string, number>;
  /** What the newest of the items claims to be of, in ms since 1970. */
  readonly newestMs: number;
  /** In ms since 1970. */
  readonly now: number;
  /** Hears now and then how many items were looked at. */
  readonly progress: (items: number) => void;
}

export interface Filled {
  readonly written: number;
  /** What was there already and is newer, or cannot be compared. */
  readonly kept: number;
  readonly expired: number;
  /** Of a time that has not come, by a clock that was wrong; then what watchdogs had seen is worth nothing either. */
  readonly ahead: number;
}

/** Clocks of functions differ a little, and from that of whoever imports. */
const toleratedMs = minute;
/** So many writes are under way at once. */
const lanes = 16;

export async function fillTable({ table, items, epochs, newestMs, now, progress }: Filling): Promise<Filled> {
  const done = { written: 0, kept: 0, expired: 0, ahead: 0 };
  const latestMs = now + toleratedMs;
  const isAhead = (item: WireItem): boolean =>
    kindOf(item) !== 'CLAIM' && ((timeOf(item) ?? 0) > latestMs || (kindOf(item) === 'WATCH' && newestMs > latestMs));
  for (const [prober, epoch] of epochs) done[await table.putNewer(firstClaim(prober, epoch))] += 1;
  let looked = 0;
  const source = items[Symbol.asyncIterator]();
  const lane = async (): Promise<void> => {
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      const item = next.value;
      if (isExpired(item, now)) done.expired += 1;
      else if (isAhead(item)) done.ahead += 1;
      else if (kindOf(item) !== 'CLAIM') done[await table.putNewer(item)] += 1;
      looked += 1;
      progress(looked);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return done;
}

/** A claim of the file is over: in its place stands one of a new epoch, in which no slot is taken yet. */
function firstClaim(prober: string, epoch: number): WireItem {
  const [region = '', shard = ''] = prober.split(' ');
  return marshal({ ...claimKey(regionId(region), shard), v: 1, seq: firstOfEpochAfter(epoch) });
}

const isExpired = (item: WireItem, now: number): boolean => Number(item[timeToLiveAttribute]?.N ?? Number.POSITIVE_INFINITY) * second < now;
