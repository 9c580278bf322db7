/** What is watched and what is told: a target that fails when asked to, and a receiver of messages. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Told {
  readonly atMs: number;
  readonly text: string;
}

export interface LittleWeb {
  readonly target: string;
  readonly anchor: string;
  readonly hook: string;
  fail(isFailing: boolean): void;
  readonly told: Told[];
  close(): void;
}

export async function openLittleWeb(): Promise<LittleWeb> {
  const told: Told[] = [];
  let isFailing = false;
  const target = await open((_request, response) => response.writeHead(isFailing ? 503 : 200).end());
  const anchor = await open((_request, response) => response.end());
  const hook = await open((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
    request.once('end', () => {
      told.push({ atMs: Date.now(), text });
      response.end();
    });
  });
  return {
    target: urlOf(target),
    anchor: urlOf(anchor),
    hook: urlOf(hook),
    fail: (value) => {
      isFailing = value;
    },
    told,
    close: () => {
      for (const server of [target, anchor, hook]) server.close().closeAllConnections();
    },
  };
}

function open(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
