/** What the topics are subscribed to on behalf of a channel; the relay is subscribed once for all of its own. */
import type { SnsChannel } from './channel';

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
