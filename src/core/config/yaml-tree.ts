/** Nodes of a YAML document → plain values, with the offset of every one and every key that stands twice. */
import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { type Fault, type Path, pathKey } from './mistakes';

export interface Tree {
  readonly root: unknown;
  /** By path key: where its key begins in the text, or the value itself in a list. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly faults: readonly Fault[];
}

/** More values out of aliases than this come from aliases of aliases, never from a person. */
const aliasedValuesMax = 150_000;

interface Reading {
  readonly lineAt: (offset: number) => number;
  readonly offsets: Map<string, number>;
  readonly faults: Fault[];
  readonly anchors: Map<string, Node>;
  /** Nodes being read: an alias to one of them would never end. */
  readonly open: Set<Node>;
  aliasedValuesLeft: number;
  aliasDepth: number;
}

export function readTree(contents: Node | null, lineAt: (offset: number) => number): Tree {
  const reading: Reading = { lineAt, offsets: new Map(), faults: [], anchors: new Map(), open: new Set(), aliasedValuesLeft: aliasedValuesMax, aliasDepth: 0 };
  const root = readNode(contents, [], reading);
  return { root, offsets: reading.offsets, faults: reading.faults };
}

function readNode(node: unknown, path: Path, reading: Reading): unknown {
  if (reading.aliasDepth > 0) reading.aliasedValuesLeft -= 1;
  if (reading.aliasedValuesLeft < 0) return endless(path, reading);
  if (isAlias(node)) return readAlias(node.source, path, reading);
  if (isScalar(node)) {
    rememberAnchor(node, reading);
    return node.value;
  }
  if (!isMap(node) && !isSeq(node)) return null;
  rememberAnchor(node, reading);
  reading.open.add(node);
  const value = isMap(node) ? readMap(node, path, reading) : node.items.map((item, index) => readItem(item, [...path, index], reading));
  reading.open.delete(node);
  return value;
}

function rememberAnchor(node: Node & { anchor?: string }, reading: Reading): void {
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
}

function readAlias(name: string, path: Path, reading: Reading): unknown {
  const node = reading.anchors.get(name);
  if (node === undefined) {
    reading.faults.push({ path, problem: `the alias *${name} has no anchor &${name} before it`, advice: 'write the value out' });
    return undefined;
  }
  if (reading.open.has(node)) return endless(path, reading);
  reading.aliasDepth += 1;
  const value = readNode(node, path, reading);
  reading.aliasDepth -= 1;
  return value;
}

/** Said once: after it everything is too much. */
function endless(path: Path, reading: Reading): undefined {
  const problem = 'aliases of aliases make this file endless';
  if (!reading.faults.some((fault) => fault.problem === problem)) reading.faults.push({ path, problem, advice: 'write the values out' });
  return undefined;
}

function readItem(item: unknown, path: Path, reading: Reading): unknown {
  const offset = offsetOf(item);
  if (offset !== undefined) reading.offsets.set(pathKey(path), offset);
  return readNode(item, path, reading);
}

/** A plain object without a prototype, so that a key such as `__proto__` is a key like any other. */
function readMap(map: YAMLMap, path: Path, reading: Reading): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  for (const pair of map.items) {
    const key = keyText(pair.key);
    const offset = offsetOf(pair.key) ?? offsetOf(map);
    if (key === undefined) {
      reading.faults.push({ path, problem: 'a key is plain text', advice: 'write a name before the colon', offset });
    } else if (Object.hasOwn(values, key)) {
      reading.faults.push(duplicate(key, { path: [...path, key], offset }, reading));
    } else {
      if (offset !== undefined) reading.offsets.set(pathKey([...path, key]), offset);
      values[key] = readNode(pair.value, [...path, key], reading);
    }
  }
  return values;
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null || key.value === '') return undefined;
  return typeof key.value === 'number' && key.source !== undefined ? key.source : String(key.value);
}

function duplicate(key: string, { path, offset }: { path: Path; offset: number | undefined }, reading: Reading): Fault {
  const firstLine = reading.lineAt(reading.offsets.get(pathKey(path)) ?? 0);
  const line = reading.lineAt(offset ?? 0);
  const problem = `\`${key}\` stands twice, on line ${firstLine} and on line ${line}`;
  return { path, problem, advice: 'give one of them another name, or remove it', offset };
}

const offsetOf = (node: unknown): number | undefined => (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined);
