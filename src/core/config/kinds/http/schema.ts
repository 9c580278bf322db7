/** What an http monitor may say. */
import * as z from 'zod';
import { flag, map, url, within } from '../../pieces';
import { line, tlsOptions } from '../tls-options';
import { expectation } from './expect-schema';
import { isFieldName } from './field-names';
import { own } from './rules';

const target = url('What is asked.', 'https://shop.example.com/health');
/** Headers that follow from the rest, or that would change what is sent where. */
const ownHeaders = ['connection', 'content-length', 'transfer-encoding', 'upgrade', 'keep-alive', 'proxy-connection', 'expect', 'te', 'trailer'];

export const isHeaderName = (name: string): boolean => isFieldName(name) && !ownHeaders.includes(name.toLowerCase());

const headers = z
  .record(z.string(), line('Its value.'), own('headers'))
  .refine((value) => Object.keys(value).every(isHeaderName), own('header-name'))
  .meta({ description: 'Headers that are sent to the host of `url`, and to no other that a redirect leads to.', examples: [{ 'accept-language': 'de' }] });

const body = z
  .union(
    [
      z.string(),
      map({ text: z.string(own('body-sent')).meta({ description: 'Text, sent as it stands.' }), json: z.never(own('second-body')).optional() }),
      map({ json: z.json().meta({ description: 'Any value, sent as JSON.' }), text: z.never(own('second-body')).optional() }),
    ],
    own('body-sent'),
  )
  .meta({ description: 'What is sent: text, or `json` with any value.', examples: [{ json: { query: '{ ok }' } }] });

const basic = map({
  user: z.string(own('line')).meta({ description: 'The name.' }),
  password: z.string(own('line')).meta({ description: 'The password, by reference.' }),
});

const oauth2 = map({
  url: url('Where tokens are given.', 'https://login.example.com/oauth2/token'),
  id: line('The id of the client.'),
  secret: line('Its secret, by reference.'),
  scope: line('What the token is wanted for: scopes with blanks between them.').optional(),
}).meta({ description: 'A bearer token that is asked for first, by the credentials of a client (OAuth 2.0), sent to the host of `url` alone.' });

const compressions = ['gzip', 'br', 'deflate'] as const;
const compression = z
  .union([z.enum(compressions), z.array(z.enum(compressions)).min(1)], own('compression'))
  .meta({ description: 'How the body must come packed. Without it no packing is asked for.' });

const tls = tlsOptions('url');

const proxyUrl = url('A proxy: a tunnel is asked of it (CONNECT), and of a plain http address the address itself.', 'http://proxy.example.com:3128');
const proxy = z
  .union([proxyUrl, map({ url: proxyUrl, basic: basic.meta({ description: 'What the proxy wants to be told.' }).optional() })], own('http'))
  .meta({ description: 'Through which proxy it is asked.' });

const size = (description: string, most: number) => z.number(own('bytes')).int(own('bytes')).min(1, own('bytes')).max(most, own('bytes')).meta({ description });

export const httpSchema = z
  .union(
    [
      target,
      map({
        url: target,
        method: z
          .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], own('method'))
          .meta({ description: 'GET, or POST where there is a body, unless said.' })
          .optional(),
        headers: headers.optional(),
        body: body.optional(),
        basic: basic.meta({ description: 'Basic authentication, sent to the host of `url` alone.' }).optional(),
        bearer: line('A bearer token, by reference, sent to the host of `url` alone.').optional(),
        oauth2: oauth2.optional(),
        redirects: z
          .number(own('redirects'))
          .int(own('redirects'))
          .min(0, own('redirects'))
          .max(20, own('redirects'))
          .meta({ description: 'How many redirects are followed; with 0 a redirect is the answer.', default: 0 })
          .optional(),
        compression: compression.optional(),
        http2: flag('Whether HTTP/2 is offered; a server may still choose 1.1.', false).optional(),
        tls: tls.optional(),
        proxy: proxy.optional(),
        limit: size('Bytes of a body, unpacked, beyond which it is too large; at most 16 MiB.', 16 * 1024 * 1024)
          .meta({ default: 1024 * 1024 })
          .optional(),
        expect: expectation(within()).optional(),
      }),
    ],
    own('http'),
  )
  .meta({ description: 'Asks a URL and looks at the answer.' });

export type HttpSource = z.output<typeof httpSchema>;
export type HttpMap = Exclude<HttpSource, string>;
