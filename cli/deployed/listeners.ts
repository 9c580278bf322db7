/** Whether everybody whom the configuration names listens to the topic of a region. */
import type { Listener } from '../../src/adapters/sns/subscriptions';
import type { RegionId } from '../../src/core/basics/brand';
import { isRelayed, shownEndpoint } from '../../src/core/config/channels/channel';
import type { Channel } from '../../src/core/config/config';
import { functionName } from '../../src/core/names';

export type Listening = 'listens' | 'unconfirmed' | 'missing';

export function listeningOf(channel: Channel, listeners: readonly Listener[]): Listening {
  const own = listeners.filter(isOf(channel));
  if (own.length === 0) return 'missing';
  return own.some(({ isConfirmed }) => isConfirmed) ? 'listens' : 'unconfirmed';
}

/** What the relay delivers to is heard by the relay. */
function isOf(channel: Channel): (listener: Listener) => boolean {
  if (isRelayed(channel)) return ({ protocol, endpoint }) => protocol === 'lambda' && endpoint.endsWith(`:${functionName('relay')}`);
  return ({ endpoint }) => endpoint === shownEndpoint(channel);
}

/** What is to be done about it. */
export function listeningWords(channel: Channel, listening: Exclude<Listening, 'listens'>, region: RegionId): string {
  if (listening === 'missing') return `${channel.name} is not subscribed to the topic of ${region}: deploy the stack of ${region} again, from this file`;
  const how =
    channel.kind === 'email'
      ? `click the link in the mail that SNS has sent to ${channel.address}`
      : `let ${channel.name} fetch the SubscribeURL that SNS has posted to it`;
  return `${channel.name} has not confirmed that it listens to the topic of ${region}: ${how}; until then it is told nothing from there`;
}
