/** Our own whole local system on a configuration of a bench, started as a user would: `twinwatch up --config FILE`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface OwnUp {
  /** Of its page and its API, without a slash at the end. */
  readonly api: string;
  readonly dataFolder: string;
  get<T>(path: string): Promise<T>;
  /** With all it has written. */
  stop(): Promise<void>;
}

const entry = fileURLToPath(new URL('../../bin/twinwatch.mjs', import.meta.url));

export async function startOwnUp(name: string, configText: string): Promise<OwnUp> {
  const folder = mkdtempSync(join(tmpdir(), `twinwatch-${name}-`));
  const [configFile, dataFolder] = [join(folder, 'twinwatch.yaml'), join(folder, 'data')];
  writeFileSync(configFile, configText);
  const words = [entry, 'up', '--config', configFile, '--data', dataFolder, '--port', '0', '--json'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  // Whoever ends the bench ends it as well.
  const end = (): void => void child.kill('SIGINT');
  process.once('exit', end);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`twinwatch ended with ${code} before it was up`)));
  });
  const api = `http://127.0.0.1:${(JSON.parse(line) as { readonly port: number }).port}`;
  return {
    api,
    dataFolder,
    get: async <T>(path: string): Promise<T> => (await (await fetch(api + path)).json()) as T,
    stop: async () => {
      process.off('exit', end);
      end();
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
