/** `opsgenie`: alerts of Opsgenie, or of what speaks its API. */
import { map } from '../pieces';
import type { ChannelKind } from './channel-kind';
import { key, secretUrl, urlDestination } from './pieces';

const schema = map({
  key: key('The key of an API integration, by reference.', `\${secret:twinwatch/opsgenie}`),
  url: secretUrl('Where its API begins; in the EU https://api.eu.opsgenie.com.', 'https://api.opsgenie.com').optional(),
});

export const opsgenie: ChannelKind<'opsgenie', typeof schema> = {
  key: 'opsgenie',
  schema,
  build: (name, { key: apiKey, url = 'https://api.opsgenie.com' }) => ({ kind: 'opsgenie', name, key: apiKey, url }),
  provider: () => 'opsgenie',
  addresses: urlDestination,
};
