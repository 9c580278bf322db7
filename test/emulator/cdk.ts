/** The project's own `cdk`, as a user runs it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { account, type Emulator } from './emulator';
import { run } from './processes';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const program = join(projectFolder, 'node_modules', '.bin', 'cdk');

export interface Cdk {
  readonly assembly: string;
  deploy(...stacks: readonly string[]): Promise<void>;
  destroy(): Promise<void>;
}

/** Needs no AWS: the account is known. */
export async function synth(configFile: string, workFolder: string): Promise<string> {
  const assembly = join(workFolder, 'cdk.out');
  const words = ['synth', '--quiet', '-c', `config=${configFile}`, '--output', assembly];
  const environment = { ...process.env, CDK_DEFAULT_ACCOUNT: account, CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true' };
  await run({ program, words, environment, folder: projectFolder, logFile: join(workFolder, 'synth.log') }, 60);
  return assembly;
}

export async function bootstrap(emulator: Emulator, regions: readonly string[], workFolder: string): Promise<void> {
  const words = ['bootstrap', '--no-notices', ...regions.map((region) => `aws://${account}/${region}`)];
  await run({ program, words, environment: emulator.environment, folder: workFolder, logFile: join(workFolder, 'bootstrap.log') }, 90);
}

export function cdkOf(emulator: Emulator, assembly: string, workFolder: string): Cdk {
  const cdk = (log: string, words: readonly string[]) =>
    run(
      { program, words: [...words, '--app', assembly, '--no-notices'], environment: emulator.environment, folder: workFolder, logFile: join(workFolder, log) },
      180,
    );
  return {
    assembly,
    deploy: (...stacks) => cdk('deploy.log', ['deploy', ...stacks, '--require-approval', 'never']),
    destroy: () => cdk('destroy.log', ['destroy', '--all', '--force']),
  };
}
