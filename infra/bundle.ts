/** How a function becomes a folder that Lambda can load: one ESM file, and the parsed configuration beside it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stage } from 'aws-cdk-lib';
import { type BundlingOptions, LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import { hashHex } from '../src/core/basics/hash';
import { type Config, configToJson } from '../src/core/config/config';
import { configFileName, type DeployedFunction } from '../src/core/names';

export const projectDirectory = fileURLToPath(new URL('..', import.meta.url));
export const entryOf = (role: DeployedFunction): string => join(projectDirectory, 'functions', `${role}.ts`);

/** Packages in CommonJS call `require`, which a module does not have. */
const requireForModules = "import{createRequire as twinwatchCreateRequire}from'node:module';const require=twinwatchCreateRequire(import.meta.url);";

/** Node 20 is the oldest runtime that the code is tested on; `module` first makes the AWS SDK a third smaller. */
export function bundlingOf(scope: Construct, config: Config): BundlingOptions {
  const staged = stageConfig(scope, config);
  return {
    format: OutputFormat.ESM,
    target: 'node20',
    mainFields: ['module', 'main'],
    externalModules: [],
    minify: true,
    sourceMap: false,
    logLevel: LogLevel.WARNING,
    banner: requireForModules,
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_inputDirectory, outputDirectory) => [copyCommand(staged, join(outputDirectory, configFileName))],
    },
  };
}

/** Named by its content, because CDK bundles once for all functions whose commands are the same. */
function stageConfig(scope: Construct, config: Config): string {
  const assembly = Stage.of(scope);
  if (assembly === undefined) throw new Error('twinwatch constructs belong into an App or a Stage');
  const json = configToJson(config);
  const staged = join(assembly.outdir, `twinwatch-config-${hashHex(json)}.json`);
  writeFileSync(staged, json);
  return staged;
}

/** Neither `cp` nor `copy` exists in every shell that CDK uses; Node does. */
function copyCommand(from: string, to: string): string {
  return `node -e "require('node:fs').copyFileSync(process.argv[1],process.argv[2])" "${from}" "${to}"`;
}
