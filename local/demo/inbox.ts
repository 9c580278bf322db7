/** A receiver for the demo's webhook: keeps the newest SNS envelopes, so that the page can show what a receiver gets. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenSomewhere } from '../listen';

export interface Inbox {
  readonly url: string;
  readonly port: number;
  /** Newest first. */
  list(): readonly Received[];
  close(): Promise<void>;
}

export interface Received {
  /** ISO time. */
  readonly at: string;
  readonly envelope: unknown;
}

const mostKept = 100;
const bytesMax = 512 * 1024;

export async function openInbox(port: number): Promise<Inbox> {
  let newestFirst: readonly Received[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isPost = request.method === 'POST' && request.url === '/inbox';
    const envelope = isPost ? await readEnvelope(request) : undefined;
    if (envelope !== undefined) newestFirst = [{ at: new Date().toISOString(), envelope }, ...newestFirst].slice(0, mostKept);
    response.writeHead(isPost ? (envelope === undefined ? 400 : 200) : 404).end();
  };
  const listening = await listenSomewhere((request, response) => void answer(request, response), port);
  return { url: `http://127.0.0.1:${listening.port}/inbox`, port: listening.port, list: () => newestFirst, close: () => listening.close() };
}

/** SNS says `text/plain` of its JSON. Undefined when it is none, too long, or breaks off. */
async function readEnvelope(request: IncomingMessage): Promise<unknown> {
  try {
    let text = '';
    request.setEncoding('utf8');
    for await (const chunk of request as AsyncIterable<string>) {
      text += chunk;
      if (text.length > bytesMax) return undefined;
    }
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
