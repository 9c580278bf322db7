/** Source that is changed on its way into a bundle, so that a bug can be planted where no port reaches and no file is touched. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

export interface Replacement {
  /** Such as `src/engine/remember.ts`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly text: string;
  readonly by: string;
}

export const replacing = (replacements: readonly Replacement[]): Plugin => ({
  name: 'replacing',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const wanted = replacements.filter(({ file }) => path.endsWith(`/${file}`));
      if (wanted.length === 0) return undefined;
      const source = await readFile(path, 'utf8');
      return { contents: wanted.reduce(replaced, source), loader: 'ts' };
    });
  },
});

export function replaced(source: string, { file, text, by }: Replacement): string {
  const times = source.split(text).length - 1;
  if (times !== 1) throw new Error(`${file} holds "${text}" ${times} times, not once: the bug can no longer be planted there; choose another place`);
  return source.replace(text, () => by);
}
