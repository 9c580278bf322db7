/** Plain values as text that does not depend on the order in which keys were written. */
import { compareText } from './mistakes';
import { isMap } from './plain-value';

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isMap(part) ? sorted(part) : part));
}

const sorted = (map: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => compareText(a, b)));
