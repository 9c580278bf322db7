/** What `cdk synth` and `cdk deploy` run: the configuration is checked before anything is built from it. */
import { App } from 'aws-cdk-lib';
import { readConfigFile } from './config-file';
import { addStacks } from './stacks';

// CDK's own check of the templates doubles the time of a synth, and says nothing about them today: CDK_VALIDATION=true asks for it.
const app = new App({ autoSynth: false, builtinCloudFormationValidation: process.env.CDK_VALIDATION === 'true' });
const file: string = app.node.tryGetContext('config') ?? process.env.TWINWATCH_CONFIG ?? 'twinwatch.yaml';
const read = readConfigFile(file, process.env);

if (read.kind === 'invalid') {
  say(read.mistakes);
  process.exitCode = 1;
} else {
  say(read.warnings);
  addStacks(app, read.config, process.env.CDK_DEFAULT_ACCOUNT);
  app.synth();
}

function say(sentences: readonly string[]): void {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
}
