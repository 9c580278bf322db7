/** The JSON of `/api/orders`: what was ordered, and whether it holds. Times are ISO strings. */
import type { Instant } from '../basics/brand';
import { isoTime } from '../basics/time';
import { scopeText } from '../scope';
import { asTheyStand, holdsAt, type Order } from './order';

export interface OrderView {
  readonly id: string;
  readonly kind: 'ack' | 'silence' | 'maintenance';
  /** Such as `shop, group payments`, or the incident. */
  readonly of: string;
  readonly by: string;
  readonly why: string | null;
  readonly from: string;
  readonly until: string;
  readonly state: 'holds' | 'to come' | 'over';
}

/** What holds first, then what is to come, then what is over, newest first. */
export function orderViews(orders: readonly Order[], now: Instant): readonly OrderView[] {
  const views = asTheyStand(orders).flatMap((order) => viewOf(order, now));
  return views.sort((one, other) => states.indexOf(one.state) - states.indexOf(other.state) || (one.until < other.until ? 1 : -1));
}

const states: readonly OrderView['state'][] = ['holds', 'to come', 'over'];

function viewOf(order: Order, now: Instant): readonly OrderView[] {
  const { id, by, why = null, from, to, asked } = order;
  if (asked.kind === 'end') return [];
  const of = asked.kind === 'ack' ? `${asked.incident} (${asked.key})` : scopeText(asked.of);
  const state = holdsAt(order, now) ? 'holds' : from > now && to > from ? 'to come' : 'over';
  return [{ id, kind: asked.kind, of, by, why, from: isoTime(from), until: isoTime(to), state }];
}
