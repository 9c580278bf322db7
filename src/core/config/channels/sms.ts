/** `sms`: a text message, sent by SNS. */
import * as z from 'zod';
import type { ChannelKind } from './channel-kind';
import { own } from './pieces';

const schema = z
  .string(own('phone'))
  .refine((value) => /^\+[1-9]\d{6,14}$/.test(value), own('phone'))
  .meta({ description: 'A phone number with its country.', examples: ['+351210000000'] });

export const sms: ChannelKind<'sms', typeof schema> = {
  key: 'sms',
  schema,
  build: (name, number) => ({ kind: 'sms', name, number }),
  provider: () => 'sms',
  addresses: () => [],
};
