/** Sends one HTTP request on a connection that is kept, and reads the whole answer. */
import { type Agent, type IncomingMessage, request } from 'node:http';
import { type Answer, readBody } from './http-exchange';

export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Throws when there is no answer. */
export async function sendHttp(outgoing: Outgoing, by: { readonly agent: Agent; readonly signal?: AbortSignal | undefined }): Promise<Answer> {
  const body = typeof outgoing.body === 'string' ? Buffer.from(outgoing.body) : outgoing.body;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = request(outgoing.url, {
      method: outgoing.method,
      headers: { ...outgoing.headers, 'content-length': String(body.length) },
      agent: by.agent,
      ...(by.signal === undefined ? {} : { signal: by.signal }),
    });
    sending.once('response', resolve);
    sending.on('error', reject);
    sending.end(body);
  });
  return { status: response.statusCode ?? 0, headers: singleHeaders(response), body: await readBody(response) };
}

/** The end-to-end headers: those of the connection itself stay behind. */
function singleHeaders(response: IncomingMessage): Record<string, string> {
  const connectionHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);
  const kept = Object.entries(response.headers).filter(([name, value]) => typeof value === 'string' && !connectionHeaders.has(name));
  return Object.fromEntries(kept) as Record<string, string>;
}
