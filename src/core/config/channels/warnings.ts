/** Channels that are allowed, and still worth a second thought: whoever is to be told must be told when one of them fails. */
import type { Fault } from '../mistakes';
import type { SourceConfig } from '../schema';
import { channelKeysIn, channelKindOf } from './channels';

type Written = NonNullable<SourceConfig['channels']>;

/** Subscribers and dead-man services are nobody who could help. */
export function channelWarnings(all: Written): readonly Fault[] {
  const channels = Object.fromEntries(
    Object.entries(all).filter(([, { post }]) => typeof post !== 'object' || (post.public !== true && post.alwaysOn === undefined)),
  );
  const count = Object.keys(channels).length;
  const advice = 'two channels or more that do not depend on each other are recommended';
  if (count === 0) return [{ path: ['channels'], problem: 'nobody is told of anything', advice }];
  if (count === 1) return [{ path: ['channels'], problem: 'there is one channel, and nobody is told when it fails', advice }];
  const [provider, ...others] = new Set(Object.values(channels).map(providerOf));
  if (others.length > 0) return [];
  return [
    {
      path: ['channels'],
      problem: `all channels depend on one provider (${provider}): when it fails, nobody is told`,
      advice: 'add a channel of another kind',
    },
  ];
}

function providerOf(channel: Written[string]): string {
  const [key] = channelKeysIn(channel);
  return key === undefined ? '' : channelKindOf(key).provider(channel[key] as never);
}
