/** Our own prober as a process: bundled as the function is, with the memory that the function has, telling of each round. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { functionBundle } from '../../src/adapters/function-bundle';
import { functionVariables } from '../../src/core/names';
import { type Running, start } from '../peers/processes';
import type { OwnRound, OwnSpec } from './own-spec';

export interface Own {
  readonly process: Running;
  /** In the order in which they ended. */
  readonly rounds: readonly OwnRound[];
  /** Resolves at the end of the process. */
  readonly ended: Promise<void>;
}

/** As it is deployed. */
const memoryMb = 256;

export async function bundleOwn(parent: string): Promise<string> {
  const folder = join(parent, 'own');
  await build(functionBundle({ entry: fileURLToPath(new URL('own-rounds.ts', import.meta.url)), folder }));
  return join(folder, 'index.mjs');
}

export interface OwnPlace {
  readonly folder: string;
  readonly program: string;
  readonly name: string;
  /** On one core alone. */
  readonly isPinned?: boolean | undefined;
}

export function startOwn({ folder, program, name, isPinned = false }: OwnPlace, spec: OwnSpec): Own {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(spec));
  const node = [`--max-old-space-size=${memoryMb}`, program, file];
  const [command, ...args] = isPinned ? ['taskset', '-c', '0', process.execPath, ...node] : [process.execPath, ...node];
  const running = start(folder, { name, command: command ?? process.execPath, args, environment: functionVariables, talks: true });
  const rounds: OwnRound[] = [];
  running.child.on('message', (round) => void rounds.push(round as OwnRound));
  return { process: running, rounds, ended: new Promise((resolve) => running.child.once('exit', () => resolve())) };
}
