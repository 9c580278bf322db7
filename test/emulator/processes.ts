/** Processes of the proof: each with its log, its deadline, and its end by its own id. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { familyOf, isAlive } from './family';

export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly logFile: string;
}

export interface Running {
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with the exit code, -1 where a signal ended it. */
  readonly ended: Promise<number>;
}

const running = new Set<Running>();

export function start({ program, words, environment, folder, logFile }: Command): Running {
  const log = openSync(logFile, 'a');
  const child = spawn(program, [...words], { cwd: folder, env: definedOf(environment), stdio: ['ignore', log, log] });
  closeSync(log);
  if (child.pid === undefined) throw new Error(`${program} could not be started`);
  const one: Running = { pid: child.pid, logFile, ended: endOf(child) };
  running.add(one);
  void one.ended.finally(() => running.delete(one));
  return one;
}

/** Runs a command to its end; throws with the last words of its log where it fails or takes longer than it may. */
export async function run(command: Command, limitSeconds: number): Promise<void> {
  const one = start(command);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitSeconds * 1000);
  });
  const outcome = await Promise.race([one.ended, late]);
  clearTimeout(timer);
  if (outcome === 0) return;
  if (outcome === 'late') await end(one);
  const how = outcome === 'late' ? `took longer than ${limitSeconds} s` : `ended with ${outcome}`;
  throw new Error(`\`${[command.program, ...command.words].join(' ')}\` ${how}:\n${lastWords(one.logFile)}`);
}

/** Politely first, then not; and with it every process that it had started. */
async function end(one: Running): Promise<void> {
  const family = familyOf(one.pid);
  signal(one.pid, 'SIGTERM');
  for (let waited = 0; waited < 100 && family.some(isAlive); waited += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  for (const pid of family.filter(isAlive)) signal(pid, 'SIGKILL');
  await one.ended;
}

export async function endAll(): Promise<void> {
  await Promise.all([...running].map(end));
}

export const lastWords = (logFile: string, lines = 20): string => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('exit', (code) => resolve(code ?? -1));
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

function definedOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
