/** What a monitor may say of who must answer. */
import * as z from 'zod';
import { jsonPathTrouble } from '../../json-paths';
import { because, map, text } from '../../pieces';
import { isFieldName } from '../http/field-names';
import { pinPattern } from '../pin-pattern';
import type { IdentityRule } from './rules';

const own = because<IdentityRule>;

/** Details of samples are short, and this is told in them. */
const isName = (value: string): boolean => value.trim() === value && value.length > 0 && value.length <= 100;
const name = text<IdentityRule>('identity-equals', isName, { minLength: 1, maxLength: 100 });
const oneOf = z
  .union([name, z.array(name).min(1)], own('identity-equals'))
  .meta({ description: 'Who must answer, or a list of those of whom one must.', examples: ['shop-eu-1'] });

const pin = text<IdentityRule>('identity-pin', (value) => new RegExp(pinPattern).test(value), { pattern: pinPattern });

export const identitySchema = z
  .union(
    [
      map({
        header: text<IdentityRule>('identity-header', isFieldName, { description: 'The header that says who answers.', examples: ['x-instance'] }),
        equals: oneOf,
      }),
      map({
        json: text<IdentityRule>('identity-json', (value) => jsonPathTrouble(value) === undefined, {
          description: 'Where the body, in JSON, says who answers (RFC 9535).',
          examples: ['$.instance'],
        }),
        equals: oneOf,
      }),
      map({
        pin: z
          .union([pin, z.array(pin).min(1)], own('identity-pin'))
          .meta({ description: 'SHA-256 of the public key (SPKI) of the server in base64, or a list of those of which one must be it.' }),
      }),
      map({
        secret: text<IdentityRule>('identity-secret', (value) => value.length >= 16, {
          description: 'By reference: the secret of this host alone, under which it signs a nonce.',
          examples: [`\${env:SHOP_EU_1_KEY}`],
        }),
        path: text<IdentityRule>('identity-path', (value) => /^\/[^\s?#\\]*$/.test(value), {
          description: 'Where the nonce is sent, on the host of `url`.',
          default: '/.well-known/twinwatch',
        }).optional(),
        equals: oneOf,
      }),
    ],
    own('identity'),
  )
  .meta({ description: 'Who must answer. Somebody else is `misidentified`, whatever else is right.' });

export type IdentitySource = z.output<typeof identitySchema>;
