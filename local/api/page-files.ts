/** The files of the page, read when asked for, so that an edited one is seen at the next reload. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FileAnswer } from './answer';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

/** Dots stand only between words, so no path leads out of the folder. */
const form = /^(\/[\w-]+)*\/[\w-]+(\.[\w-]+)+$/;

/** Undefined where there is no such file. `/` is the page itself. */
export async function readPageFile(folder: string, path: string): Promise<FileAnswer | undefined> {
  const file = path === '/' ? '/index.html' : path;
  const contentType = contentTypes[extname(file)];
  if (contentType === undefined || !form.test(file)) return undefined;
  try {
    return { contentType, content: await readFile(join(folder, file)) };
  } catch {
    return undefined;
  }
}
