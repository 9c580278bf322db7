/** The project's own `cdk`, never a global one: what it says is shown as it comes, and kept to find the cause of a failure in. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface CdkRun {
  readonly isDone: boolean;
  /** All that it said. */
  readonly said: string;
}

export type Cdk = (words: readonly string[]) => Promise<CdkRun>;

/** @param folder of the project, where cdk.json is */
export const cdkIn =
  (folder: string): Cdk =>
  (words) => {
    const program = join(dirname(createRequire(pathToFileURL(join(folder, 'package.json'))).resolve('aws-cdk/package.json')), 'bin', 'cdk');
    const environment = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
    // It asks for approval on our terminal, so its input is ours.
    const child = spawn(process.execPath, [program, ...words, '--no-notices'], { cwd: folder, env: environment, stdio: ['inherit', 'pipe', 'pipe'] });
    let said = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        to.write(chunk);
      });
    }
    return new Promise((resolve) => {
      child.once('error', (error) => resolve({ isDone: false, said: error.message }));
      child.once('close', (code) => resolve({ isDone: code === 0, said }));
    });
  };
