/** Bundles what the edges run: the functions as they are deployed, and the edge and bootstrap programs themselves. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { bundled, functionBundle, writeConfigBeside } from '../src/adapters/function-bundle';
import { type Config, isProbed } from '../src/core/config/config';
import { isSharded } from '../src/core/function-size';
import { type DeployedFunction, functionRoles } from '../src/core/names';
import { hasRelay } from '../src/core/region-functions';
import { StartRefused } from './refusal';

export interface Built {
  readonly edgeFile: string;
  readonly bootstrapFile: string;
  /** The folder that holds a function's `index.mjs` and its configuration. */
  readonly bundleDir: (role: DeployedFunction) => string;
}

export interface BuildRequest {
  readonly root: string;
  readonly folder: string;
  readonly config: Config;
}

/** Throws StartRefused where the bundler fails, or is ended by somebody. */
export async function buildAll({ root, folder, config }: BuildRequest): Promise<Built> {
  const bundleDir = (role: DeployedFunction): string => join(folder, role);
  const called: readonly DeployedFunction[] = [
    ...(isSharded(config) ? ['probe-worker' as const] : []),
    ...(config.monitors.every(isProbed) ? [] : ['inbox' as const]),
    ...(hasRelay(config) ? ['relay' as const] : []),
  ];
  const roles: readonly DeployedFunction[] = [...functionRoles, 'widget', ...called];
  const functions = roles.map((role) => bundleFunction(join(root, 'functions', `${role}.ts`), bundleDir(role)));
  const programs = ['edge', 'bootstrap'].map((name) =>
    build({ ...bundled, entryPoints: [join(root, 'local', `${name}.ts`)], outfile: join(folder, `${name}.mjs`) }),
  );
  try {
    await Promise.all([...functions, ...programs]);
  } catch (error) {
    throw new StartRefused(
      `what the regions run could not be bundled: ${(error as Error).message}; start again, and if it stays so, run \`npm ci\` in ${root}`,
    );
  } finally {
    // The bundler is a process of its own, and would stay.
    await stop();
  }
  for (const role of roles) writeConfigBeside(bundleDir(role), config);
  return { edgeFile: join(folder, 'edge.mjs'), bootstrapFile: join(folder, 'bootstrap.mjs'), bundleDir };
}

async function bundleFunction(entry: string, folder: string): Promise<void> {
  // Pieces are named by their content, and those of an older version would stay.
  rmSync(folder, { recursive: true, force: true });
  await build(functionBundle({ entry, folder }));
}
