/** The local system as the command line reaches it: plain HTTP to a port of this machine. */
import { type IncomingMessage, type RequestOptions, request } from 'node:http';

/** Nothing answers there, or what answers says no: one sentence that a user can act on. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk';
}

export const usualPort = '4300';

export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port <= 65_535) return port;
  throw new CannotAsk(`"${text}" is no port; write the number that twinwatch up printed`);
}

export async function getJson<View>(port: number, path: string, timeoutMs = 10_000): Promise<View> {
  const response = await ask(port, { method: 'GET', path, timeout: timeoutMs });
  return (await jsonOf(port, response)) as View;
}

/** Where an older twinwatch does not know the path, it says so. */
export async function getText(port: number, path: string, timeoutMs = 10_000): Promise<string> {
  const response = await ask(port, { method: 'GET', path, timeout: timeoutMs });
  if (response.statusCode === 200) return textOf(response);
  throw new CannotAsk(`what answers on 127.0.0.1:${port} has no ${path}; name the port of a twinwatch of today with --port`);
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) text += chunk;
  return text;
}

export async function jsonOf(port: number, response: IncomingMessage): Promise<unknown> {
  const text = await textOf(response);
  const value = parsed(text);
  if (response.statusCode === 200 && value !== undefined) return value;
  const problem = typeof value === 'object' && value !== null && 'error' in value ? String(value.error) : undefined;
  throw new CannotAsk(problem ?? `what answers on 127.0.0.1:${port} is not twinwatch; name its port with --port`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function ask(port: number, options: RequestOptions, body?: unknown): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, agent: false, ...options, headers: { 'content-type': 'application/json' } }, resolve);
    asking.once('timeout', () => asking.destroy(new Error(`no answer within ${options.timeout} ms`)));
    asking.once('error', (error: NodeJS.ErrnoException) => reject(new CannotAsk(whyNot(port, error))));
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function whyNot(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return `no twinwatch is running on 127.0.0.1:${port}; start it with npm start`;
  return `the twinwatch on 127.0.0.1:${port} does not answer: ${message}`;
}
