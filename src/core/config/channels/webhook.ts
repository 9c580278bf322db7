/** `webhook`: a URL to which SNS posts, in its own envelope. */
import { url } from '../pieces';
import type { ChannelKind } from './channel-kind';
import { hostOf, urlDestination } from './pieces';

const schema = url("A URL that receives posts in SNS's envelope.", 'https://ops.example.com/hook');

export const webhook: ChannelKind<'webhook', typeof schema> = {
  key: 'webhook',
  schema,
  build: (name, address) => ({ kind: 'webhook', name, url: address }),
  provider: hostOf,
  addresses: urlDestination,
};
