/** Loads a module of the page, which is plain ESM without a build step, into a test. */
import { resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformFileSync } from '@swc/core';

const loaded = new Map<string, Record<string, unknown>>();

/** `name` is that of a file in `local/page/`, such as `sentence.js`. */
export function pageModule<Exports>(name: string): Exports {
  const path = resolve('local/page', name);
  const known = loaded.get(path);
  if (known !== undefined) return known as Exports;
  const exports: Record<string, unknown> = {};
  loaded.set(path, exports);
  const { code } = transformFileSync(path, { module: { type: 'commonjs' }, jsc: { target: 'es2022' } });
  const run = compileFunction(code, ['exports', 'require'], { filename: path }) as (exports: unknown, require: (name: string) => unknown) => void;
  run(exports, (other) => pageModule(other));
  return exports as Exports;
}
