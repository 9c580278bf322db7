/** One request and its response over a connection that stands. */
import type { Socket } from 'node:net';
import type { buildConnector, Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { Course } from './course';
import { exchangeFailure, type Failure } from './failure';

export interface Response {
  readonly status: number;
  /** Where a redirect points to. */
  readonly location?: string | undefined;
  /** The first bytes of the body, enough to show. */
  readonly opening: Uint8Array;
  /** The body went on beyond `bodyBytesMax` and was cut off there. */
  readonly isTooLarge: boolean;
}

/** Nobody's health page is longer, and a function has little memory. */
export const bodyBytesMax = 1024 * 1024;
const openingBytesMax = 1024;

/** Resolves at the end of the body, or when it is too large. */
export function exchange(url: URL, socket: Socket, { course, userAgent }: { course: Course; userAgent: string }): Promise<Response | Failure> {
  course.enter('first-byte');
  // No time limits of its own: the course has one. Without pipelining the request says `connection: close`.
  const client = new Client(url.origin, { connect: handOver(socket), pipelining: 0, headersTimeout: 0, bodyTimeout: 0 });
  course.hold({ destroy: () => client.destroy(() => undefined) });
  const headers = { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity' };
  return new Promise((resolve) => {
    client.dispatch({ method: 'GET', path: url.pathname + url.search, headers }, reader(course, resolve));
  });
}

/**
 * Gives the connection once: a second call means that it was lost before the request was sent, and must not connect anew.
 * The client would not notice an answer before its question returned, and asks for ever after errors of its own kinds.
 */
function handOver(socket: Socket): buildConnector.connector {
  let isGiven = false;
  return (_options, callback) => {
    const isLost = isGiven || socket.destroyed;
    isGiven = true;
    queueMicrotask(() => (isLost ? callback(lost, null) : callback(null, socket)));
  };
}

/** Of a kind that fails the request. */
const lost = Object.assign(new Error('the connection was closed'), { code: 'EPIPE' });

function reader(course: Course, resolve: (result: Response | Failure) => void): Dispatcher.DispatchHandler {
  let status = 0;
  let location: string | undefined;
  let bytes = 0;
  const opening: Uint8Array[] = [];
  const response = (isTooLarge: boolean): Response => ({ status, location, opening: Buffer.concat(opening).subarray(0, openingBytesMax), isTooLarge });
  return {
    onRequestStart: () => undefined,
    onResponseStart(_controller, code, headers) {
      // Interim responses such as 103 come before the real one.
      if (code < 200) return;
      course.enter('transfer');
      status = code;
      location = typeof headers.location === 'string' ? headers.location : undefined;
    },
    onResponseData(controller, chunk) {
      // The chunk lies in the parser's memory and is overwritten by the next one.
      if (bytes < openingBytesMax) opening.push(Uint8Array.prototype.slice.call(chunk, 0, openingBytesMax));
      bytes += chunk.length;
      if (bytes <= bodyBytesMax) return;
      resolve(response(true));
      controller.abort(new Error('the body is too large'));
    },
    onResponseEnd: () => resolve(response(false)),
    onResponseError: (_controller, error) => resolve(exchangeFailure(error, status > 0)),
  };
}
