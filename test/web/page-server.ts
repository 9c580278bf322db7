/** Serves the files of the page and whatever news a test puts in; keeps what the page posts. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { announcement, local, status } from './news';
import { past } from './past';

const pageFolder = resolve('local/page');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

export type Answers = Record<string, (query: URLSearchParams) => unknown>;

export interface PageServer {
  readonly address: string;
  /** What each API path answers, at once or later; a function is asked each time. */
  answers: Answers;
  posts: { readonly path: string; readonly body: unknown }[];
  /** How a post is answered. */
  postStatus: number;
  /** Whether the API answers at all: a dead one drops the connection. */
  isDead: boolean;
  close(): Promise<void>;
}

export const healthyAnswers = (): Answers => ({
  '/api/status': () => status(),
  '/api/announcements': () => [announcement()],
  '/api/local': () => local(),
  '/api/report': (query) => past(query),
});

export async function startPageServer(): Promise<PageServer> {
  const server = createServer((request, response) => {
    respond(page, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page: PageServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answers: healthyAnswers(),
    posts: [],
    postStatus: 200,
    isDead: false,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return page;
}

async function respond(page: PageServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, searchParams } = new URL(request.url ?? '/', page.address);
  if (!path.startsWith('/api/')) return respondWithFile(path === '/' ? '/index.html' : path, response);
  if (page.isDead) return void request.socket.destroy();
  if (request.method === 'POST') return takePost(page, request, response);
  const answer = page.answers[path];
  if (answer === undefined) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await answer(searchParams)));
}

async function respondWithFile(path: string, response: ServerResponse): Promise<void> {
  const text = await readFile(join(pageFolder, path));
  const headers = {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': "default-src 'self'",
    'cache-control': 'max-age=60',
  };
  response.writeHead(200, headers).end(text);
}

async function takePost(page: PageServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  page.posts.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) });
  const refused = page.postStatus >= 400;
  response.writeHead(page.postStatus, { 'content-type': 'application/json' }).end(JSON.stringify(refused ? { error: 'the edge is being started' } : {}));
}
