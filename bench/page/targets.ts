/** The targets that all tools watch: each a server on a port of its own, which can be broken in three ways. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Kind } from './outages';

export interface Target {
  readonly name: string;
  /** Who asks is counted by the path. */
  urlFor(tool: string): string;
  timesAsked(tool: string): number;
  breakAs(kind: Kind): void;
  mend(): Promise<void>;
  close(): void;
}

/** Below the ports that the kernel gives to outgoing connections: one that nobody listens on for a while must stay free. */
const firstPort = 20_000;
const lastPort = 32_000;

export async function openTargets(names: readonly string[]): Promise<readonly Target[]> {
  const targets: Target[] = [];
  let port = firstPort + Math.floor(Math.random() * 5000);
  for (const name of names) {
    let target: Target | undefined;
    for (; target === undefined; port += 1) {
      if (port > lastPort) throw new Error(`no ${names.length} ports between ${firstPort} and ${lastPort} are free`);
      target = await openTarget(name, port);
    }
    targets.push(target);
  }
  return targets;
}

async function openTarget(name: string, port: number): Promise<Target | undefined> {
  const asked = new Map<string, number>();
  const waiting: ServerResponse[] = [];
  let broken: Kind | undefined;
  const server = createServer((request: IncomingMessage, response) => {
    const tool = decodeURIComponent((request.url ?? '').slice(1));
    asked.set(tool, (asked.get(tool) ?? 0) + 1);
    if (broken === 'hung') waiting.push(response);
    else response.writeHead(broken === undefined ? 200 : 500).end();
  });
  if (!(await canListen(server, port))) return undefined;
  return {
    name,
    urlFor: (tool) => `http://127.0.0.1:${port}/${encodeURIComponent(tool)}`,
    timesAsked: (tool) => asked.get(tool) ?? 0,
    breakAs: (kind) => {
      broken = kind;
      if (kind === 'refused') server.close().closeAllConnections();
    },
    mend: async () => {
      const wasRefused = broken === 'refused';
      broken = undefined;
      // As one that was frozen and goes on: who still waits is answered.
      for (const response of waiting.splice(0)) response.end();
      if (wasRefused && !(await canListen(server, port))) throw new Error(`port ${port} was taken while nobody listened on it`);
    },
    close: () => server.close().closeAllConnections(),
  };
}

function canListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const refuse = (): void => resolve(false);
    server.once('error', refuse);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refuse);
      resolve(true);
    });
  });
}
