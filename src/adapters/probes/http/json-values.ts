/** What a path leads to in a body that should be JSON. */
import { JSONPathEnvironment, type JSONPathQuery } from 'json-p3';
import { printable } from '../printable';

/** Or why it cannot be followed, in words. */
export function valuesIn(text: string, path: string): readonly unknown[] | string {
  const read = parsed(text);
  const shown = text.trim() === '' ? '' : `: ${printable(text)}`;
  if (read === undefined) return `the body is ${shown === '' ? 'empty' : 'not JSON'}, so ${path} cannot be judged${shown}`;
  return valuesAt(path, read.value) ?? `${path} cannot be followed: the body is nested too deeply`;
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const environment = new JSONPathEnvironment();
const queries = new Map<string, JSONPathQuery>();

/** `undefined` where the body is nested so deeply that it cannot be walked. */
function valuesAt(path: string, value: unknown): readonly unknown[] | undefined {
  let query = queries.get(path);
  if (query === undefined) {
    query = environment.compile(path);
    queries.set(path, query);
  }
  try {
    return query.query(value as Parameters<JSONPathQuery['query']>[0]).values();
  } catch {
    return undefined;
  }
}
