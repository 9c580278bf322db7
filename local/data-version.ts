/** Which version of twinwatch can read a data folder: a mark in it, so that no other one guesses at what it finds. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from './refusal';

/** Raised when this version could not read what an older one kept, or the other way round. */
const dataVersion = 1;

const markFile = 'data-version.json';

/** Throws StartRefused for data of another version. A folder without a mark is new, or older than marks: both are marked now. */
export function claimDataVersion(folder: string): void {
  const file = join(folder, markFile);
  const text = textOf(file);
  if (text === undefined) {
    writeMark(file);
    return;
  }
  const found = versionIn(text);
  if (found === dataVersion) return;
  const mend = `move ${folder} away, or give this start a folder of its own with --data DIR`;
  if (found === undefined) {
    throw new StartRefused(
      `${file} is damaged, so nobody knows which version of twinwatch wrote this data; if it was this one, write {"version":${dataVersion}} into it; else ${mend}`,
    );
  }
  throw new StartRefused(
    `${folder} holds data of version ${found}, and this twinwatch reads version ${dataVersion} alone; start the one that wrote it, or ${mend}`,
  );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new StartRefused(`${file} cannot be read: ${message}; make it readable, or name another folder with --data DIR`);
  }
}

function versionIn(text: string): number | undefined {
  try {
    const { version } = JSON.parse(text) as { readonly version?: unknown };
    return typeof version === 'number' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
function writeMark(file: string): void {
  writeFileSync(`${file}.new`, `${JSON.stringify({ version: dataVersion })}\n`);
  renameSync(`${file}.new`, file);
}
