/** Starts the demo as a user would, asks its API, and measures what it takes of the machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface LocalSystem {
  readonly url: string;
  readonly pid: number;
  readonly startedAt: number;
  get<T>(path: string): Promise<T>;
  post(path: string, body: unknown): Promise<void>;
  stop(): Promise<void>;
}

export async function startDemo(): Promise<LocalSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-bench-'));
  const startedAt = performance.now();
  const entry = fileURLToPath(new URL('../bin/twinwatch.mjs', import.meta.url));
  const child = spawn(process.execPath, [entry, 'up', '--demo', '--json', '--port', '0', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { url, pid } = JSON.parse(await firstLine(child)) as { url: string; pid: number };
  const base = url.replace(/\/$/, '');
  return {
    url: base,
    pid,
    startedAt,
    get: async (path) => (await fetch(base + path)).json() as never,
    post: async (path, body) => {
      const answer = await fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code} before it was up`)));
  });
}

/** Asks every 100 ms until `isSo`; the seconds it took, or undefined when patience ended. */
export async function secondsUntil(isSo: () => Promise<boolean>, patienceSeconds: number): Promise<number | undefined> {
  const begun = performance.now();
  const passed = (): number => (performance.now() - begun) / 1000;
  while (passed() < patienceSeconds) {
    if (await isSo().catch(() => false)) return passed();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

/** Proportional set size of a process and all its descendants, in MB: shared pages count once. */
export function memoryMb(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)));
  const family = new Set([pid]);
  for (let grown = true; grown; ) {
    const before = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
    grown = family.size > before;
  }
  return [...family].reduce((sum, member) => sum + pssKb(member), 0) / 1024;
}

function parentOf(pid: number): number {
  return Number(
    readOr(`/proc/${pid}/stat`)
      .replace(/^.*\) . /s, '')
      .split(' ')[0],
  );
}

function pssKb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
