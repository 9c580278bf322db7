/** `email`: a mail, sent by SNS. */
import { text } from '../pieces';
import type { ChannelKind } from './channel-kind';

const schema = text('email', (value) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(value), {
  description: 'A mail address.',
  examples: ['ops@example.com'],
});

export const email: ChannelKind<'email', typeof schema> = {
  key: 'email',
  schema,
  build: (name, address) => ({ kind: 'email', name, address }),
  provider: () => 'e-mail',
  addresses: () => [],
};
