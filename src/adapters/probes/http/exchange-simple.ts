/** One GET and its response by Node's own client, which takes half of what the full one costs. Most monitors need no more. */
import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Course } from '../course';
import { codeOf, exchangeFailure, type Failure, messageOf } from '../failure';
import { keeper, type Question, type Response } from './exchange';

/** Resolves at the end of the body, or when it is too large. */
export function exchangeSimply(question: Question, socket: Duplex, course: Course): Promise<Response | Failure> {
  course.enter('first-byte');
  return new Promise((resolve) => {
    const { url, method, headers } = question;
    let hasBegun = false;
    const fail = (error: unknown): void => resolve(exchangeFailure(translated(error), hasBegun && !isAboutLength(error)));
    if (socket.destroyed) return fail(lost);
    const asking = request({
      createConnection: () => socket,
      method,
      path: url.pathname + url.search,
      headers: { host: url.host, ...headers, connection: 'close' },
    });
    asking.on('error', fail);
    asking.on('upgrade', () => fail(switched));
    asking.on('response', (response) => {
      hasBegun = true;
      course.enter('transfer');
      read(response, { question, resolve, fail });
    });
    asking.end();
  });
}

const named = (code: string, message = ''): Error => Object.assign(new Error(message), { code });
const lost = named('EPIPE');
const switched = named('UND_ERR_SOCKET', 'bad upgrade');

/** The same trouble has the same words, whichever client met it. */
function translated(error: unknown): unknown {
  const [code, message] = [codeOf(error), messageOf(error)];
  if (code === 'ECONNRESET' && (message === 'socket hang up' || message === 'aborted')) return named('UND_ERR_SOCKET');
  if (code === 'HPE_HEADER_OVERFLOW') return named('UND_ERR_HEADERS_OVERFLOW');
  if (code === 'HPE_INVALID_EOF_STATE') return named('HTTPParserError', 'EOF');
  if (isAboutLength(error)) return named('UND_ERR_RES_CONTENT_LENGTH_MISMATCH');
  return code.startsWith('HPE_') ? named('HTTPParserError', `(${message.replace(/^Parse Error: /, '')})`) : error;
}

const isAboutLength = (error: unknown): boolean => codeOf(error) === 'HPE_UNEXPECTED_CONTENT_LENGTH';

/** What it means that a response was broken off: so long, or so many chunks, had been announced. */
function brokenOff({ headers }: IncomingMessage, error: unknown): unknown {
  if (messageOf(error) !== 'aborted') return error;
  if (headers['transfer-encoding'] !== undefined) return named('HTTPParserError', 'EOF');
  return headers['content-length'] === undefined ? error : named('UND_ERR_RES_CONTENT_LENGTH_MISMATCH');
}

interface Reading {
  readonly question: Question;
  readonly resolve: (result: Response | Failure) => void;
  readonly fail: (error: unknown) => void;
}

function read(response: IncomingMessage, { question, resolve, fail }: Reading): void {
  const body = keeper(question);
  const done = (isTooLarge: boolean): void =>
    resolve({ version: '1.1', status: response.statusCode ?? 0, headers: response.headers, body: body.kept(), bytes: body.bytes(), isTooLarge });
  response.on('data', (chunk: Uint8Array) => {
    if (!body.add(chunk)) done(true);
  });
  response.on('end', () => done(false));
  response.on('error', (error) => fail(brokenOff(response, error)));
}
