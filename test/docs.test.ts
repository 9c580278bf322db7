import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditions, rowOf } from '../src/core/condition';
import { reasons } from '../src/core/observation';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/runbook.md',
  'docs/reasons.md',
  ...readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`),
];

/** Words in backticks that look like a file or folder of this project. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|functions|local|cli|infra|test|docs|scripts|bench)\/[\w./-]+)`/g)].flatMap((match) => match[1] ?? []);

it.each(documents)('%s names only files that exist', (document) => {
  expect(pathsIn(read(document)).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it.each(readdirSync(join(root, 'docs/decisions')))('the decision %s says what keeps it true', (name) => {
  expect(read(`docs/decisions/${name}`)).toMatch(/\*\*Kept true by\*\*/);
});

it('every reason of a probe is explained', () => {
  const explained = [...read('docs/reasons.md').matchAll(/^\| `([\w-]+)` +\|/gm)].map((match) => match[1]);
  expect(explained).toEqual([...reasons]);
});

const sections = conditions.map((condition) => (rowOf(condition).family === 'availability' ? `monitor-${condition}` : condition));

it.each(sections)('the runbook has a section for %s', (section) => {
  expect(read('docs/runbook.md')).toMatch(new RegExp(`^## ${section}$`, 'm'));
});
