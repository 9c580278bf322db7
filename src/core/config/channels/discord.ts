/** `discord`: a webhook of Discord. */
import * as z from 'zod';
import { map } from '../pieces';
import type { ChannelKind } from './channel-kind';
import { mention, secretUrl, urlDestination } from './pieces';

const url = secretUrl('The URL of a webhook, by reference.', `\${secret:twinwatch/discord}`);
const schema = z.union([url, map({ url, mention: mention('<@&1234567890>').optional() })], { error: 'url' });

export const discord: ChannelKind<'discord', typeof schema> = {
  key: 'discord',
  schema,
  build: (name, source) => ({ kind: 'discord', name, ...(typeof source === 'string' ? { url: source } : source) }),
  provider: () => 'discord',
  addresses: urlDestination,
};
