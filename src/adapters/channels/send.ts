/** One request to a receiver and its answer, under the rules of where a probe may lead. A redirect is an answer. */
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { secure } from '../probes/connection';
import { exchangeFailure, type Failure, isFailure } from '../probes/failure';
import type { Means } from '../probes/means';
import { printable } from '../probes/printable';
import { reach } from '../probes/reach';
import { type Trying, tryOut } from '../probes/trying';
import type { Answer, Post } from './wire';

/** Nobody needs more of an answer to a message. */
const bytesMax = 4096;

/** Resolves within `timeoutMs`. What has a status is an answer, however long its body goes on, and wherever it breaks off. */
export async function send(post: Post, timeoutMs: number, means: Means): Promise<Answer | Failure> {
  const heard: Heard = {};
  const { reason, detail } = await tryOut(timeoutMs, means, { run: (trying) => exchanged(post, trying, heard), judge: () => undefined });
  if (heard.status === undefined) return { reason: reason === 'ok' ? 'prober-error' : reason, detail };
  return { status: heard.status, retryAfterMs: retryAfter(heard.retryAfter), opening: printable(Buffer.concat(heard.chunks ?? []).toString()) };
}

/** What has come of an answer so far. */
interface Heard {
  status?: number;
  retryAfter?: string | undefined;
  chunks?: Buffer[];
}

async function exchanged(post: Post, trying: Trying, heard: Heard): Promise<object | Failure> {
  const { course, means } = trying;
  const url = new URL(post.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const reached = await reach(host, Number(url.port || (isSecure ? 443 : 80)), trying);
  if (isFailure(reached)) return reached;
  const socket = isSecure ? await secure(reached.socket, host, { course, at: reached.at, secureContext: means.secureContext() }) : reached.socket;
  if (isFailure(socket)) return socket;
  course.enter('first-byte');
  const own = { 'user-agent': means.userAgent, accept: '*/*', 'accept-encoding': 'identity', connection: 'close' };
  return asked({ ...post, headers: { host: url.host, ...own, ...post.headers } }, { url, socket, heard, begun: () => course.enter('transfer') });
}

interface Asking {
  readonly url: URL;
  readonly socket: Socket;
  readonly heard: Heard;
  readonly begun: () => void;
}

/** Resolves at the end of the body, or when enough of it has come. */
function asked({ method, headers, body }: Post, { url, socket, heard, begun }: Asking): Promise<object | Failure> {
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve(exchangeFailure(broken(error), heard.status !== undefined));
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const asking = request({ createConnection: () => socket, method, path: url.pathname + url.search, headers: { ...headers, ...length } });
    asking.on('error', fail);
    asking.on('upgrade', () => fail(new Error('bad upgrade')));
    asking.on('response', (response) => {
      begun();
      let bytes = 0;
      Object.assign(heard, { status: response.statusCode, retryAfter: response.headers['retry-after'], chunks: [] });
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        heard.chunks?.push(chunk);
        if (bytes >= bytesMax) resolve({});
      });
      response.on('end', () => resolve({}));
      response.on('error', fail);
    });
    asking.end(body);
  });
}

/** Node says of a connection that was closed that it was reset, or that it hung up. */
function broken(error: unknown): unknown {
  const isHangUp = error instanceof Error && /socket hang up|aborted/.test(error.message);
  return isHangUp ? Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }) : error;
}

/** Seconds, or a date. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - (performance.timeOrigin + performance.now()));
}
