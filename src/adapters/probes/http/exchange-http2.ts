/** One request and its response in HTTP/2. */
import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Course } from '../course';
import { codeOf, type Failure, messageOf, ownFailure } from '../failure';
import { keeper, type Question, type Response } from './exchange';

/** Resolves at the end of the body, or when it is too large. */
export function exchangeHttp2(question: Question, socket: TLSSocket, course: Course): Promise<Response | Failure> {
  course.enter('first-byte');
  const session = connect(question.url.origin, { createConnection: () => socket, settings: { enablePush: false } });
  course.hold({ destroy: () => session.destroy() });
  return new Promise((resolve) => {
    let hasBegun = false;
    const fail = (error: unknown): void => resolve(failureOf(error, hasBegun));
    session.on('error', fail);
    const stream = session.request(headersOf(question), { endStream: question.body === undefined });
    const body = keeper(question);
    let head: IncomingHttpHeaders = {};
    const finish = (isTooLarge: boolean): void =>
      resolve({
        version: '2',
        status: Number(head[constants.HTTP2_HEADER_STATUS]),
        headers: fieldsOf(head),
        body: body.kept(),
        bytes: body.bytes(),
        isTooLarge,
      });
    stream.on('response', (headers) => {
      hasBegun = true;
      head = headers;
      course.enter('transfer');
    });
    stream.on('data', (chunk: Buffer) => {
      if (body.add(chunk)) return;
      finish(true);
      stream.close(constants.NGHTTP2_CANCEL);
    });
    stream.once('end', () => (stream.rstCode === constants.NGHTTP2_NO_ERROR && hasBegun ? finish(false) : fail(undefined)));
    stream.on('error', fail);
    stream.once('close', () => fail(undefined));
    session.once('close', () => fail(undefined));
    if (question.body !== undefined) stream.end(question.body);
  });
}

/** `host` becomes the authority. */
function headersOf({ url, method, headers: { host, ...headers } }: Question): Parameters<ClientHttp2Session['request']>[0] {
  return { ...headers, ':method': method, ':scheme': 'https', ':authority': host ?? url.host, ':path': url.pathname + url.search };
}

/** Pseudo headers are no headers. */
const fieldsOf = (headers: IncomingHttpHeaders): Response['headers'] => Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));

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
  return ownFailure('the exchange', error);
}
