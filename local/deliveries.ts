/** What left the topics through their subscriptions, newest first: one row per message and subscription, with its latest status. */
import type { DeliveryEvent } from './aws/edge-messages';

const mostKept = 50;

export class Deliveries {
  #newestFirst: readonly DeliveryEvent[] = [];

  add(delivery: DeliveryEvent): void {
    const others = this.#newestFirst.filter((known) => known.messageId !== delivery.messageId || known.subscription !== delivery.subscription);
    this.#newestFirst = [delivery, ...others].slice(0, mostKept);
  }

  list(): readonly DeliveryEvent[] {
    return this.#newestFirst;
  }
}
