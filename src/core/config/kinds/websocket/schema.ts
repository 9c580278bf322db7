/** What a websocket monitor may say. */
import { compile } from 'json-p3';
import * as z from 'zod';
import { numberShape, patternTrouble, textShape } from '../../condition-pieces';
import { because, flag, map, referencePattern, text, within } from '../../pieces';
import { type HttpUrl, parseHttpUrl, type UrlTrouble } from '../../urls';
import { tlsOptions } from '../tls-options';
import type { WebsocketRule } from './rules';

const own = because<WebsocketRule>;

/** As an http URL is read, but for its scheme. */
export function parseWebsocketUrl(value: string): HttpUrl | UrlTrouble {
  return /^wss?:\/\/[^#]*$/i.test(value) ? parseHttpUrl(value.replace(/^ws/i, 'http')) : 'no-url';
}

const url = text<WebsocketRule>('websocket-url', (value) => typeof parseWebsocketUrl(value) === 'object', {
  description: 'What is asked to become a WebSocket.',
  pattern: `^[Ww][Ss][Ss]?://|${referencePattern}`,
  examples: ['wss://shop.example.com/live'],
});

/** What the handshake itself says. */
const handshakeHeader = /^(connection|upgrade|content-length|transfer-encoding|sec-websocket-.*)$/i;
const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name) && !handshakeHeader.test(name);
const isHeaderValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]{0,8000}$/.test(value);

const headers = z
  .record(z.string(), z.string(own('websocket-header')).refine(isHeaderValue, own('websocket-header')), because('map'))
  .refine((value) => Object.keys(value).every(isHeaderName), own('websocket-header'))
  .meta({ description: 'Headers of the request, by name.', examples: [{ origin: 'https://shop.example.com' }] });

const subprotocolPattern = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";
const subprotocol = text<WebsocketRule>('websocket-subprotocol', (value) => new RegExp(subprotocolPattern).test(value), {
  pattern: `${subprotocolPattern}|${referencePattern}`,
});

const { equals: _, ...texts } = textShape;
const { equals: __, ...numbers } = numberShape;

const jsonMessage = map({
  json: text<WebsocketRule>('websocket-path', isJsonPath, {
    description: 'A JSON path (RFC 9535); anything that stands there may be what is wanted.',
    examples: ['$.status'],
  }),
  equals: z.union([z.string(), z.number(), z.boolean(), z.null()], own('websocket-value')).meta({ description: 'Exactly this.' }).optional(),
  ...texts,
  ...numbers,
});

const pattern = z.string().refine((value) => patternTrouble(value) === undefined, because('pattern'));

const step = map({
  expect: z
    .union([pattern, jsonMessage], own('websocket-message'))
    .meta({
      description: 'Waits for a message in which this pattern (RE2) is found, or that is JSON with this in it; other messages are passed over.',
      examples: ['ready', { json: '$.status', equals: 'ok' }],
    })
    .optional(),
  send: z
    .string(because('text'))
    .meta({ description: 'Sends this text as a message. `{{1}}` and `{{name}}` are what the groups of an `expect` before it captured.' })
    .optional(),
})
  .refine((value) => (value.expect === undefined) !== (value.send === undefined), own('websocket-step'))
  .meta({ minProperties: 1, maxProperties: 1 });

export const websocketSchema = z
  .union(
    [
      url,
      map({
        url,
        headers: headers.optional(),
        subprotocol: z
          .union([subprotocol, z.array(subprotocol).min(1)], own('websocket-subprotocol'))
          .refine((value) => typeof value === 'string' || new Set(value).size === value.length, own('websocket-subprotocol'))
          .meta({ description: 'The subprotocol that the server must choose, or a list of those of which it must choose one.' })
          .optional(),
        tls: tlsOptions('url').optional(),
        checkAccept: flag('Whether the server must prove, by its `sec-websocket-accept`, that it has read the request.', true).optional(),
        dialogue: z
          .array(step, own('websocket-dialogue'))
          .min(1, own('websocket-dialogue'))
          .max(50, own('websocket-dialogue'))
          .meta({ description: 'What is said and heard, in this order. Without it, the switch to WebSocket is enough.' })
          .optional(),
        expect: map({ within: within().optional() }).meta({ description: 'What a good answer is.' }).optional(),
      }),
    ],
    own('websocket'),
  )
  .meta({ description: 'Opens a WebSocket, and may hold a dialogue.' });

function isJsonPath(value: string): boolean {
  try {
    compile(value);
    return true;
  } catch {
    return false;
  }
}

export type WebsocketSource = z.output<typeof websocketSchema>;
export type WebsocketStepSource = z.output<typeof step>;
