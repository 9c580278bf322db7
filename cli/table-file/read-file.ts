/** Reads a file that `twinwatch export` wrote. It is read to its end once before anything is done with it: half a table is none. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { WireItem } from '../../src/adapters/dynamodb/marshal';
import { readSequence } from '../../src/core/sequence';
import { CannotAsk } from '../local-http';
import { fileFormat, type Header, keyOf, kindOf, ourKeys, readLine } from './lines';
import { timeOf } from './time-of';

export interface FileRead {
  readonly header: Header;
  readonly items: number;
  /** The last epoch of each prober, by its region and shard, such as `eu-west-1 0`. */
  readonly epochs: ReadonlyMap<string, number>;
  /** The newest time that a round or a watchdog claims to be of, in ms since 1970. */
  readonly newestMs: number;
}

/** Throws CannotAsk for what is not whole and of this version, with the number of the line. */
export async function checkFile(file: string): Promise<FileRead> {
  let header: Header | undefined;
  let items = 0;
  let isWhole = false;
  const epochs = new Map<string, number>();
  let newestMs = 0;
  for await (const { line, number } of linesOf(file)) {
    const bad = (why: string) => new CannotAsk(`${file}:${number}: ${why}; nothing was imported`);
    if (isWhole) throw bad('there is something behind the last line');
    if (line.kind === 'corrupt' && (header !== undefined || number > 1)) throw bad(`the line is damaged: ${line.why}`);
    if (header === undefined) header = headerOf(line, bad);
    else if (line.kind === 'item') {
      items += 1;
      noteEpoch(epochs, line.item);
      newestMs = Math.max(newestMs, timeOf(line.item) ?? 0);
    } else if (line.kind === 'trailer') {
      if (line.trailer.items !== items) throw bad(`it counts ${line.trailer.items} items, and there are ${items}: lines are missing`);
      isWhole = true;
    } else throw bad('a second header');
  }
  if (header === undefined) throw new CannotAsk(`${file} is empty; nothing was imported`);
  if (!isWhole) throw new CannotAsk(`${file} ends after ${items} items without its last line: it was cut off; nothing was imported`);
  return { header, items, epochs, newestMs };
}

/** The items of a file that was checked. */
export async function* itemsOf(file: string): AsyncGenerator<WireItem> {
  for await (const { line } of linesOf(file)) if (line.kind === 'item') yield line.item;
}

async function* linesOf(file: string) {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  try {
    for await (const text of lines) {
      number += 1;
      yield { line: readLine(text), number };
    }
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    throw syscall === undefined ? error : new CannotAsk(`${file} cannot be read: ${message}`);
  }
}

function headerOf(line: ReturnType<typeof readLine>, bad: (why: string) => CannotAsk): Header {
  if (line.kind !== 'header') throw bad('this is no file that `twinwatch export` wrote: its first line is no header');
  const { format, by, keys } = line.header;
  if (format !== fileFormat)
    throw bad(`it is of format ${format}, written by twinwatch ${by}, and this one reads format ${fileFormat}: import it with that version`);
  if (keys !== ourKeys) throw bad(`it is of a table with the keys ${keys}, and twinwatch's has ${ourKeys}`);
  return line.header;
}

function noteEpoch(epochs: Map<string, number>, item: WireItem): void {
  const [, writer = ''] = keyOf(item)?.split('#') ?? [];
  const seq = Number(item.seq?.N ?? 0);
  // What a landing has tried to write is of sequence 0, and no round.
  if (seq === 0 || !['CLAIM', 'HEAD'].includes(kindOf(item))) return;
  const name = `${writer.split('@')[0]} ${item.sk?.S}`;
  epochs.set(name, Math.max(epochs.get(name) ?? 0, readSequence(seq).epoch));
}
