/** The whole local system for a test, started as a user starts it, and gone afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface SystemRequest {
  readonly dataFolder: string;
  /** Without one it is the demo. */
  readonly configFile?: string;
  /** A free one where it does not matter. */
  readonly port?: number;
  /** More for its command line. */
  readonly words?: readonly string[];
  /** What its configuration refers to. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What its references to secrets stand for. */
  readonly secretsFile?: string;
}

export interface TestSystem {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly supervisor: ChildProcess;
  readonly regions: readonly { readonly name: string; readonly role: string; readonly pid: number; readonly port: number }[];
  /** Everything that was said on stdout. */
  readonly said: () => readonly string[];
  readonly get: <View>(path: string) => Promise<View>;
  readonly post: (path: string, body: unknown) => Promise<Response>;
  /** Every process of the system, the supervisor among them. */
  readonly pids: () => readonly number[];
  /** The exit code after a Ctrl-C. */
  readonly stop: () => Promise<number | null>;
  /** Ends every process at once, as a power cut does. */
  readonly killEverything: () => Promise<void>;
}

/** Rejects with what was said on stderr when it does not start. */
export async function startSystem({ dataFolder, configFile, port = 0, words: more = [], environment = {}, secretsFile }: SystemRequest): Promise<TestSystem> {
  const secrets = secretsFile === undefined ? [] : ['--secrets', secretsFile];
  const what = configFile === undefined ? ['--demo'] : ['--config', configFile, ...secrets];
  const words = ['bin/twinwatch.mjs', 'up', ...what, '--data', dataFolder, '--port', String(port), ...more, '--json'];
  const supervisor = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const ended = once(supervisor, 'exit');
  const said: string[] = [];
  let complaints = '';
  supervisor.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  const first = new Promise<string>((resolve) => {
    createInterface({ input: supervisor.stdout }).on('line', (line) => {
      said.push(line);
      resolve(line);
    });
  });
  const started = await Promise.race([first, ended.then(() => undefined)]);
  if (started === undefined) throw new Error(complaints.trim());
  const { url, regions, port: chosen } = JSON.parse(started);
  const base = url.replace(/\/$/, '');
  const pids = (): readonly number[] => JSON.parse(readFileSync(join(dataFolder, 'processes.json'), 'utf8')).map(({ pid }: { readonly pid: number }) => pid);
  return {
    url: base,
    port: chosen,
    supervisor,
    regions,
    said: () => said,
    pids,
    get: async (path) => (await fetch(base + path)).json() as never,
    post: (path, body) => fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    stop: async () => {
      supervisor.kill('SIGINT');
      await ended;
      return supervisor.exitCode;
    },
    killEverything: async () => {
      for (const pid of pids()) killQuietly(pid);
      await ended;
    },
  };
}

/** Ends whatever of a test's system may still run, and removes its folder. */
export async function clearAway(system: TestSystem | undefined, dataFolder: string): Promise<void> {
  if (system !== undefined && system.supervisor.exitCode === null && system.supervisor.signalCode === null) await system.stop();
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
