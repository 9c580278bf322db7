/**
 * What an operator asked: immutable, with who and until when, and over by itself then. Ending one before its time is another order.
 * Each is written under the key of one region, whichever took it, and read by all.
 */
import type { IncidentId, Instant, RegionId } from '../basics/brand';
import { isoTime } from '../basics/time';
import type { Scope } from '../scope';
import { type Item, type Key, orderKey } from '../table';
import type { Stretch } from '../timeline';

export type Asked =
  /** Somebody sees to this incident: no reminders. */
  | { readonly kind: 'ack'; readonly key: string; readonly incident: IncidentId }
  /** Nothing new is told of these. */
  | { readonly kind: 'silence'; readonly of: Scope }
  /** The same, and their time is counted as paused. */
  | { readonly kind: 'maintenance'; readonly of: Scope }
  /** Another order is over. */
  | { readonly kind: 'end'; readonly order: string };

/** From when and until when it holds. */
export interface Order extends Stretch {
  readonly id: string;
  /** Under whose key it is written. */
  readonly region: RegionId;
  /** When it was given, by the clock of who gave it. */
  readonly at: Instant;
  /** Who gave it. */
  readonly by: string;
  readonly why?: string | undefined;
  readonly asked: Asked;
}

/** Orders that are over are kept as long as logs: what they made of the past stays told. */
const keptDays = 400;

export function encodeOrder({ region, id, ...body }: Order): Item {
  const ttl = Math.floor(body.to / 1000) + keptDays * 86_400;
  return { ...keyOf({ region, id, to: body.to }), v: 1, at: body.at, body: JSON.stringify(body), ttl };
}

/** The time at which it ends comes first: what is over need not be read. */
export const keyOf = ({ region, id, to }: Pick<Order, 'region' | 'id' | 'to'>): Key => orderKey(region, `${isoTime(to)}#${id}`);

/** One item is read at many looks. */
const decoded = new WeakMap<Item, Order>();

/** Undefined for an item that is no order of this version: it is skipped, not fatal. */
export function decodeOrder(item: Item): Order | undefined {
  const known = decoded.get(item);
  if (known !== undefined) return known;
  const order = decode(item);
  if (order !== undefined) decoded.set(item, order);
  return order;
}

function decode({ pk, sk, body }: Item): Order | undefined {
  const [kind, region] = pk.split('#');
  const [, id] = sk.split('#');
  const order = typeof body === 'string' ? parsed(body) : undefined;
  if (kind !== 'ORDER' || region === undefined || id === undefined || order === undefined) return undefined;
  return { ...order, id, region: region as RegionId };
}

const knownKinds: readonly string[] = ['ack', 'silence', 'maintenance', 'end'] satisfies readonly Asked['kind'][];

function parsed(json: string): Order | undefined {
  try {
    const value = JSON.parse(json) as Partial<Order> | null;
    const isOrder = typeof value?.from === 'number' && typeof value.to === 'number' && typeof value.by === 'string';
    return isOrder && knownKinds.includes(String(value.asked?.kind)) ? (value as Order) : undefined;
  } catch {
    return undefined;
  }
}

/** The same orders without those that only end others; what was ended is over since then. */
export function asTheyStand(orders: readonly Order[]): readonly Order[] {
  const ends = new Map<string, number>();
  for (const { asked, at } of orders) if (asked.kind === 'end') ends.set(asked.order, Math.min(at, ends.get(asked.order) ?? at));
  return orders.flatMap((order) => {
    if (order.asked.kind === 'end') return [];
    const endedAt = ends.get(order.id) ?? order.to;
    return [endedAt < order.to ? { ...order, to: Math.max(order.from, endedAt) as Instant } : order];
  });
}

export const holdsAt = ({ from, to }: Stretch, at: Instant): boolean => from <= at && at < to;
