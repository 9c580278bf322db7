/** Every kind of channel, by its key: exactly one of them stands in each channel. */
import type * as z from 'zod';
import { isMap } from '../plain-value';
import { amazonq } from './amazonq';
import type { Channel } from './channel';
import type { ChannelKind } from './channel-kind';
import { discord } from './discord';
import { email } from './email';
import { ntfy } from './ntfy';
import { opsgenie } from './opsgenie';
import { pagerduty } from './pagerduty';
import { post } from './post';
import { slack } from './slack';
import { sms } from './sms';
import { sqs } from './sqs';
import { teams } from './teams';
import { telegram } from './telegram';
import { webhook } from './webhook';

/** In the order in which they are named to people. */
export const channelKinds = { email, webhook, sms, sqs, slack, teams, discord, pagerduty, opsgenie, ntfy, telegram, amazonq, post } as const;

export type ChannelKey = keyof typeof channelKinds;
export const channelKeys = Object.keys(channelKinds) as readonly ChannelKey[];

/** A kind of which only what all have in common is known. */
type AnyChannelKind = Omit<ChannelKind<Channel['kind'], z.ZodType>, 'build'> & { readonly build: (name: string, source: unknown) => Channel };
export const channelKindOf = (key: ChannelKey): AnyChannelKind => channelKinds[key] as unknown as AnyChannelKind;

/** The kinds that a channel names, validated or not. */
export const channelKeysIn = (channel: unknown): readonly ChannelKey[] => (isMap(channel) ? channelKeys.filter((key) => channel[key] !== undefined) : []);
