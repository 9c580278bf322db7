/** One HTTP request as the edge sees it, and what it replies. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export interface Exchange {
  readonly method: string;
  /** Path and query, as asked for. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Aborted when the caller gave up before it had a reply. */
  readonly gone: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** `hang-up` ends the connection without an answer, as a host does that is not there. */
export type Reply = Answer | 'hang-up';

const bodyBytesMax = 32 * 1024 * 1024;

export async function readExchange(request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: request.headers,
    body: await readBody(request),
    gone: leaving.signal,
  };
}

/** Throws when the stream breaks, or brings more than any call of ours could. */
export async function readBody(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Error(`a body of more than ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function writeReply(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang-up') {
    response.destroy();
    return;
  }
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
  response.end(body);
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** A header that came once, or nothing. */
export function headerOf(exchange: Exchange, name: string): string | undefined {
  const value = exchange.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The edge is for programs on this machine. A web page elsewhere can reach 127.0.0.1 through its visitor's browser,
 * but not without an Origin, or under a Host of its own.
 */
export function isForeign(exchange: Exchange, port: number): boolean {
  const host = exchange.headers.host;
  return exchange.headers.origin !== undefined || (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`);
}
