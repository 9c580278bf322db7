/** One request of an http monitor and its response in HTTP/2. */
import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Course } from '../course';
import { type Failure, isFailure } from '../failure';
import { askHttp2 } from '../http2-exchange';
import { keeper, type Question, type Response } from './exchange';

/** Resolves at the end of the body, or when it is too large. */
export async function exchangeHttp2(question: Question, socket: TLSSocket, course: Course): Promise<Response | Failure> {
  const body = keeper(question);
  const answer = await askHttp2({ origin: question.url.origin, headers: headersOf(question), body: question.body }, { socket, course, keeper: body });
  if (isFailure(answer)) return answer;
  const { head, isTooLarge } = answer;
  const status = Number(head[constants.HTTP2_HEADER_STATUS]);
  return { version: '2', status, headers: fieldsOf(head), body: body.kept(), bytes: body.bytes(), isTooLarge };
}

/** `host` becomes the authority. */
function headersOf({ url, method, headers: { host, ...headers } }: Question): OutgoingHttpHeaders {
  return { ...headers, ':method': method, ':scheme': 'https', ':authority': host ?? url.host, ':path': url.pathname + url.search };
}

/** Pseudo headers are no headers. */
const fieldsOf = (headers: IncomingHttpHeaders): Response['headers'] => Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
