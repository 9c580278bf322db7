/** Secrets in a file on this machine, by their names as references have them: for a laptop, in place of AWS. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ReadSecret } from './secrets';

/** `twinwatch/pager: value` lines, or JSON. Throws with a sentence for the user, which holds nothing of the file. */
export function readSecretFile(file: string): ReadonlyMap<string, string> {
  const found = parsed(textOf(file), file);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) throw new Error(`${file} holds no secrets: write \`name: value\` lines`);
  return new Map(Object.entries(found).map(([name, value]) => [name, asText(value)]));
}

/** A secret of several fields may be written as a map. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}); name a file of \`name: value\` lines with --secrets FILE`);
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch {
    throw new Error(`${file} is no YAML: write \`name: value\` lines, values in quotes where they look like something else`);
  }
}

/** Read at each use, as AWS is asked. */
export const secretsInFile =
  (file: string): ReadSecret =>
  async ({ store, name }) => {
    const value = readSecretFile(file).get(store === 'parameter-store' ? `ssm:${name}` : name);
    if (value === undefined) throw Object.assign(new Error(`${file} lacks it`), { name: 'NotInTheFile' });
    return value;
  };
