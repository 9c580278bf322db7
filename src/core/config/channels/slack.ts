/** `slack`: an incoming webhook of Slack. */
import * as z from 'zod';
import { map } from '../pieces';
import type { ChannelKind } from './channel-kind';
import { mention, secretUrl, urlDestination } from './pieces';

const url = secretUrl('The URL of an incoming webhook, by reference.', `\${secret:twinwatch/slack}`);
const schema = z.union([url, map({ url, mention: mention('<!here>').optional() })], { error: 'url' });

export const slack: ChannelKind<'slack', typeof schema> = {
  key: 'slack',
  schema,
  build: (name, source) => ({ kind: 'slack', name, ...(typeof source === 'string' ? { url: source } : source) }),
  provider: () => 'slack',
  addresses: urlDestination,
};
