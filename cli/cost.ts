/** `twinwatch cost`: what a configuration costs in a month, line by line, and what the same watching costs elsewhere. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { instant } from '../src/core/basics/brand';
import { formatMistake } from '../src/core/config/mistakes';
import { parseConfig } from '../src/core/config/parse-config';
import type { Environment } from '../src/core/config/references';
import { billOf } from '../src/core/cost/bill';
import { costText } from './cost/cost-text';

const more = `
It is computed from the configuration alone: nothing is asked of AWS, and no credentials are needed. List prices with
their date, before free tiers and taxes; what is taken for granted stands below the table.

Exit code: 0 computed, 1 the configuration has mistakes, 2 it cannot be read.`;

export interface CostOptions {
  readonly config: string;
  readonly json?: boolean | undefined;
  readonly environment: Environment;
}

export interface Cost {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

export function registerCost(program: Command): void {
  program
    .command('cost')
    .description('what this configuration costs in AWS in a month, and what the same costs elsewhere')
    .option('--config <file>', 'the configuration', 'twinwatch.yaml')
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(async (options: Omit<CostOptions, 'environment'>) => {
      const { text, exitCode } = await cost({ ...options, environment: process.env });
      (exitCode === 0 ? process.stdout : process.stderr).write(text);
      process.exitCode = exitCode;
    });
}

export async function cost({ config: file, json, environment }: CostOptions): Promise<Cost> {
  const read = await readFile(file, 'utf8').then(
    (text) => ({ text }),
    (error: Error) => ({ why: error.message }),
  );
  if ('why' in read) return { text: `twinwatch: ${file} cannot be read: ${read.why}; name the configuration with --config\n`, exitCode: 2 };
  const parsed = parseConfig({ text: read.text, file, environment, madeAt: instant(Date.now()) });
  if (parsed.kind === 'invalid') return { text: [...parsed.mistakes.map(formatMistake), ''].join('\n'), exitCode: 1 };
  const bill = billOf(parsed.config);
  return { text: json === true ? `${JSON.stringify({ file, ...bill })}\n` : costText({ file, config: parsed.config, bill }), exitCode: 0 };
}
