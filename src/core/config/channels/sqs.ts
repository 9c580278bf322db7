/** `sqs`: a queue that SNS puts our JSON into. */
import * as z from 'zod';
import type { ChannelKind } from './channel-kind';
import { own } from './pieces';

const schema = z
  .string(own('queue'))
  .refine((value) => /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/.test(value), own('queue'))
  .meta({ description: 'The ARN of a queue, whose policy lets the topics of all regions send.', examples: ['arn:aws:sqs:eu-west-1:111122223333:ops'] });

export const sqs: ChannelKind<'sqs', typeof schema> = {
  key: 'sqs',
  schema,
  build: (name, queue) => ({ kind: 'sqs', name, queue }),
  provider: (queue) => queue,
  addresses: () => [],
};
