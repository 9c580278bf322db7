/** What is watched: many services with a host of their own each, behind one proxy, so that nothing but their end is common to them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Services {
  readonly names: readonly string[];
  readonly proxyUrl: string;
  /** From now on these answer with 503; all others answer well. */
  setBroken(names: readonly string[]): void;
  close(): void;
}

export async function openServices(count: number): Promise<Services> {
  let broken = new Set<string>();
  const server = createServer((request, response) => {
    const host = hostIn(request.url ?? '');
    response.writeHead(broken.has(host) ? 503 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const names = Array.from({ length: count }, (_, index) => `service-${String(index + 1).padStart(4, '0')}`);
  return {
    names,
    proxyUrl: `http://127.0.0.1:${portOf(server)}`,
    setBroken: (some) => {
      broken = new Set(some);
    },
    close: () => void server.close().closeAllConnections(),
  };
}

/** A proxy is asked for the whole address. */
const hostIn = (url: string): string => /^http:\/\/([^./]+)/.exec(url)?.[1] ?? '';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
