/** Orders as people read them in a terminal. */
import type { OrderView } from '../../src/core/orders/order-view';
import { row, table } from '../why/layout';
import { timeText } from '../why/words';

/** What was just ordered. */
export function orderText(orders: readonly OrderView[]): string {
  const lines = orders.flatMap((order) => [
    ...row('order', `${order.id}  ${order.kind} of ${order.of}`),
    ...row('', `from ${timeText(order.from)} until ${timeText(order.until)}, ${whoText(order)}`),
    ...row('', `to end it before: twinwatch unsilence ${order.id}`),
  ]);
  return `${lines.join('\n')}\n`;
}

/** What was just ended, and what goes on to hold all the same. */
export function endText(orders: readonly OrderView[]): string {
  const ended = orders.filter(({ state }) => state === 'over').flatMap(({ id, kind, of }) => row('ended', `${id}  ${kind} of ${of}: it is over now`));
  const goesOn = orders
    .filter(({ state }) => state !== 'over')
    .flatMap((order) => [
      ...row('goes on', `${order.id}  ${order.kind} of ${order.of} until ${timeText(order.until)}, ${whoText(order)}`),
      ...row('', `to end it, too: twinwatch unsilence ${order.id}`),
    ]);
  const lines = [...ended, ...goesOn];
  return `${lines.join('\n')}\n`;
}

const whoText = ({ by, why }: OrderView): string => `by ${by}${why === null ? '' : ` (${why})`}`;

export function ordersText(orders: readonly OrderView[]): string {
  if (orders.length === 0) return 'no orders: nothing is silenced, taken or under maintenance by anybody\n';
  const rows = orders.map((order) => [
    order.id,
    order.kind,
    order.state,
    `${order.of}: ${order.state === 'to come' ? `from ${timeText(order.from)} ` : ''}until ${timeText(order.until)}, ${whoText(order)}`,
  ]);
  return `${table('orders', rows).join('\n')}\n`;
}
