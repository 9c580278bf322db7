/** Whether everybody whom the configuration names listens to the topics of a region. */
import type { Listener } from '../../src/adapters/sns/subscriptions';
import type { RegionId } from '../../src/core/basics/brand';
import { areFiltered, isRelayed, shownEndpoint } from '../../src/core/config/channels/channel';
import type { Channel, Config } from '../../src/core/config/config';
import { alarmTopicName, functionName, topicName } from '../../src/core/names';

export interface Listening {
  readonly state: 'listens' | 'unconfirmed' | 'missing';
  /** What is so, and what is to be done about it. */
  readonly said: string;
}

/** Of each channel, at each topic of a region. */
export function listeningOf(config: Pick<Config, 'channels' | 'routes'>, listeners: readonly Listener[], region: RegionId): readonly Listening[] {
  const topics = areFiltered(config) ? [topicName, alarmTopicName] : [topicName];
  return config.channels.flatMap((channel) =>
    topics.map((topic): Listening => {
      const own = listeners.filter((listener) => listener.topic === topic && isOf(channel)(listener));
      const state = own.length === 0 ? 'missing' : own.some(({ isConfirmed }) => isConfirmed) ? 'listens' : 'unconfirmed';
      return { state, said: words(channel, state, topic === topicName ? `the topic of ${region}` : `the topic of the alarms of ${region}`) };
    }),
  );
}

/** What the relay delivers to is heard by the relay. */
function isOf(channel: Channel): (listener: Listener) => boolean {
  if (isRelayed(channel)) return ({ protocol, endpoint }) => protocol === 'lambda' && endpoint.endsWith(`:${functionName('relay')}`);
  return ({ endpoint }) => endpoint === shownEndpoint(channel);
}

function words(channel: Channel, state: Listening['state'], topic: string): string {
  const { name } = channel;
  if (state === 'listens') return `${name} listens to ${topic}`;
  if (state === 'missing') return `${name} is not subscribed to ${topic}: deploy the stack of that region again, from this file`;
  const how =
    channel.kind === 'email'
      ? `click the link in the mail that SNS has sent to ${channel.address}`
      : `let ${name} fetch the SubscribeURL that SNS has posted to it`;
  return `${name} has not confirmed that it listens to ${topic}: ${how}; until then it is told nothing from there`;
}
