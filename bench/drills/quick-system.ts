/** A whole local system of its own with another tolerance than the demo's, and something to watch. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const entry = fileURLToPath(new URL('../../bin/twinwatch.mjs', import.meta.url));

export interface QuickSystem {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startQuickSystem(tolerate: string): Promise<QuickSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-drills-'));
  const servers = await Promise.all([1, 2, 3, 4].map(openServer));
  const configFile = join(folder, 'twinwatch.yaml');
  writeFileSync(configFile, configOf(tolerate, servers.map(urlOf)));
  const words = [entry, 'up', '--config', configFile, '--data', join(folder, 'data'), '--port', '0', '--json'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    new Promise<[string]>((resolve) => lines.once('line', (first) => resolve([first]))),
    ended.then(() => ['']) as Promise<[string]>,
  ]);
  if (line === '') throw new Error('twinwatch ended before it was up');
  return {
    port: (JSON.parse(line) as { readonly port: number }).port,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Anchors stand for the world outside, and hear nothing of the faults. */
const configOf = (tolerate: string, [shop = '', docs = '', anchor = '', hook = '']: readonly string[]): string => `
regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
defaults: { interval: 10s, timeout: 3s, downAfter: 2, upAfter: 2 }
watch: { tolerate: ${tolerate} }
anchors: ["${anchor}"]
network: { allowPrivate: true }
channels: { hook: { webhook: "${hook}" } }
monitors:
  shop: { http: { url: "${shop}", expect: { status: 200 } } }
  docs: { http: { url: "${docs}", expect: { status: 200 } } }
`;

function openServer(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    response.end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
