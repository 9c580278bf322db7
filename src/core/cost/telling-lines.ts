/** What it costs to tell people. */
import { allRegions, type Channel, type Config } from '../config/config';
import { type BillLine, line } from './bill-line';
import { priceListOf } from './prices';

export const incidentsPerMonth = 20;
/** Opened, announced and receipted, and the same of its end; the other regions may note it. */
export const logEntriesPerIncident = 8;
export const logEntryBytes = 1500;

/** That it opened, and that it is over. */
const messagesPerMonth = 2 * incidentsPerMonth;

/** Whoever speaks tells its own topic: over a month all regions do. Text messages cost what their country says; queues and the relay cost next to nothing. */
export function tellingLines({ regions, channels }: Config): readonly BillLine[] {
  const every = allRegions(regions);
  const countOf = (wanted: Channel['kind']): number => channels.filter(({ kind }) => kind === wanted).length;
  return every.flatMap((region) => {
    const { prices } = priceListOf(region);
    const messages = messagesPerMonth / every.length;
    const of = (what: string, quantity: number, unit: string, price: number) => line({ service: 'SNS', region, what }, { quantity, unit, price });
    return [
      of('messages', messages, 'messages', prices.topicPublish),
      of('e-mails', messages * countOf('email'), 'e-mails', prices.emailDelivery),
      of('webhooks', messages * countOf('webhook'), 'posts', prices.webhookDelivery),
    ];
  });
}
