/** The project's own folder, wherever this code was bundled to. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Walks up from a folder to the package named twinwatch; throws when there is none. */
export function projectRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (packageName(folder) === 'twinwatch') return folder;
    if (folder === dirname(folder)) throw new Error(`no package named twinwatch in or above ${from}`);
  }
}

function packageName(folder: string): unknown {
  try {
    const description: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof description === 'object' && description !== null && 'name' in description ? description.name : undefined;
  } catch {
    return undefined;
  }
}
