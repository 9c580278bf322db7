/** A whole local system that may be killed at any time, and is started again on the same data, as a user would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RegionView } from '../../local/region';
import { second } from '../../src/core/basics/time';
import type { StatusView } from '../../src/core/views';
import type { LittleWorld } from './little-world';

export const regions = ['eu-west-1', 'us-east-2', 'eu-central-1'] as const;

export interface Restart {
  readonly atMs: number;
  readonly upAfterMs: number;
  /** Starts that ended before the system was up, with their last words. */
  readonly failed: readonly string[];
}

export interface KillableSystem {
  readonly folder: string;
  readonly restarts: readonly Restart[];
  /** Of the main process; undefined while there is none. */
  mainPid(): number | undefined;
  isUp(): boolean;
  /** Starts it again on the same data and port. */
  startAgain(): Promise<void>;
  regions(): Promise<readonly RegionView[]>;
  status(): Promise<StatusView>;
  bringBack(region: string): Promise<void>;
  stop(): Promise<void>;
  clearAway(): void;
}

const entry = fileURLToPath(new URL('../../bin/twinwatch.mjs', import.meta.url));
const mostStarts = 5;

export async function startKillableSystem(world: LittleWorld): Promise<KillableSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-kills-'));
  writeFileSync(join(folder, 'twinwatch.yaml'), configOf(world));
  const restarts: Restart[] = [];
  let port = 0;
  let life: Life | undefined;
  const start = async (): Promise<string | undefined> => {
    life = openLife(folder, port);
    const said = await life.firstLine;
    if (typeof said !== 'number') return said.lastWords;
    port = said;
    return undefined;
  };
  const problem = await start();
  if (problem !== undefined) throw new Error(`twinwatch ended before it was up: ${problem}`);
  const get = async <T>(path: string): Promise<T> => (await (await fetch(`http://127.0.0.1:${port}${path}`, limited())).json()) as T;
  return {
    folder,
    restarts,
    mainPid: () => (life?.hasEnded() === false ? life.child.pid : undefined),
    isUp: () => life?.hasEnded() === false && life.isUp(),
    startAgain: async () => {
      restarts.push(await persistently(start));
    },
    regions: async () => (await get<{ readonly regions: readonly RegionView[] }>('/api/local')).regions,
    status: () => get('/api/status'),
    bringBack: (region) => bringBack(port, region),
    stop: async () => {
      life?.child.kill('SIGINT');
      await life?.ended;
    },
    clearAway: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** As a user who starts it once more when it says why it did not start. Throws when it never does. */
async function persistently(start: () => Promise<string | undefined>): Promise<Restart> {
  const atMs = Date.now();
  const failed: string[] = [];
  while (failed.length < mostStarts) {
    const words = await start();
    if (words === undefined) return { atMs, upAfterMs: Date.now() - atMs, failed };
    failed.push(words);
    await pause(second);
  }
  throw new Error(`it could not be started again: ${failed.at(-1)}`);
}

interface Life {
  readonly child: ChildProcess;
  /** The port, or why it never was up. */
  readonly firstLine: Promise<number | { readonly lastWords: string }>;
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  isUp(): boolean;
}

function openLife(folder: string, port: number): Life {
  const words = [entry, 'up', '--config', join(folder, 'twinwatch.yaml'), '--data', join(folder, 'data'), '--port', String(port), '--json'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [isUp, hasEnded, complaints] = [false, false, ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      hasEnded = true;
      resolve();
    }),
  );
  const listening = new Promise<number>((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => {
      isUp = true;
      resolve((JSON.parse(line) as { readonly port: number }).port);
    }),
  );
  const firstLine = Promise.race([listening, ended.then(() => ({ lastWords: `${child.signalCode ?? child.exitCode}: ${complaints.trim()}` }))]);
  return { child, firstLine, ended, hasEnded: () => hasEnded, isUp: () => isUp };
}

async function bringBack(port: number, region: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/regions/${region}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ state: 'running' }),
    signal: AbortSignal.timeout(40 * second),
  });
  if (!answer.ok) throw new Error(`${region}: ${answer.status} ${await answer.text()}`);
}

const limited = (): RequestInit => ({ signal: AbortSignal.timeout(15 * second) });

const configOf = ({ monitors, anchor, hook, urlOf }: LittleWorld): string => `
regions: { probers: [${regions[0]}, ${regions[1]}], witness: ${regions[2]} }
defaults: { interval: 10s, timeout: 3s, downAfter: 2, upAfter: 2 }
watch: { tolerate: 10s }
anchors: ["${anchor}"]
network: { allowPrivate: true }
channels: { hook: { webhook: "${hook}" } }
monitors:
${monitors.map((monitor) => `  ${monitor}: { http: { url: "${urlOf(monitor)}", expect: { status: 200 } } }`).join('\n')}
`;
