/** One request in HTTP/2 over a connection that stands, and everything that answers it. */
import { connect, constants, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import type { Course } from './course';
import { codeOf, exchangeFailure, type Failure, messageOf } from './failure';

export interface Http2Question {
  /** With its scheme. */
  readonly origin: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array | undefined;
}

/** Keeps of a body what is wanted of it; `add` says whether it is still within its limit. */
export interface Keeper {
  add(chunk: Uint8Array): boolean;
}

export interface Http2Answer {
  readonly head: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders;
  readonly isTooLarge: boolean;
}

/** Resolves at the end of the answer, or when it is too large. */
export function askHttp2(
  question: Http2Question,
  { socket, course, keeper }: { socket: Socket; course: Course; keeper: Keeper },
): Promise<Http2Answer | Failure> {
  course.enter('first-byte');
  const session = connect(question.origin, { createConnection: () => socket, settings: { enablePush: false } });
  course.hold({ destroy: () => session.destroy() });
  return new Promise((resolve) => {
    let head: IncomingHttpHeaders | undefined;
    let trailers: IncomingHttpHeaders = {};
    const fail = (error: unknown): void => resolve(failureOf(error, head !== undefined));
    session.on('error', fail);
    const stream = session.request(question.headers, { endStream: question.body === undefined });
    const finish = (isTooLarge: boolean): void => (head === undefined ? fail(undefined) : resolve({ head, trailers, isTooLarge }));
    stream.on('response', (headers) => {
      head = headers;
      course.enter('transfer');
    });
    stream.on('trailers', (headers) => {
      trailers = headers;
    });
    stream.on('data', (chunk: Buffer) => {
      if (keeper.add(chunk)) return;
      finish(true);
      stream.close(constants.NGHTTP2_CANCEL);
    });
    stream.once('end', () => (stream.rstCode === constants.NGHTTP2_NO_ERROR ? finish(false) : fail(undefined)));
    stream.on('error', fail);
    stream.once('close', () => fail(undefined));
    session.once('close', () => fail(undefined));
    if (question.body !== undefined) stream.end(question.body);
  });
}

function failureOf(error: unknown, hasBegun: boolean): Failure {
  const when = hasBegun ? 'before the response was complete' : 'before the response began';
  if (error === undefined) return { reason: 'closed-early', detail: `the connection was closed ${when}` };
  const code = codeOf(error);
  if (code === 'ERR_HTTP2_STREAM_ERROR' || code === 'ERR_HTTP2_SESSION_ERROR' || code === 'ERR_HTTP2_STREAM_CANCEL' || code.startsWith('ERR_HTTP2_GOAWAY')) {
    const isRefused = /PROTOCOL_ERROR|COMPRESSION_ERROR|FRAME_SIZE_ERROR|FLOW_CONTROL_ERROR/.test(messageOf(error));
    return isRefused
      ? { reason: 'protocol', detail: `the answer is not valid HTTP/2 (${messageOf(error)})` }
      : { reason: 'closed-early', detail: `the response was broken off ${when} (${messageOf(error)})` };
  }
  if (code === 'ERR_HTTP2_ERROR') return { reason: 'protocol', detail: `the answer is not valid HTTP/2 (${messageOf(error)})` };
  if (['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code)) return { reason: 'closed-early', detail: `the connection was lost ${when} (${code})` };
  return exchangeFailure(error, hasBegun);
}
