/** The whole local system on that target, and the ways to take a region's eyes: to freeze all its processes, or to kill them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RegionView } from '../../local/region';
import type { ReportView } from '../../src/core/views';
import type { LittleWeb } from './little-web';

export interface OwnSystem {
  /** Takes the eyes of these regions, and gives them back when the returned function is called. */
  blind(how: 'freeze' | 'kill', regions: readonly string[]): Promise<() => Promise<void>>;
  report(from: number, to: number): Promise<ReportView>;
  isCalm(): Promise<boolean>;
  stop(): Promise<void>;
}

const entry = fileURLToPath(new URL('../../bin/twinwatch.mjs', import.meta.url));

export async function startOwnSystem(web: LittleWeb): Promise<OwnSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-blind-'));
  const configFile = join(folder, 'twinwatch.yaml');
  writeFileSync(configFile, configOf(web));
  const words = [entry, 'up', '--config', configFile, '--data', join(folder, 'data'), '--port', '0', '--json'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`twinwatch ended with ${code} before it was up`)));
  });
  const api = `http://127.0.0.1:${(JSON.parse(line) as { readonly port: number }).port}`;
  const get = async <T>(path: string): Promise<T> => (await (await fetch(api + path)).json()) as T;
  return {
    blind: async (how, names) => {
      const { regions } = await get<{ readonly regions: readonly RegionView[] }>('/api/local');
      const victims = regions.filter(({ name }) => names.includes(name));
      if (how === 'freeze') return freeze(victims);
      for (const { name } of victims) await setRegion(api, name, 'dark');
      return async () => {
        for (const { name } of victims) await setRegion(api, name, 'running');
      };
    },
    report: (from, to) => get(`/api/report?monitor=shop&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`),
    isCalm: async () => {
      const status = await get<{ readonly monitors: readonly { readonly verdict: string }[]; readonly incidents: readonly { readonly state: string }[] }>(
        '/api/status',
      );
      return status.monitors.every(({ verdict }) => verdict === 'up') && status.incidents.every(({ state }) => state === 'resolved');
    },
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function freeze(victims: readonly RegionView[]): () => Promise<void> {
  const pids = victims.flatMap(({ pid, processes }) => [...(pid === null ? [] : [pid]), ...processes.map((one) => one.pid)]);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return async () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

async function setRegion(api: string, name: string, state: 'dark' | 'running'): Promise<void> {
  const answer = await fetch(`${api}/api/regions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ state }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}

const configOf = ({ target, anchor, hook }: LittleWeb): string => `
regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
defaults: { interval: 5s, timeout: 2s, downAfter: 2, upAfter: 2 }
watch: { tolerate: 10s }
anchors: ["${anchor}"]
network: { allowPrivate: true }
channels: { hook: { webhook: "${hook}" } }
monitors:
  shop: { http: { url: "${target}", expect: { status: 200 } } }
`;
