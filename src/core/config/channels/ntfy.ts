/** `ntfy`: a topic of ntfy.sh, or of a server of your own. */
import * as z from 'zod';
import { map } from '../pieces';
import type { ChannelKind } from './channel-kind';
import { hostOf, key, own, secretUrl, urlDestination } from './pieces';

const hasTopic = (value: string): boolean => /^\$\{secret:[^}]*\}$/.test(value) || /^https?:\/\/[^/]+\/(?:[^?#]*\/)?[^/?#]+$/i.test(value);
const url = secretUrl('A server, with the topic at its end. Whoever knows the topic can read it.', 'https://ntfy.sh/my-topic').refine(
  hasTopic,
  own('topic-url'),
);
const schema = z.union([url, map({ url, token: key('An access token, by reference.', `\${secret:twinwatch/ntfy}`).optional() })], { error: 'url' });

export const ntfy: ChannelKind<'ntfy', typeof schema> = {
  key: 'ntfy',
  schema,
  build: (name, source) => ({ kind: 'ntfy', name, ...(typeof source === 'string' ? { url: source } : source) }),
  provider: (source) => hostOf(typeof source === 'string' ? source : source.url),
  addresses: urlDestination,
};
