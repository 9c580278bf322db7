/** Only our own canaries may contact private addresses whatever a file says: no file can say it of what it describes. */
import { parse as parseYaml, stringify } from 'yaml';
import { parse, textWith, textWithMonitor } from './config-text';

type Tree = Record<string, unknown>;

const full = textWith({
  defaults: '{ interval: 60s }',
  watch: '{ tolerate: 60s }',
  network: '{ allowPrivate: false }',
  monitors: '{ shop: { http: { url: https://a.example.com/, expect: { status: 2xx } }, interval: 60s } }',
});

/** The paths of all maps in a tree, its own first. */
function mapsIn(tree: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const below = Object.entries(tree).flatMap(([key, value]) => mapsIn(value, [...path, key]));
  return Array.isArray(tree) ? below : [path, ...below];
}

/** The file with a key added to the map at a path, as an own key even where its name is `__proto__`. */
function withKey(path: readonly string[], key: string, value: unknown): string {
  const tree = parseYaml(full) as Tree;
  const map = path.reduce<Tree>((at, step) => at[step] as Tree, tree);
  Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  return stringify(tree);
}

/** Whether any probe may be private, by a property of its own or an inherited one. */
function mayBePrivateIn(text: string): 'a mistake' | boolean {
  const parsed = parse(text);
  if (parsed.kind !== 'valid') return 'a mistake';
  return parsed.config.monitors.some(({ probe }) => 'mayBePrivate' in probe) || JSON.stringify(parsed.config).includes('mayBePrivate');
}

const maps = mapsIn(parseYaml(full));
const written: readonly (readonly [string, unknown])[] = [
  ['mayBePrivate', true],
  ['mayBePrivate', 'true'],
  ['probe', { kind: 'http', url: 'https://a.example.com/', mayBePrivate: true }],
  ['__proto__', { mayBePrivate: true }],
  ['constructor', { prototype: { mayBePrivate: true } }],
  ['<<', { mayBePrivate: true }],
];

it('the file that is tried is valid, and has maps at every level', () => {
  expect(mayBePrivateIn(full)).toBe(false);
  expect(maps.map((path) => path.join('.'))).toEqual(expect.arrayContaining(['', 'network', 'defaults', 'monitors.shop', 'monitors.shop.http.expect']));
});

it.each(maps.map((path) => [path.join('.') || 'the file', path] as const))('cannot be written into %s', (_name, path) => {
  for (const [key, value] of written) expect(mayBePrivateIn(withKey(path, key, value))).not.toBe(true);
});

it.each([
  '{ http: { url: https://a.example.com/, mayBePrivate: true } }',
  '{ http: { url: https://a.example.com/, expect: { mayBePrivate: true } } }',
  '{ http: https://a.example.com/, mayBePrivate: true }',
])('is a mistake in a monitor: %s', (monitor) => {
  expect(mayBePrivateIn(textWithMonitor(monitor))).toBe('a mistake');
});
