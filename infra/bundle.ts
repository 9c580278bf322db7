/** What Lambda is given of a function: a folder, bundled before CDK sees it, and named by what is in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { functionBundle, writeConfigBeside } from '../src/adapters/function-bundle';
import type { Config } from '../src/core/config/config';
import type { DeployedFunction } from '../src/core/names';

export const projectDirectory = fileURLToPath(new URL('..', import.meta.url));
const functionsFolder = join(projectDirectory, 'functions');

/** Where CDK wants no assets of this stack, as for `cdk destroy`, nothing is bundled and the sources stand in. */
export function codeOf(scope: Construct, role: DeployedFunction, config: Config): Code {
  return Code.fromAsset(Stack.of(scope).bundlingRequired ? bundleOf(role, config) : functionsFolder);
}

/** All regions have the same bundles, so each is made once. */
const made = new WeakMap<Config, Map<DeployedFunction, string>>();

function bundleOf(role: DeployedFunction, config: Config): string {
  const bundles = made.get(config) ?? new Map<DeployedFunction, string>();
  made.set(config, bundles);
  const folder = bundles.get(role) ?? bundle(role, config);
  bundles.set(role, folder);
  return folder;
}

function bundle(role: DeployedFunction, config: Config): string {
  const folder = join(temporaryFolder(), `${bundleCount++}-${role}`);
  buildSync({ ...functionBundle({ entry: join(functionsFolder, `${role}.ts`), folder }), logLevel: 'warning' });
  writeConfigBeside(folder, config);
  return folder;
}

let bundleCount = 0;
let temporary: string | undefined;

/** CDK copies a bundle while it synthesises; until then it stays. */
function temporaryFolder(): string {
  if (temporary !== undefined) return temporary;
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-bundles-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  temporary = folder;
  return folder;
}
