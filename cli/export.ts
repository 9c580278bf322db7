/** `twinwatch export`: the whole table of a region as a file, from which it can be built again. */
import { type Command, Option } from 'commander';
import { version } from '../package.json';
import type { WholeTable } from '../src/adapters/dynamodb/whole-table';
import { instant } from '../src/core/basics/brand';
import { isoTime } from '../src/core/basics/time';
import { usualPort } from './local-http';
import { progressTo } from './table-file/progress';
import { type Around, causeOfTable, type TableOptions, tableMeant } from './table-file/which-table';
import { writeTableFile } from './table-file/write-file';

export interface ExportOptions extends TableOptions {
  readonly json?: boolean | undefined;
}

const more = `
JSON lines: a header, an item on each line, and a last line that counts them. Items are read one page after the other
while the system goes on, so each is as it was when it was read; for one moment of all use point-in-time recovery, and
export the table that it makes with --table. Your own AWS credentials need dynamodb:DescribeTable and dynamodb:Scan.
The file holds addresses, details and messages of your services: it is readable by you alone.

Exit code: 0 exported, 2 not, with what to do. docs/restore.md has the whole story.`;

export function registerExport(program: Command): void {
  program
    .command('export')
    .description('write the whole table of a region into a file')
    .argument('<file>', 'a new file')
    .option('--region <name>', 'the replica to read (default: the first region of the configuration)')
    .option('--config <file>', 'the configuration that is deployed', 'twinwatch.yaml')
    .option('--table <name>', 'another table of that region, such as one that was restored')
    .option('--local', 'of the system that runs on this machine')
    .addOption(new Option('--port <n>', 'where its page is').default(usualPort))
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(async (file: string, options: ExportOptions) => {
      const { text, exitCode } = await exportTable(file, options);
      (exitCode === 0 || options.json === true ? process.stdout : process.stderr).write(text);
      process.exitCode = exitCode;
    });
}

export interface Exported {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

export async function exportTable(file: string, options: ExportOptions, { open, now = Date.now }: Around = {}): Promise<Exported> {
  const isJson = options.json === true;
  let table: WholeTable | undefined;
  try {
    table = await tableMeant(options, open);
    const progress = progressTo((text) => process.stderr.write(text), { what: 'written', isJson, now });
    const takenAt = isoTime(instant(now()));
    const { items, kinds } = await writeTableFile({ file, table, version, takenAt, progress });
    const view = { file, table: table.name, region: table.region, takenAt, items, kinds };
    return { text: isJson ? `${JSON.stringify(view)}\n` : `${items} items of "${table.name}" in ${table.region} are in ${file}\n`, exitCode: 0 };
  } catch (error) {
    const because = causeOfTable(error, table);
    return { text: isJson ? `${JSON.stringify({ file: null, because })}\n` : `twinwatch: ${because}\n`, exitCode: 2 };
  }
}
