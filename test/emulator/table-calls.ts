/** The suite that both embedded engines pass, run against the emulator's DynamoDB: a table of its own, in a region where nothing is deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './cdk';
import type { Emulator } from './emulator';
import { run } from './processes';

export interface Outcome {
  readonly isGood: boolean;
  readonly words: string;
}

export async function proveTableCalls(emulator: Emulator, workFolder: string): Promise<Outcome> {
  const logFile = join(workFolder, 'table-calls.log');
  const words = ['--testMatch', '<rootDir>/test/emulator/table.suite.ts', '--silent'];
  const environment = { ...emulator.environment, TWINWATCH_EMULATOR: emulator.endpoint };
  try {
    await run({ program: join(projectFolder, 'node_modules', '.bin', 'jest'), words, environment, folder: projectFolder, logFile }, 90);
    return { isGood: true, words: /^Tests: +(.*)$/m.exec(readFileSync(logFile, 'utf8'))?.[1] ?? 'no tests' };
  } catch (error) {
    return { isGood: false, words: error instanceof Error ? error.message : String(error) };
  }
}
