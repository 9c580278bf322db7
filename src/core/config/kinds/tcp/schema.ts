/** What a tcp monitor may say. */
import * as z from 'zod';
import { patternTrouble } from '../../condition-pieces';
import { parseHostPort } from '../../host-port';
import { because, map, referencePattern, text, within } from '../../pieces';
import { tlsWish } from '../tls-piece';
import type { TcpRule } from './rules';

const own = because<TcpRule>;

const host = text<TcpRule>('tcp-host', (value) => typeof parseHostPort(value, { needsPort: true }) === 'object', {
  description: 'The host and its port.',
  pattern: `:[0-9]{1,5}$|${referencePattern}`,
  examples: ['mail.example.com:25', '[2001:db8::1]:22'],
});

const hex = (description: string) =>
  text<TcpRule>('tcp-hex', (value) => /^([0-9a-f]{2}\s*)+$/i.test(value), {
    description,
    pattern: `^([0-9A-Fa-f]{2}\\s*)+$|${referencePattern}`,
    examples: ['10 0c 00 04'],
  });

const stepShape = {
  expect: z
    .string(because('pattern'))
    .refine((value) => patternTrouble(value) === undefined, because('pattern'))
    .meta({ description: 'Waits for a line in which this pattern (RE2) is found; other lines are passed over.', format: 'regex', examples: ['^220 '] })
    .optional(),
  send: z
    .string(because('text'))
    .meta({ description: 'Sends this text and a line ending. `{{1}}` and `{{name}}` are what the groups of an `expect` before it captured.' })
    .optional(),
  expectHex: hex('Waits for exactly these bytes, in hexadecimal.').optional(),
  sendHex: hex('Sends these bytes, in hexadecimal, and no line ending.').optional(),
  starttls: tlsWish('Begins TLS over the same connection.').optional(),
};

const step = map(stepShape)
  .refine((value) => Object.values(value).filter((part) => part !== undefined && part !== false).length === 1, own('tcp-step'))
  .meta({ minProperties: 1, maxProperties: 1 });

export const tcpSchema = z
  .union(
    [
      host,
      map({
        host,
        tls: tlsWish('TLS from the first byte; the certificate must be good.').optional(),
        newline: z
          .enum(['crlf', 'lf', 'none'], own('tcp-newline'))
          .meta({ description: 'What ends a line that is sent. `none`: nothing, and what comes is not cut into lines either.', default: 'crlf' })
          .optional(),
        dialogue: z
          .array(step, own('tcp-dialogue'))
          .min(1, own('tcp-dialogue'))
          .max(50, own('tcp-dialogue'))
          .meta({ description: 'What is said and heard, in this order. Without it, a connection is enough.' })
          .optional(),
        expect: map({ within: within().optional() }).meta({ description: 'What a good answer is.' }).optional(),
      }),
    ],
    own('tcp'),
  )
  .meta({ description: 'Connects, and may hold a dialogue.' });

export type TcpSource = z.output<typeof tcpSchema>;
export type TcpStepSource = z.output<typeof step>;
