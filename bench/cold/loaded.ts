/** What is read when a bundle is loaded: a file, and everything that it imports before it runs. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Bundles import their pieces by text in quotes; with a bracket before it, a piece is only loaded when it is needed. */
const imported = /(?:from|import)"(\.[^"]+)"/g;

export function loadedFiles(entries: readonly string[]): ReadonlySet<string> {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(imported)) load(join(dirname(file), name));
  };
  for (const entry of entries) load(entry);
  return loaded;
}

export const bytesOf = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + statSync(file).size, 0);
