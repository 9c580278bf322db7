/** The folder that keeps everything of one local system, taken into possession. */
import { mkdirSync } from 'node:fs';
import type { Closing } from './closing';
import { claimDataVersion } from './data-version';
import { type Lock, lockFolder } from './folder-lock';
import { ProcessBook } from './process-book';
import { StartRefused } from './refusal';

/** Throws StartRefused when it cannot be had. What an earlier run left running in it is ended. */
export async function openDataFolder(folder: string, closing: Closing): Promise<ProcessBook> {
  const lock = lockOf(folder);
  if (lock.kind === 'in-use') {
    throw new StartRefused(`${folder} is in use by the twinwatch with pid ${lock.pid}; stop that one, or give this one a folder of its own with --data DIR`);
  }
  closing.add(lock.release);
  claimDataVersion(folder);
  const book = new ProcessBook(folder);
  await book.endLeftovers();
  book.add({ name: 'supervisor', pid: process.pid, region: null });
  closing.add(() => book.remove(process.pid));
  return book;
}

function lockOf(folder: string): Lock {
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(folder);
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    throw new StartRefused(`${folder} cannot keep the data: ${message}; name a folder that you may write to with --data DIR`);
  }
}
