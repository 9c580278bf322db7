/** `post`: any URL, with a body of your own and a signature. */
import * as z from 'zod';
import { awsRegions } from '../aws-regions';
import { isFieldName } from '../kinds/http/field-names';
import type { Fault } from '../mistakes';
import { flag, map, text } from '../pieces';
import { entriesOf, isMap } from '../plain-value';
import { hasReference } from '../references';
import type { ChannelKind } from './channel-kind';
import { hostOf, key, own, secretUrl, urlDestination } from './pieces';
import { templateTrouble } from './template';

const url = secretUrl('Where it is sent; any of it may be secret.', 'https://ops.example.com/hook');

/** What follows from the body, and what the signature says. */
const ownHeaders = /^(connection|content-length|transfer-encoding|upgrade|keep-alive|expect|te|trailer|host|webhook-.*)$/i;
const isLine = (value: string): boolean => [...value].every((letter) => letter >= ' ' && letter <= '~');

const headers = z
  .record(z.string(), z.string(own('post-headers')).refine(isLine, own('post-headers')), own('post-headers'))
  .refine((value) => Object.keys(value).every((name) => isFieldName(name) && !ownHeaders.test(name)), own('post-headers'))
  .meta({ description: 'Headers that are sent besides ours.', examples: [{ authorization: `Bearer \${secret:twinwatch/hook}` }] });

const schema = z.union(
  [
    url,
    map({
      url,
      method: z.enum(['POST', 'PUT', 'PATCH'], own('post-method')).meta({ description: 'How it is sent.', default: 'POST' }).optional(),
      headers: headers.optional(),
      body: z
        .string(own('template'))
        .refine((value) => templateTrouble(value) === undefined, own('template'))
        .meta({ description: 'What is sent, in the language of Liquid. Without it our own JSON.', examples: ['{ "text": {{ headline | json }} }'] })
        .optional(),
      public: flag('Whether subscribers listen there: it gets what the feed says, and nothing else.', false).optional(),
      alwaysOn: text('region', (value) => awsRegions.includes(value), {
        description: 'The region that sends it a sign of life each hour, the way that incidents go; it gets nothing else. For a dead-man service.',
        examples: ['eu-west-1'],
      }).optional(),
      sign: key('What the signature is made with, by reference; `whsec_` and base64, or any text.', `\${secret:twinwatch/signing}`).optional(),
    }),
  ],
  own('post'),
);

export const post: ChannelKind<'post', typeof schema> = {
  key: 'post',
  schema,
  build(name, source) {
    const {
      url: address,
      method = 'POST',
      headers: given = {},
      body,
      sign,
      public: isPublic,
      alwaysOn,
    } = typeof source === 'string' ? { url: source } : source;
    const lowered = Object.fromEntries(Object.entries(given).map(([header, value]) => [header.toLowerCase(), value]));
    const audience = { ...(isPublic === true ? { isPublic } : {}), ...(alwaysOn === undefined ? {} : { alwaysOn }) };
    const more = { ...(body === undefined ? {} : { body }), ...audience, ...(sign === undefined ? {} : { sign }) };
    return { kind: 'post', name, url: address, method, headers: lowered, ...more };
  },
  provider: (source) => hostOf(typeof source === 'string' ? source : source.url),
  addresses: urlDestination,
  quarrels: secretFaults,
};

/** Whoever may read the file, or its history, would have it. */
function secretFaults(value: unknown, written: unknown): readonly Fault[] {
  const isPlain = (text: unknown): boolean => typeof text === 'string' && !hasReference(text);
  const names = entriesOf(isMap(written) ? written.headers : undefined).filter(
    ([name, text]) => /^(proxy-)?authorization$|^cookie$|key|token/i.test(name) && isPlain(text),
  );
  const signing = isMap(written) && isPlain(written.sign) && isMap(value) ? [['sign'] as const] : [];
  return [...names.map(([name]) => ['headers', name] as const), ...signing].map((path) => ({
    path,
    problem: 'a secret stands in the file',
    advice: `write a reference, such as "\${secret:twinwatch/hook}"`,
  }));
}
