/** `teams`: a workflow of Microsoft Teams that posts to a chat or channel when a webhook request is received. */
import type { ChannelKind } from './channel-kind';
import { secretUrl, urlDestination } from './pieces';

const schema = secretUrl('The URL of a workflow that begins with a webhook request, by reference.', `\${secret:twinwatch/teams}`);

export const teams: ChannelKind<'teams', typeof schema> = {
  key: 'teams',
  schema,
  build: (name, url) => ({ kind: 'teams', name, url }),
  provider: () => 'teams',
  addresses: urlDestination,
};
