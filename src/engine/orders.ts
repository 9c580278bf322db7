/** Orders as replicas have them: read by every region, and written where one is taken. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { day, isoTime } from '../core/basics/time';
import { decodeOrder, encodeOrder, keyOf, type Order } from '../core/orders/order';
import type { Draft } from '../core/orders/request';
import { orderPartition } from '../core/table';
import type { Replica } from './ports';

/** Nothing planned is longer, and nothing that was quiet before is asked about. */
const lookBackMs = 8 * day;
const lastSortKey = '~';

/** All that are not over since before `since`, of every region. Throws what the replica throws. */
export async function readOrders(replica: Replica, regions: readonly RegionId[], since: Instant): Promise<readonly Order[]> {
  const from = isoTime(since);
  const partitions = await Promise.all(regions.map((region) => replica.query(orderPartition(region), from, lastSortKey)));
  return partitions.flat().flatMap((item) => decodeOrder(item) ?? []);
}

export const sinceForLooks = (now: Instant): Instant => instant(Math.max(0, now - lookBackMs));

export interface Placing {
  /** In the order in which they are asked: the first one that takes it keeps it. */
  readonly replicas: readonly Replica[];
  /** Makes the name of an order, another one each time. */
  readonly nameOf: () => string;
}

/** Throws where no replica takes it. */
export async function placeOrder(draft: Draft, { replicas, nameOf }: Placing): Promise<Order> {
  const troubles: string[] = [];
  for (const replica of replicas) {
    const order: Order = { ...draft, id: nameOf(), region: replica.region };
    try {
      if ((await replica.putIfAbsent(encodeOrder(order))) === 'written') return order;
      troubles.push(`${replica.region} has an order ${keyOf(order).sk} already`);
    } catch (error) {
      troubles.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`no region took the order: ${troubles.join('; ')}`);
}
