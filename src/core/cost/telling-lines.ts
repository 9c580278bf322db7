/** What it costs to tell people. */
import type { RegionId } from '../basics/brand';
import { day, second } from '../basics/time';
import { alwaysOnOf } from '../config/channels/channel';
import { allRegions, type Channel, type Config } from '../config/config';
import { leastMemoryMb } from '../function-size';
import { hasRelay } from '../region-functions';
import { type BillLine, gigabyte, hoursPerMonth, line } from './bill-line';
import { logged, logsKeptMonths } from './function-lines';
import { priceListOf, textMessages } from './prices';

export const incidentsPerMonth = 20;
/** Opened, announced and receipted, and the same of its end; the other regions may note it. */
export const logEntriesPerIncident = 8;
export const logEntryBytes = 1500;

/** That it opened, and that it is over. */
const messagesPerMonth = 2 * incidentsPerMonth;
/** Channels of the relay are tested each week, from every region. */
const testsPerMonth = (hoursPerMonth * 3_600_000) / (7 * day);
/** Reads what others have told, waits for whoever takes it, and writes that down. */
const relayMs = 2 * second;

/** Whoever speaks tells its own topic: over a month all regions do. Queues, and what SNS hands to the relay, cost nothing besides. */
export function tellingLines(config: Config): readonly BillLine[] {
  return allRegions(config.regions).flatMap((region) => [...topicLines(config, region), ...relayLines(config, region)]);
}

function topicLines({ regions, channels, ...config }: Config, region: RegionId): readonly BillLine[] {
  const { prices } = priceListOf(region);
  const messages = messagesPerMonth / allRegions(regions).length;
  const countOf = (wanted: Channel['kind']): number => channels.filter(({ kind }) => kind === wanted).length;
  const american = channels.filter((channel) => channel.kind === 'sms' && channel.number.startsWith(textMessages.unitedStates.prefix)).length;
  const of = (what: string, quantity: number, unit: string, price: number) => line({ service: 'SNS', region, what }, { quantity, unit, price });
  return [
    of('messages', messages + ownMessages({ regions, channels, ...config }, region), 'messages', prices.topicPublish),
    of('e-mails', messages * countOf('email'), 'e-mails', prices.emailDelivery),
    of('webhooks', messages * countOf('webhook'), 'posts', prices.webhookDelivery),
    of('text messages, to +1', messages * american, 'text messages', textMessages.unitedStates.usd),
    of('text messages, elsewhere', messages * (countOf('sms') - american), 'text messages', textMessages.elsewhere.usd),
  ];
}

/** What is sent while all is well: tests, and signs of life each hour. */
function ownMessages({ channels }: Config, region: RegionId): number {
  const signs = channels.filter((channel) => alwaysOnOf(channel) === region).length > 0 ? hoursPerMonth : 0;
  return (hasRelay({ channels }) ? testsPerMonth : 0) + signs;
}

function relayLines(config: Config, region: RegionId): readonly BillLine[] {
  if (!hasRelay(config)) return [];
  const { prices } = priceListOf(region);
  const messages = relayedPerMonth(config, region);
  const gbSeconds = (messages * relayMs * leastMemoryMb) / 1024 / second;
  const price = prices.logGbIngested + logsKeptMonths * prices.logGbMonth;
  return [
    line({ service: 'Lambda', region, what: 'relay requests' }, { quantity: messages, unit: 'requests', price: prices.lambdaRequest }),
    line({ service: 'Lambda', region, what: 'relay running' }, { quantity: gbSeconds, unit: 'GB-seconds', price: prices.lambdaArmGbSecond }),
    line({ service: 'CloudWatch Logs', region, what: 'relay log' }, { quantity: (messages * logged.invocationBytes) / gigabyte, unit: 'GB', price }),
  ];
}

/** It hears all that its topic says. */
export const relayedPerMonth = (config: Config, region: RegionId): number => messagesPerMonth / allRegions(config.regions).length + ownMessages(config, region);

/** What is taken for granted of text messages, where there are any. */
export function textMessageAssumptions({ channels }: Config): readonly string[] {
  if (!channels.some(({ kind }) => kind === 'sms')) return [];
  const { unitedStates, elsewhere, url } = textMessages;
  return [
    `a text message costs what its country and carrier ask: here ${unitedStates.usd} to ${unitedStates.prefix} and ${elsewhere.usd} to any other number, one part each; look yours up at ${url}`,
    'a number of your own to send text messages from, which some countries demand, is not counted',
  ];
}
