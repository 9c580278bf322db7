/** From a connection to a WebSocket over it. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { WebsocketProbe } from '../../../core/config/kinds/websocket/probe';
import { exchangeFailure, type Failure } from '../failure';
import { printable, withoutEchoes } from '../printable';
import type { Trying } from '../trying';
import { type Messages, messageBytesMax, messagesOf } from './messages';

export interface Opened {
  readonly webSocket: WebSocket;
  readonly messages: Messages;
}

/** Resolves when the server has switched to WebSocket, and to a subprotocol that was offered. */
export function upgrade(probe: WebsocketProbe, socket: Socket, { course, means }: Trying): Promise<Opened | Failure> {
  course.enter('first-byte');
  let key = '';
  const webSocket = new WebSocket(probe.url, [...probe.subprotocols], {
    // The connection stands already: to the one address, under the rules of where a probe may lead.
    createConnection: () => socket,
    headers: { 'user-agent': means.userAgent, ...probe.headers },
    maxPayload: messageBytesMax,
    perMessageDeflate: false,
    autoPong: false,
    finishRequest(request) {
      key = String(request.getHeader('sec-websocket-key'));
      request.end();
    },
  });
  course.hold({ destroy: () => webSocket.terminate() });
  // Messages may come with the very bytes that end the handshake.
  const messages = messagesOf(webSocket);
  return new Promise((resolve) => {
    webSocket.on('upgrade', (response) => {
      course.enter('transfer');
      if (probe.mayAnswerAnyAccept) response.headers['sec-websocket-accept'] = acceptOf(key);
    });
    webSocket.once('open', () => resolve({ webSocket, messages }));
    webSocket.once('unexpected-response', (_request, response) => {
      course.enter('transfer');
      resolve(statusFailure(response, [new URL(probe.url).search, ...Object.values(probe.headers)]));
      webSocket.terminate();
    });
    webSocket.once('error', (error) => resolve(upgradeFailure(error)));
  });
}

/** By RFC 6455: proof that the server has read the key. */
const acceptOf = (key: string): string => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

function statusFailure({ statusCode, headers }: IncomingMessage, sent: readonly string[]): Failure {
  const target = headers.location === undefined ? '' : ` (it points to ${withoutEchoes(headers.location, sent)})`;
  return { reason: 'upgrade', detail: `status ${statusCode}, wanted 101: the server does not switch to WebSocket${target}` };
}

/** The library's own complaints have no code. */
function upgradeFailure(error: Error & { code?: unknown }): Failure {
  const code = typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return { reason: 'upgrade', detail: `the server does not switch to WebSocket as it should: ${printable(error.message)}` };
  if (code === 'HPE_HEADER_OVERFLOW') return { reason: 'too-large', detail: `the headers are too large (${code})` };
  if (code.startsWith('HPE_')) return { reason: 'protocol', detail: `the answer is not valid HTTP (${code})` };
  return exchangeFailure(error, false);
}
