/** How a function becomes a folder that Lambda can load, deployed and on a laptop alike: its modules, and the parsed configuration beside them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { type Config, configToJson } from '../core/config/config';
import { configFileName } from '../core/names';

/** Packages in CommonJS call `require`, which a module does not have. */
const requireForModules = "import{createRequire as twinwatchCreateRequire}from'node:module';const require=twinwatchCreateRequire(import.meta.url);";

/** Node 20 is the oldest runtime that the code is tested on; `module` first makes the AWS SDK a third smaller. */
export const bundled = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  banner: { js: requireForModules },
  logLevel: 'silent',
} as const satisfies BuildOptions;

export interface FunctionSource {
  readonly entry: string;
  readonly folder: string;
}

/** In several files: what a configuration does not use is in one that is never loaded. Pieces are named by their content. */
export function functionBundle({ entry, folder }: FunctionSource) {
  return {
    ...bundled,
    minify: true,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: folder,
    splitting: true,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'pieces/[name]-[hash]',
  } as const satisfies BuildOptions;
}

export function writeConfigBeside(folder: string, config: Config): void {
  writeFileSync(join(folder, configFileName), configToJson(config));
}
