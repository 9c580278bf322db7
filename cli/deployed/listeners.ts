/** Whether everybody whom the configuration names listens to the topic of a region. */
import type { Listener } from '../../src/adapters/sns/subscriptions';
import type { RegionId } from '../../src/core/basics/brand';
import type { Channel } from '../../src/core/config/config';

export type Listening = 'listens' | 'unconfirmed' | 'missing';

export function listeningOf(channel: Channel, listeners: readonly Listener[]): Listening {
  const own = listeners.filter(({ endpoint }) => endpoint === endpointOf(channel));
  if (own.length === 0) return 'missing';
  return own.some(({ isConfirmed }) => isConfirmed) ? 'listens' : 'unconfirmed';
}

const endpointOf = (channel: Channel): string => (channel.kind === 'email' ? channel.address : channel.url);

/** What is to be done about it. */
export function listeningWords(channel: Channel, listening: Exclude<Listening, 'listens'>, region: RegionId): string {
  if (listening === 'missing') return `${channel.name} is not subscribed to the topic of ${region}: deploy the stack of ${region} again, from this file`;
  const how =
    channel.kind === 'email'
      ? `click the link in the mail that SNS has sent to ${channel.address}`
      : `let ${channel.name} fetch the SubscribeURL that SNS has posted to it`;
  return `${channel.name} has not confirmed that it listens to the topic of ${region}: ${how}; until then it is told nothing from there`;
}
