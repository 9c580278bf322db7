/** Reading values that have not been validated: what is not of the wanted kind is absent. */
import type { Path } from './mistakes';

export type PlainMap = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is PlainMap => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Entries of a map, none for anything else. */
export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] => (isMap(value) ? Object.entries(value) : []);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value at a path, `undefined` where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isMap(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** A value as a message may quote it: short, on one line, and without the password of a URL. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  const masked = text.replace(/\/\/[^/\s@"]*@/g, '//…@');
  return masked.length > 100 ? `${masked.slice(0, 99)}…` : masked;
}
