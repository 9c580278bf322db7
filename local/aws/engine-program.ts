/** Which program is the database: the native one where there is a binary for this machine, else the one in plain JavaScript. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EdgeSpec, EngineName } from './edge-messages';

export interface EngineProgram {
  readonly name: EngineName;
  /** What it keeps, as a path for messages. */
  readonly files: string;
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
  refuseOtherFiles(spec.dataDir, binary === undefined ? 'dynalite' : 'dynoxide');
  if (binary !== undefined) return dynoxide(binary, spec.dataDir);
  if (spec.engine === 'dynoxide') throw new Error('the engine "dynoxide" has no binary for this machine; choose "dynalite" or "auto"');
  return dynalite(spec.packageRoot, spec.dataDir);
}

const filesOf: Readonly<Record<EngineName, string>> = { dynoxide: 'table.sqlite', dynalite: 'table.level' };

/** Beginning empty beside the data of the other engine would look like having lost it. */
function refuseOtherFiles(dataDir: string, chosen: EngineName): void {
  const other: EngineName = chosen === 'dynoxide' ? 'dynalite' : 'dynoxide';
  const found = join(dataDir, filesOf[other]);
  if (existsSync(join(dataDir, filesOf[chosen])) || !existsSync(found)) return;
  throw new Error(
    `${found} was written by the engine ${other}, and this start would use ${chosen}, which cannot read it; run \`npm ci\` on the machine that starts it, or move the folder away`,
  );
}

function dynoxide(binary: string, dataDir: string): EngineProgram {
  const file = join(dataDir, filesOf.dynoxide);
  return {
    name: 'dynoxide',
    files: file,
    command: (port) => ({ command: binary, args: ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file], environment: {} }),
  };
}

/** It listens on every interface unless it is told a host. */
function dynalite(packageRoot: string, dataDir: string): EngineProgram {
  const folder = join(dataDir, filesOf.dynalite);
  mkdirSync(folder, { recursive: true });
  const script = resolveFrom(packageRoot, 'dynalite/cli.js');
  const memory = ['--max-old-space-size=128', '--max-semi-space-size=2'];
  const options = ['--host', '127.0.0.1', '--path', folder, '--createTableMs', '0'];
  return {
    name: 'dynalite',
    files: folder,
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
