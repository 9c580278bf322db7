/** `twinwatch schema`: what editors need to help with `twinwatch.yaml`. */
import type { Command } from 'commander';
import { jsonSchemaText } from '../src/core/config/json-schema';

export function registerSchema(program: Command): void {
  program
    .command('schema')
    .description('print the JSON schema of twinwatch.yaml')
    .action(() => {
      process.stdout.write(jsonSchemaText());
    });
}
