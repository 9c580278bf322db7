/** `twinwatch up` is another host, which bin/twinwatch.mjs starts; here it is only explained. */
import type { Command } from 'commander';

export function registerUp(program: Command): void {
  program
    .command('up')
    .description('run the whole system on this machine')
    .option('--demo', 'with three little services to watch, and to break')
    .option('--config <file>', 'the configuration', 'twinwatch.yaml')
    .option('--secrets <file>', 'what references to secrets stand for: `name: value` lines')
    .option('--data <directory>', 'where everything is kept', '.twinwatch')
    .option('--port <n>', 'where the page is', '4300')
    .option('--idle', 'with tables, and without the functions’ schedules: for `import-table --local`')
    .option('--json', 'print JSON lines instead of a screen')
    .action(() => {
      throw new Error('`up` is started by bin/twinwatch.mjs');
    });
}
