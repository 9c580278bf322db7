/** `amazonq`: a topic that Amazon Q Developer in chat applications listens to, in the form that it shows. */
import * as z from 'zod';
import type { ChannelKind } from './channel-kind';
import { own } from './pieces';

const schema = z
  .string(own('chat-topic'))
  .refine((value) => /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/.test(value) && !value.endsWith(':twinwatch-alerts'), own('chat-topic'))
  .meta({
    description: 'The ARN of a topic of its own, which a chat configuration of Amazon Q Developer is subscribed to.',
    examples: ['arn:aws:sns:eu-west-1:111122223333:ops-chat'],
  });

export const amazonq: ChannelKind<'amazonq', typeof schema> = {
  key: 'amazonq',
  schema,
  build: (name, topic) => ({ kind: 'amazonq', name, topic }),
  provider: () => 'amazon q',
  addresses: () => [],
};
