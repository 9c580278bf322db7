/** Writes a whole table into a file, a page at a time: the file has its name only when it is whole. */
import { once } from 'node:events';
import { createWriteStream, existsSync, rmSync, type WriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { WholeTable } from '../../src/adapters/dynamodb/whole-table';
import { CannotAsk } from '../local-http';
import { fileFormat, headerLine, itemLine, kindOf, ourKeys, trailerLine } from './lines';

export interface Writing {
  readonly file: string;
  readonly table: WholeTable;
  readonly version: string;
  /** ISO time. */
  readonly takenAt: string;
  /** Hears now and then how many items are written. */
  readonly progress: (items: number) => void;
}

export interface FileWritten {
  readonly items: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** Throws CannotAsk for a file that is there already, and for a table that is none of ours. */
export async function writeTableFile(writing: Writing): Promise<FileWritten> {
  const { file, table } = writing;
  if (existsSync(file)) throw new CannotAsk(`${file} is there already, and an export overwrites nothing: name another file`);
  await refuseForeign(table);
  const unfinished = `${file}.part`;
  const stream = createWriteStream(unfinished, { mode: 0o600 });
  try {
    await once(stream, 'open');
    const written = await writeAll(stream, writing);
    stream.end();
    await finished(stream);
    await rename(unfinished, file);
    return written;
  } catch (error) {
    stream.destroy();
    rmSync(unfinished, { force: true });
    const { syscall, path, message } = error as NodeJS.ErrnoException;
    throw syscall === undefined || path === undefined ? error : new CannotAsk(`${file} cannot be written: ${message}`);
  }
}

async function refuseForeign(table: WholeTable): Promise<void> {
  const keys = await table.keys();
  if (keys === undefined) throw new CannotAsk(`there is no table "${table.name}" in ${table.region}: name the one that has it with --region, or --table`);
  if (keys !== ourKeys)
    throw new CannotAsk(`the table "${table.name}" in ${table.region} has the keys ${keys}, and twinwatch's ${ourKeys}: it is somebody else's`);
}

async function writeAll(stream: WriteStream, { table, version, takenAt, progress }: Writing): Promise<FileWritten> {
  const { name, region } = table;
  await write(stream, headerLine({ twinwatch: 'table', format: fileFormat, by: version, table: name, region, keys: ourKeys, takenAt }));
  const kinds: Record<string, number> = {};
  let items = 0;
  for await (const page of table.pages()) {
    await write(stream, page.map(itemLine).join(''));
    for (const item of page) kinds[kindOf(item)] = (kinds[kindOf(item)] ?? 0) + 1;
    items += page.length;
    progress(items);
  }
  await write(stream, trailerLine({ end: true, items, kinds }));
  return { items, kinds };
}

/** Waits while the disk is slower than the table. */
async function write(stream: WriteStream, text: string): Promise<void> {
  if (stream.errored !== null) throw stream.errored;
  if (!stream.write(text)) await once(stream, 'drain');
}
