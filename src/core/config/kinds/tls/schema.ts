/** What a tls monitor may say. */
import * as z from 'zod';
import { numberShape } from '../../condition-pieces';
import { parseHostPort } from '../../host-port';
import { because, flag, map, referencePattern, text, within } from '../../pieces';
import { pinPattern } from '../pin-pattern';
import { ownTlsShape } from '../tls-options';
import { tlsName } from '../tls-piece';
import type { TlsRule } from './rules';

const own = because<TlsRule>;

const host = text<TlsRule>('tls-host', (value) => typeof parseHostPort(value, { needsPort: false }) === 'object', {
  description: 'The host, and its port where that is not the usual one of the protocol.',
  examples: ['shop.example.com', 'mail.example.com:587'],
});

const days = (description: string) => z.union([z.number(), map(numberShape)], own('tls-left')).meta({ description, examples: [21, { above: 21 }] });

const pin = text<TlsRule>('tls-pins', (value) => new RegExp(pinPattern).test(value), { pattern: `${pinPattern}|${referencePattern}` });

const expect = map({
  daysLeft: days(
    'How many days the certificates must have left, fractions included, counted to the earliest end of all that the server sends. A number: at least so many.',
  ).optional(),
  chainDaysLeft: days('The same of the chain by which it was verified, up to its authority.').optional(),
  pin: z
    .union([pin, z.array(pin).min(1)], own('tls-pins'))
    .meta({ description: 'SHA-256 of the public key (SPKI) of the server in base64, or a list of those of which one must be it.' })
    .optional(),
  version: z.enum(['1.2', '1.3'], own('tls-oldest')).meta({ description: 'The oldest version of TLS that is good.', default: '1.2' }).optional(),
  within: within().optional(),
});

export const tlsSchema = z
  .union(
    [
      host,
      map({
        host,
        name: tlsName().optional(),
        starttls: z
          .enum(['smtp', 'imap', 'pop3', 'postgres'], own('tls-starttls'))
          .meta({ description: 'The protocol in which TLS is asked for. Without it, TLS begins with the first byte.' })
          .optional(),
        ...ownTlsShape,
        verify: flag(
          'Whether the certificate must be for the name and lead to a known authority; its dates and `expect` are judged in any case.',
          true,
        ).optional(),
        expect: expect.meta({ description: 'What a good server shows.' }).optional(),
      }),
    ],
    own('tls'),
  )
  .meta({ description: 'Does a TLS handshake and looks at the certificate.' });

export type TlsSource = z.output<typeof tlsSchema>;
