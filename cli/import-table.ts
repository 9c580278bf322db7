/** `twinwatch import-table`: fills the empty table of a region from a file that `twinwatch export` wrote, and begins a new epoch. */
import { type Command, Option } from 'commander';
import type { WholeTable } from '../src/adapters/dynamodb/whole-table';
import { CannotAsk, usualPort } from './local-http';
import { type Filled, fillTable } from './table-file/fill-table';
import { ourKeys } from './table-file/lines';
import { progressTo } from './table-file/progress';
import { checkFile, type FileRead, itemsOf } from './table-file/read-file';
import { type Around, causeOfTable, type TableOptions, tableMeant } from './table-file/which-table';

export interface ImportOptions extends TableOptions {
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const more = `
The file is read to its end first: where it is damaged, cut off or of another format, nothing is imported. Then every
item is written where there is none, or an older one; what expired meanwhile is left out. The epoch of each prober is
raised, so nothing from before counts as newer than what it writes next. Import into one region: the table replicates.
Your own AWS credentials need dynamodb:DescribeTable, Scan and PutItem.

Exit code: 0 imported, 1 stopped half-way, 2 not begun. docs/restore.md has the whole story.`;

export function registerImportTable(program: Command): void {
  program
    .command('import-table')
    .description('fill the empty table of a region from an exported file')
    .argument('<file>', 'what `twinwatch export` wrote')
    .option('--region <name>', 'the replica to fill (default: the first region of the configuration)')
    .option('--config <file>', 'the configuration that is deployed', 'twinwatch.yaml')
    .option('--table <name>', 'another table of that region')
    .option('--force', 'also where the table is not empty; what is newer there stays')
    .option('--local', 'into the system that runs on this machine; start it with `up --idle`')
    .addOption(new Option('--port <n>', 'where its page is').default(usualPort))
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(async (file: string, options: ImportOptions) => {
      const { text, exitCode } = await importTable(file, options);
      (exitCode === 0 || options.json === true ? process.stdout : process.stderr).write(text);
      process.exitCode = exitCode;
    });
}

export interface Imported {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

export async function importTable(file: string, options: ImportOptions, { open, now = Date.now }: Around = {}): Promise<Imported> {
  const isJson = options.json === true;
  let table: WholeTable | undefined;
  let looked: number | undefined;
  try {
    const read = await checkFile(file);
    table = await tableMeant(options, open);
    await refuseFilled(table, options.force === true);
    looked = 0;
    const say = progressTo((text) => process.stderr.write(text), { what: `of ${read.items} imported`, isJson, now });
    const progress = (items: number): void => {
      looked = items;
      say(items);
    };
    const filled = await fillTable({ table, items: itemsOf(file), epochs: read.epochs, newestMs: read.newestMs, now: now(), progress });
    return { text: importedText({ table, read, filled, isJson }), exitCode: 0 };
  } catch (error) {
    const cause = causeOfTable(error, table);
    const because = looked === undefined ? cause : `stopped after about ${looked} items: ${cause}. Run it again with --force: what is there stays`;
    return { text: isJson ? `${JSON.stringify({ imported: false, because })}\n` : `twinwatch: ${because}\n`, exitCode: looked === undefined ? 2 : 1 };
  }
}

async function refuseFilled(table: WholeTable, isForced: boolean): Promise<void> {
  const { name, region } = table;
  const keys = await table.keys();
  if (keys === undefined) throw new CannotAsk(`there is no table "${name}" in ${region}: deploy it first, with \`npx cdk deploy twinwatch-home\``);
  if (keys !== ourKeys) throw new CannotAsk(`the table "${name}" in ${region} has the keys ${keys}, and twinwatch needs ${ourKeys}: it is somebody else's`);
  if (isForced || (await table.isEmpty())) return;
  throw new CannotAsk(
    `the table "${name}" in ${region} is not empty: import into a new one, or write --force, with which what is newer there stays, and both histories are mixed`,
  );
}

interface Outcome {
  readonly table: WholeTable;
  readonly read: FileRead;
  readonly filled: Filled;
  readonly isJson: boolean;
}

function importedText({ table: { name, region }, read: { header, items, epochs }, filled, isJson }: Outcome): string {
  const epoch = Math.max(0, ...epochs.values()) + 1;
  if (isJson) return `${JSON.stringify({ imported: true, table: name, region, takenAt: header.takenAt, items, epoch, ...filled })}\n`;
  const { written, kept, expired, ahead } = filled;
  const beside = [
    ...(kept === 0 ? [] : [`${kept} were newer there and stay`]),
    ...(expired === 0 ? [] : [`${expired} had expired`]),
    ...(ahead === 0 ? [] : [`${ahead} were of a clock that was ahead, and are left out`]),
  ];
  const what = [`${written} items are in "${name}" in ${region}, as of ${header.takenAt}`, ...beside].join('; ');
  return `${what}\nepoch ${epoch}: what was written before is older than anything that is written now\n`;
}
