/** The pages about kinds of probes say every option, in the words of the schema. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type KindKey, kinds } from '../src/core/config/kinds/kinds';

const folder = join(__dirname, '../docs/probes');
/** Pages whose table has a third column, for what holds where nothing is said. */
const pages: readonly KindKey[] = ['tcp', 'tls', 'websocket'];

interface Node {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
}

type Row = readonly [option: string, what: string, byDefault: string];

/** Every option below a key, deepest last; forms of numbers and texts that all kinds share have a page of their own. */
function rowsOf(node: Node, path: string): readonly Row[] {
  const forms = [node, ...(node.anyOf ?? [])];
  const own = forms.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([key, option]): readonly Row[] => {
      const byDefault = option.default === undefined ? (required.includes(key) ? 'must be said' : '') : JSON.stringify(option.default).replaceAll('"', '`');
      const here = path === '' ? key : `${path}.${key}`;
      return [[here, option.description ?? '', byDefault], ...rowsOf(option, here)];
    }),
  );
  return [...own, ...forms.flatMap(({ items }) => (items === undefined ? [] : rowsOf(items, `${path}[]`)))];
}

it.each(pages)('docs/probes/%s.md has a table of every option', (key) => {
  const rows = rowsOf(z.toJSONSchema(kinds[key].schema, { io: 'input' }) as Node, '');
  const page = readFileSync(join(folder, `${key}.md`), 'utf8');
  const found = [...page.matchAll(/^\| `(.+?)` +\| (.*?) *\| (.*?) *\|$/gm)].map(([, ...cells]) => cells);
  expect(found).toEqual(rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|'))));
});
