/**
 * Receivers for the demo's channels: one for SNS, which keeps the newest envelopes, and one for the relay, which takes signed posts alone. So the
 * page can show what a receiver gets.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenSomewhere } from '../listen';
import { type SignedPost, signedPost } from './signed-posts';

export interface Inbox {
  readonly url: string;
  /** Where the relay posts. */
  readonly signedUrl: string;
  readonly port: number;
  /** Newest first. */
  list(): readonly Received[];
  /** Newest first. */
  signed(): readonly SignedPost[];
  close(): Promise<void>;
}

export interface Received {
  /** ISO time. */
  readonly at: string;
  readonly envelope: unknown;
}

const mostKept = 100;
const bytesMax = 512 * 1024;

/** `secret`: what posts of the relay must be signed with. */
export async function openInbox(port: number, secret: string): Promise<Inbox> {
  let envelopes: readonly Received[] = [];
  let posts: readonly SignedPost[] = [];
  const keep = (path: string, headers: IncomingMessage['headers'], body: string): number => {
    if (path === '/signed') {
      const post = signedPost({ headers, body }, secret, Date.now());
      if (post !== undefined) posts = [post, ...posts].slice(0, mostKept);
      return post === undefined ? 401 : 200;
    }
    const envelope = parsed(body);
    if (envelope !== undefined) envelopes = [{ at: new Date().toISOString(), envelope }, ...envelopes].slice(0, mostKept);
    return envelope === undefined ? 400 : 200;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const isPost = request.method === 'POST' && (path === '/inbox' || path === '/signed');
    const body = isPost ? await readBody(request) : undefined;
    response.writeHead(!isPost ? 404 : body === undefined ? 400 : keep(path, request.headers, body)).end();
  };
  const listening = await listenSomewhere((request, response) => void answer(request, response), port);
  const base = `http://127.0.0.1:${listening.port}`;
  return {
    url: `${base}/inbox`,
    signedUrl: `${base}/signed`,
    port: listening.port,
    list: () => envelopes,
    signed: () => posts,
    close: () => listening.close(),
  };
}

/** Undefined when it is too long, or breaks off. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  try {
    let text = '';
    request.setEncoding('utf8');
    for await (const chunk of request as AsyncIterable<string>) {
      text += chunk;
      if (text.length > bytesMax) return undefined;
    }
    return text;
  } catch {
    return undefined;
  }
}

/** SNS says `text/plain` of its JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
