/** What the topics are subscribed to on behalf of a channel; the relay is subscribed once for all of its own. */
import type { Config } from '../config';
import { isRelayed, type SnsChannel } from './channel';

export interface SnsSubscription {
  readonly protocol: 'email' | 'http' | 'https' | 'sms' | 'sqs';
  readonly endpoint: string;
}

export function subscriptionOf(channel: SnsChannel): SnsSubscription {
  switch (channel.kind) {
    case 'email':
      return { protocol: 'email', endpoint: channel.address };
    case 'webhook':
      return { protocol: channel.url.toLowerCase().startsWith('https:') ? 'https' : 'http', endpoint: channel.url };
    case 'sms':
      return { protocol: 'sms', endpoint: channel.number };
    case 'sqs':
      return { protocol: 'sqs', endpoint: channel.queue };
  }
}

/**
 * Whether some messages are not for every channel that SNS itself serves: routes leave some out, and tests and signs of life are for channels of the relay
 * alone. Then subscriptions have filter policies, and the alarms of CloudWatch, which would pass none, a topic of their own without any.
 */
export const areFiltered = ({ channels, routes = [] }: Pick<Config, 'channels' | 'routes'>): boolean =>
  channels.some((channel) => !isRelayed(channel)) && (routes.length > 0 || channels.some(isRelayed));
