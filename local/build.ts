/** Bundles what the edges run: the functions as they are deployed, and the edge and bootstrap programs themselves. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';
import { type Config, configToJson } from '../src/core/config/config';
import { configFileName, type FunctionRole, functionRoles } from '../src/core/names';

export interface Built {
  readonly edgeFile: string;
  readonly bootstrapFile: string;
  /** The folder that holds a function's `index.mjs` and its configuration. */
  readonly bundleDir: (role: FunctionRole) => string;
}

export interface BuildRequest {
  readonly root: string;
  readonly folder: string;
  readonly config: Config;
}

export async function buildAll({ root, folder, config }: BuildRequest): Promise<Built> {
  const bundleDir = (role: FunctionRole): string => join(folder, role);
  const functions = functionRoles.map((role) =>
    bundle({ entry: join(root, 'functions', `${role}.ts`), out: join(bundleDir(role), 'index.mjs'), minify: true }),
  );
  const programs = ['edge', 'bootstrap'].map((name) => bundle({ entry: join(root, 'local', `${name}.ts`), out: join(folder, `${name}.mjs`), minify: false }));
  await Promise.all([...functions, ...programs]);
  // The bundler is a process of its own, and would stay.
  await stop();
  for (const role of functionRoles) writeConfig(bundleDir(role), config);
  return { edgeFile: join(folder, 'edge.mjs'), bootstrapFile: join(folder, 'bootstrap.mjs'), bundleDir };
}

function writeConfig(folder: string, config: Config): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, configFileName), configToJson(config));
}

/** Packages in CommonJS call `require`, which a module does not have. */
const requireForModules = "import{createRequire as twinwatchCreateRequire}from'node:module';const require=twinwatchCreateRequire(import.meta.url);";

async function bundle({ entry, out, minify }: { readonly entry: string; readonly out: string; readonly minify: boolean }): Promise<void> {
  const options: BuildOptions = {
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: requireForModules },
    minify,
    logLevel: 'silent',
  };
  await build(options);
}
