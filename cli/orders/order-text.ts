/** Orders as people read them in a terminal. */
import type { OrderView } from '../../src/core/orders/order-view';
import { row, table } from '../why/layout';
import { timeText } from '../why/words';

/** What was just ordered. */
export function orderText(orders: readonly OrderView[]): string {
  const lines = orders.flatMap((order) => [
    ...row('order', `${order.id}  ${order.kind} of ${order.of}`),
    ...row('', order.state === 'over' ? 'it is over now' : `from ${timeText(order.from)} until ${timeText(order.until)}, by ${order.by}`),
    ...(order.state === 'over' ? [] : row('', `to end it before: twinwatch unsilence ${order.id}`)),
  ]);
  return `${lines.join('\n')}\n`;
}

export function ordersText(orders: readonly OrderView[]): string {
  if (orders.length === 0) return 'no orders: nothing is silenced, taken or under maintenance by anybody\n';
  const rows = orders.map(({ id, kind, of, by, why, from, until, state }) => [
    id,
    kind,
    state,
    `${of}: ${state === 'to come' ? `from ${timeText(from)} ` : ''}until ${timeText(until)}, by ${by}${why === null ? '' : ` (${why})`}`,
  ]);
  return `${table('orders', rows).join('\n')}\n`;
}
