/** `pagerduty`: a service of PagerDuty, by its Events API v2. */
import { map } from '../pieces';
import type { ChannelKind } from './channel-kind';
import { key, secretUrl, urlDestination } from './pieces';

const schema = map({
  key: key('The integration key of a service, by reference.', `\${secret:twinwatch/pagerduty}`),
  url: secretUrl(
    'Where events are sent; for the service region EU https://events.eu.pagerduty.com/v2/enqueue.',
    'https://events.pagerduty.com/v2/enqueue',
  ).optional(),
});

export const pagerduty: ChannelKind<'pagerduty', typeof schema> = {
  key: 'pagerduty',
  schema,
  build: (name, { key: routing, url = 'https://events.pagerduty.com/v2/enqueue' }) => ({ kind: 'pagerduty', name, key: routing, url }),
  provider: () => 'pagerduty',
  addresses: urlDestination,
};
