/** `telegram`: a chat that a bot of Telegram may write to. */
import * as z from 'zod';
import { map } from '../pieces';
import type { ChannelKind } from './channel-kind';
import { key, own, secretUrl, urlDestination } from './pieces';

const schema = map({
  token: key('The token of a bot, by reference.', `\${secret:twinwatch/telegram}`),
  chat: z
    .string(own('chat'))
    .refine((value) => /^(-?\d{1,20}|@\w{3,64}|\$\{secret:[^}]*\})$/.test(value), own('chat'))
    .meta({ description: 'The number of a chat, or the name of a public one.', examples: ['-1001234567890', '@my_channel'] }),
  url: secretUrl('Where its API begins.', 'https://api.telegram.org').optional(),
});

export const telegram: ChannelKind<'telegram', typeof schema> = {
  key: 'telegram',
  schema,
  build: (name, { token, chat, url = 'https://api.telegram.org' }) => ({ kind: 'telegram', name, token, chat, url }),
  provider: () => 'telegram',
  addresses: urlDestination,
};
