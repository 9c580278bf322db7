/** What is watched and who is told: targets that are down by turns, and a receiver that keeps every message it has answered. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { second } from '../../src/core/basics/time';
import type { Random } from '../deadman/random';

export interface Outage {
  readonly monitor: string;
  readonly from: number;
  readonly to: number;
}

/** A message as the receiver got it: SNS's envelope, with what stands in it. */
export interface Received {
  readonly atMs: number;
  readonly messageId: string;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface LittleWorld {
  readonly monitors: readonly string[];
  readonly received: readonly Received[];
  readonly anchor: string;
  readonly hook: string;
  urlOf(monitor: string): string;
  /** One target after the other goes down for a while, until all are mended. */
  beginOutages(random: Random): void;
  /** All targets are up from now on. Every outage there was. */
  mendAll(): readonly Outage[];
  close(): void;
}

/** So many that none of them is down so often that it is told as flapping. */
const monitorCount = 50;
const outageEveryMs = 25 * second;

export async function openLittleWorld(): Promise<LittleWorld> {
  const monitors = Array.from({ length: monitorCount }, (_, index) => `shop-${String(index + 1).padStart(2, '0')}`);
  const down = new Map<string, number>();
  const outages: Outage[] = [];
  const received: Received[] = [];
  const target = await open((request, response) => response.writeHead(down.has((request.url ?? '').slice(1)) ? 503 : 200).end());
  const anchor = await open((_request, response) => response.end());
  const hook = await open((request, response) => void keep(request, response, received));
  const mend = (monitor: string): void => {
    const from = down.get(monitor);
    if (from !== undefined && down.delete(monitor)) outages.push({ monitor, from, to: Date.now() });
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    ...{ monitors, received, anchor: urlOf(anchor), hook: urlOf(hook) },
    urlOf: (monitor) => urlOf(target) + monitor,
    beginOutages: (random) => {
      let turn = 0;
      timer = setInterval(() => {
        const monitor = monitors[turn % monitors.length] ?? '';
        down.set(monitor, Date.now());
        setTimeout(mend, outageMs(random, turn), monitor).unref();
        turn += 1;
      }, outageEveryMs);
    },
    mendAll: () => {
      clearInterval(timer);
      for (const monitor of [...down.keys()]) mend(monitor);
      return outages;
    },
    close: () => {
      for (const server of [target, anchor, hook]) server.close().closeAllConnections();
    },
  };
}

/** Most last long enough that they must be told whatever is killed meanwhile; some are over soon. */
function outageMs(random: Random, turn: number): number {
  const draws = random.at(2, turn);
  return draws.unit() < 0.7 ? (160 + 40 * draws.unit()) * second : (10 + 40 * draws.unit()) * second;
}

/** It is answered when it is kept. */
async function keep(request: IncomingMessage, response: ServerResponse, received: Received[]): Promise<void> {
  let text = '';
  request.setEncoding('utf8');
  try {
    for await (const more of request) text += more;
    const envelope = JSON.parse(text) as { readonly MessageId: string; readonly Message: string };
    received.push({ atMs: Date.now(), messageId: envelope.MessageId, message: JSON.parse(envelope.Message) as Received['message'] });
    response.end();
  } catch {
    // Whoever sent it was killed in the middle.
    response.writeHead(400).end();
  }
}

function open(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
