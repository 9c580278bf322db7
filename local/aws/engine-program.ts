/** Which program is the database: the native one where there is a binary for this machine, else the one in plain JavaScript. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EdgeSpec, EngineName } from './edge-messages';

export interface EngineProgram {
  readonly name: EngineName;
  command(port: number): EngineCommand;
}

interface EngineCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Throws when the wanted engine is not installed. Each has its own files: one cannot read those of the other. */
export function engineProgram(spec: Pick<EdgeSpec, 'engine' | 'dataDir' | 'packageRoot'>): EngineProgram {
  const binary = spec.engine === 'dynalite' ? undefined : dynoxideBinary(spec.packageRoot);
  if (binary !== undefined) return dynoxide(binary, spec.dataDir);
  if (spec.engine === 'dynoxide') throw new Error('the engine "dynoxide" has no binary for this machine; choose "dynalite" or "auto"');
  return dynalite(spec.packageRoot, spec.dataDir);
}

function dynoxide(binary: string, dataDir: string): EngineProgram {
  const file = join(dataDir, 'table.sqlite');
  return {
    name: 'dynoxide',
    command: (port) => ({ command: binary, args: ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file], environment: {} }),
  };
}

/** It listens on every interface unless it is told a host. */
function dynalite(packageRoot: string, dataDir: string): EngineProgram {
  const folder = join(dataDir, 'table.level');
  mkdirSync(folder, { recursive: true });
  const script = resolveFrom(packageRoot, 'dynalite/cli.js');
  const memory = ['--max-old-space-size=128', '--max-semi-space-size=2'];
  const options = ['--host', '127.0.0.1', '--path', folder, '--createTableMs', '0'];
  return {
    name: 'dynalite',
    command: (port) => ({ command: process.execPath, args: [...memory, script, ...options, '--port', String(port)], environment: {} }),
  };
}

function dynoxideBinary(packageRoot: string): string | undefined {
  try {
    const description = resolveFrom(packageRoot, `@dynoxide/${process.platform}-${process.arch}/package.json`);
    const binary = join(dirname(description), 'dynoxide');
    accessSync(binary, constants.X_OK);
    return binary;
  } catch {
    return undefined;
  }
}

const resolveFrom = (packageRoot: string, name: string): string => createRequire(join(packageRoot, 'package.json')).resolve(name);
