/** Everybody who is told: a real HTTP server that takes each message and keeps what it said, by the channel it came for. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Got {
  readonly channel: string;
  /** By the clock of this machine, when the last byte had come. */
  readonly atMs: number;
  readonly body: string;
}

export interface Receivers {
  readonly got: readonly Got[];
  urlOf(channel: string): string;
  close(): void;
}

/** The first part of a path is the name of the channel: some services add more to it. */
export async function openReceivers(): Promise<Receivers> {
  const got: Got[] = [];
  const server = await open((request, response) => void keep(request, response, got));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { got, urlOf: (channel) => `${base}/${channel}`, close: () => void server.close().closeAllConnections() };
}

async function keep(request: IncomingMessage, response: ServerResponse, got: Got[]): Promise<void> {
  let body = '';
  request.setEncoding('utf8');
  try {
    for await (const more of request) body += more;
  } catch {
    return;
  }
  got.push({ channel: (request.url ?? '').split('/')[1] ?? '', atMs: Date.now(), body });
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"ok":true}');
}

function open(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
