/** One request and its response over a connection that stands, in HTTP/1.1. */
import type { Socket } from 'node:net';
import type { buildConnector, Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { HttpVersion } from '../../../core/config/kinds/http/probe';
import type { Course } from '../course';
import { exchangeFailure, type Failure } from '../failure';
import type { Answerer } from '../identity/answerer';

export interface Question {
  readonly url: URL;
  /** What stands in the first line, where it is not the path. */
  readonly target?: string | undefined;
  readonly method: string;
  /** Names in lower case; `host` where it is not that of the URL. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Bytes of a body beyond which it is cut off. */
  readonly limitBytes: number;
  /** Whether the whole body is kept, or only enough to show. */
  readonly keepsBody: boolean;
}

export interface Response {
  readonly version: HttpVersion;
  readonly status: number;
  /** Names in lower case; a header that was repeated has several values. */
  readonly headers: Headers;
  /** The body, or its first bytes. */
  readonly body: Uint8Array;
  /** All bytes of the body that came. */
  readonly bytes: number;
  /** The body went on beyond the limit and was cut off there. */
  readonly isTooLarge: boolean;
  /** When the earliest of the certificates ends that came with it, where somebody wants to know. */
  readonly certificateEndsMs?: number | undefined;
  /** Who shook hands, where somebody is expected by the key. */
  readonly answerer?: Answerer | undefined;
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Nobody's health page is longer, and a function has little memory. */
export const bodyBytesMax = 1024 * 1024;
export const openingBytesMax = 1024;

/** Resolves at the end of the body, or when it is too large. */
export function exchange(question: Question, socket: Socket, course: Course): Promise<Response | Failure> {
  course.enter('first-byte');
  const { url, target = url.pathname + url.search, method, headers, body } = question;
  // No time limits of its own: the course has one. Without pipelining the request says `connection: close`.
  const client = new Client(url.origin, { connect: handOver(socket), pipelining: 0, headersTimeout: 0, bodyTimeout: 0 });
  course.hold({ destroy: () => client.destroy(over, () => undefined) });
  return new Promise((resolve) => {
    client.dispatch({ method: method as Dispatcher.HttpMethod, path: target, headers, body }, reader(question, { socket, course, resolve }));
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

/**
 * One for all, of a kind that the client does not mind: a connection that nobody needs any more is let go with an error, and making
 * one each time, with its stack, costs a tenth of a probe.
 */
const over = Object.assign(new Error('the response has come'), { code: 'UND_ERR_INFO' });

interface Reading {
  readonly socket: Socket;
  readonly course: Course;
  readonly resolve: (result: Response | Failure) => void;
}

function reader(question: Question, { socket, course, resolve }: Reading): Dispatcher.DispatchHandler {
  let status = 0;
  let fields: Headers = {};
  const body = keeper(question);
  const response = (isTooLarge: boolean): Response => ({ version: '1.1', status, headers: fields, body: body.kept(), bytes: body.bytes(), isTooLarge });
  return {
    onRequestStart: () => undefined,
    onResponseStart(_controller, code, headers) {
      // Interim responses such as 103 come before the real one.
      if (code < 200) return;
      course.enter('transfer');
      status = code;
      fields = headers;
    },
    onResponseData(controller, chunk) {
      if (body.add(chunk)) return;
      resolve(response(true));
      controller.abort(new Error('the body is too large'));
    },
    onResponseEnd() {
      resolve(response(false));
      socket.destroy(over);
    },
    onResponseError: (_controller, error) => resolve(exchangeFailure(error, status > 0)),
  };
}

/** Keeps of a body what is wanted of it. */
export function keeper({ keepsBody, limitBytes }: Pick<Question, 'keepsBody' | 'limitBytes'>) {
  let bytes = 0;
  const parts: Uint8Array[] = [];
  const mostKept = keepsBody ? limitBytes : openingBytesMax;
  return {
    /** Whether the body is still within its limit. */
    add(chunk: Uint8Array): boolean {
      // The chunk lies in the parser's memory and is overwritten by the next one.
      if (bytes < mostKept) parts.push(Uint8Array.prototype.slice.call(chunk, 0, mostKept - bytes));
      bytes += chunk.length;
      return bytes <= limitBytes;
    },
    kept: (): Uint8Array => (parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)),
    bytes: () => bytes,
  };
}
