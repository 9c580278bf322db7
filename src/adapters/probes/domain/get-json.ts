/** A JSON document of an HTTP server, under the rules of where a probe may lead, on every hop. */
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { types } from 'node:util';
import { secure } from '../connection';
import { exchangeFailure, type Failure, isFailure } from '../failure';
import { reach } from '../reach';
import type { Trying } from '../trying';

export interface Document {
  readonly status: number;
  /** Of a good status. */
  readonly value?: unknown;
}

const bytesMax = 1024 * 1024;
const hopsMax = 5;

export async function getJson(from: string, trying: Trying): Promise<Document | Failure> {
  let url = new URL(from);
  for (let hop = 0; hop <= hopsMax; hop += 1) {
    const response = await hopTo(url, trying);
    if (isFailure(response)) return response;
    const { statusCode = 0, headers } = response;
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return documentOf(response, { status: statusCode, url, trying });
    if (!URL.canParse(headers.location, url.href)) return { reason: 'redirect', detail: `${url.host} points to what is no address` };
    url = new URL(headers.location, url);
    if (!/^https?:$/.test(url.protocol)) return { reason: 'redirect', detail: `a redirect leads to ${url.protocol}, which is not asked` };
  }
  return { reason: 'redirect', detail: `more than ${hopsMax} redirects, the last one to ${url.host}` };
}

async function hopTo(url: URL, trying: Trying): Promise<IncomingMessage | Failure> {
  const { course, means } = trying;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const reached = await reach(host, Number(url.port || (isSecure ? 443 : 80)), trying);
  if (isFailure(reached)) return reached;
  const { socket, at } = reached;
  const ready = isSecure ? await secure(socket, host, { course, at, secureContext: means.secureContext() }) : socket;
  if (isFailure(ready)) return ready;
  course.enter('first-byte');
  return responseTo(url, ready, means.userAgent);
}

function responseTo(url: URL, socket: Socket, userAgent: string): Promise<IncomingMessage | Failure> {
  const headers = { host: url.host, 'user-agent': userAgent, accept: 'application/rdap+json, application/json', 'accept-encoding': 'identity' };
  return new Promise((resolve) => {
    // With an agent, even none of its own, it would connect by itself, wherever that leads.
    const asking = request({ createConnection: () => socket, path: url.pathname + url.search, headers }, resolve);
    asking.on('error', (error) => resolve(failureOf(error)));
    asking.end();
  });
}

async function documentOf(response: IncomingMessage, { status, url, trying }: { status: number; url: URL; trying: Trying }): Promise<Document | Failure> {
  if (status !== 200) return { status };
  trying.course.enter('transfer');
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) return { reason: 'too-large', detail: `the answer of ${url.host} is larger than ${bytesMax} bytes` };
      chunks.push(chunk);
    }
  } catch (error) {
    return failureOf(error);
  }
  const value = parsed(Buffer.concat(chunks).toString('utf8'));
  return value === undefined ? { reason: 'protocol', detail: `the answer of ${url.host} is no JSON` } : { status, value };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Node's parser has codes of its own. */
function failureOf(error: unknown): Failure {
  const code = types.isNativeError(error) && 'code' in error ? String(error.code) : '';
  if (code.startsWith('HPE_')) return { reason: 'protocol', detail: `the answer is not valid HTTP (${code})` };
  return exchangeFailure(error, true);
}
