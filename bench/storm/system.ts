/** The whole local system, as `twinwatch up` starts it, with every kind of channel that can be received on this machine. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { trustedConfig } from '../../local/read-config';
import { regionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import { entryId, type LogEntry } from '../../src/core/log';
import { decodeLogEntry } from '../../src/core/log-item';
import { logPartition, type Writer, writerAt } from '../../src/core/table';
import { replicaAt } from '../kills/ledger';
import type { Receivers } from './receivers';
import type { Services } from './services';

export interface StormSystem {
  readonly pid: number;
  readonly folder: string;
  readonly config: Config;
  get<T>(path: string): Promise<T>;
  /** The logs of all regions, from one replica. */
  logs(): Promise<readonly LogEntry[]>;
  stop(): Promise<void>;
}

const regions = ['eu-west-1', 'us-east-2'] as const;
const secretKinds = ['pagerduty', 'opsgenie', 'telegram'] as const;

/** The relay brings all of these but the first, which SNS brings itself. */
export const channelNames = ['webhook', 'slack', 'teams', 'discord', 'pagerduty', 'opsgenie', 'ntfy', 'telegram', 'post'] as const;

/** These open and close incidents of their own. */
export const keepers: readonly string[] = ['pagerduty', 'opsgenie'];

export async function startStormSystem(services: Services, receivers: Receivers, intervalSeconds: number): Promise<StormSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-storm-'));
  const [configFile, secretsFile] = [join(folder, 'twinwatch.yaml'), join(folder, 'secrets.yaml')];
  const text = textOf(services, receivers, intervalSeconds);
  writeFileSync(configFile, text);
  writeFileSync(secretsFile, secretKinds.map((kind) => `twinwatch/${kind}: secret-of-${kind}\n`).join(''));
  const entry = fileURLToPath(new URL('../../bin/twinwatch.mjs', import.meta.url));
  const words = [entry, 'up', '--config', configFile, '--secrets', secretsFile, '--data', join(folder, 'data'), '--port', '0', '--json'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`twinwatch ended with ${code} before it was up`)));
  });
  const api = `http://127.0.0.1:${(JSON.parse(line) as { readonly port: number }).port}`;
  const get = async <T>(path: string): Promise<T> => (await (await fetch(api + path)).json()) as T;
  return {
    pid: child.pid ?? 0,
    folder,
    config: trustedConfig(text, configFile).config,
    get,
    logs: async () => {
      const [first] = (await get<{ readonly regions: readonly { readonly name: string; readonly port: number }[] }>('/api/local')).regions;
      if (first === undefined) throw new Error('there is no region');
      return patiently(() => logsIn(first));
    },
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** On a machine that has much else to do even a table of this machine may take longer than it may. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; tries < 6; tries += 1) {
    const found = await work().catch(() => undefined);
    if (found !== undefined) return found;
  }
  return work();
}

async function logsIn({ name, port }: { readonly name: string; readonly port: number }): Promise<readonly LogEntry[]> {
  const replica = replicaAt(name, port);
  const names = regions.map(regionId);
  const writers: readonly Writer[] = names.flatMap((region) => names.map((at) => writerAt(region, at)));
  const month = new Date().toISOString().slice(0, 7);
  const items = (await Promise.all(writers.map((writer) => replica.query(logPartition(writer, month), '0', '~')))).flat();
  const entries = items.flatMap((item) => decodeLogEntry(item) ?? []);
  return [...new Map(entries.map((entry) => [entryId(entry), entry])).values()];
}

function textOf({ names, proxyUrl }: Services, { urlOf }: Receivers, intervalSeconds: number): string {
  const secret = (kind: (typeof secretKinds)[number]): string => `"\${secret:twinwatch/${kind}}"`;
  return `
regions: { probers: [${regions.join(', ')}] }
defaults: { interval: ${intervalSeconds}s, timeout: 3s, downAfter: 2, upAfter: 2 }
watch: { tolerate: 60s }
network: { allowPrivate: true }
channels:
  webhook: { webhook: "${urlOf('webhook')}" }
  slack: { slack: "${urlOf('slack')}" }
  teams: { teams: "${urlOf('teams')}" }
  discord: { discord: "${urlOf('discord')}" }
  pagerduty: { pagerduty: { key: ${secret('pagerduty')}, url: "${urlOf('pagerduty')}" } }
  opsgenie: { opsgenie: { key: ${secret('opsgenie')}, url: "${urlOf('opsgenie')}" } }
  ntfy: { ntfy: "${urlOf('ntfy')}/topic" }
  telegram: { telegram: { token: ${secret('telegram')}, chat: "1", url: "${urlOf('telegram')}" } }
  post: { post: "${urlOf('post')}" }
monitors:
${names.map((name) => `  ${name}: { http: { url: "http://${name}.example/", proxy: "${proxyUrl}", expect: { status: 200 } } }`).join('\n')}
`;
}
