/** YAML text → plain values that remember where they stand. */
import { Composer, type CST, LineCounter, type Node, Parser, type YAMLError } from 'yaml';
import { type Fault, type Path, pathKey } from './mistakes';
import { tooDeepAt } from './yaml-depth';
import { readTree } from './yaml-tree';

export interface YamlText {
  readonly root: unknown;
  readonly faults: readonly Fault[];
  /** Line and column, from 1, of a fault; one whose path is not in the file stands where its nearest parent does. */
  readonly placeOf: (fault: Fault) => { readonly line: number; readonly column: number };
}

/** Where the syntax is broken nothing else is said: what the rest means is a guess. */
export function readYaml(text: string): YamlText {
  const lineCounter = new LineCounter();
  const composed = compose([...new Parser(lineCounter.addNewLine).parse(text)], text);
  const tree = composed.kind === 'broken' ? undefined : readTree(composed.contents, (offset) => lineCounter.linePos(offset).line);
  const placeOf = (fault: Fault) => {
    const { line, col } = lineCounter.linePos(Math.min(fault.offset ?? offsetOf(fault.path, tree?.offsets), text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return { root: tree?.root, faults: composed.kind === 'broken' ? composed.faults : (tree?.faults ?? []), placeOf };
}

type Composed = { readonly kind: 'composed'; readonly contents: Node | null } | { readonly kind: 'broken'; readonly faults: readonly Fault[] };

function compose(tokens: readonly CST.Token[], text: string): Composed {
  const deepAt = tooDeepAt(tokens);
  if (deepAt !== undefined)
    return { kind: 'broken', faults: [{ path: [], problem: 'values are nested too deeply', advice: 'write them flat', offset: deepAt }] };
  // Keys that stand twice are found by the tree, in linear time and with both their lines.
  const [first, second] = new Composer({ uniqueKeys: false, schema: 'core' }).compose(tokens, true, text.length);
  const faults = [first, second].flatMap((document) => [...(document?.errors ?? []), ...(document?.warnings ?? [])]).map((error) => syntaxFault(error, text));
  if (second !== undefined) {
    faults.push({ path: [], problem: 'the file holds more than one YAML document', advice: 'keep one and remove the line `---`', offset: second.range[0] });
  }
  return faults.length > 0 ? { kind: 'broken', faults } : { kind: 'composed', contents: first?.contents ?? null };
}

function offsetOf(path: Path, offsets: ReadonlyMap<string, number> | undefined): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsets?.get(pathKey(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return 0;
}

function syntaxFault(error: YAMLError, text: string): Fault {
  const [offset] = error.pos;
  const problem = `broken YAML: ${lowerFirst(error.message)}`;
  return { path: [], problem, advice: adviceFor(error, text), offset };
}

const lowerFirst = (message: string): string => (/^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message);

const adviceByCode: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_ALIAS: 'write the value out',
  BAD_DQ_ESCAPE: 'write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'indent it like its neighbours, with spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put one `key: value` on each line, and quotes around text that holds a colon',
  MISSING_CHAR: 'close the quote or bracket, and put a space after each colon',
  MULTILINE_IMPLICIT_KEY: 'write `key: value`, with a space after the colon',
  NON_STRING_KEY: 'write plain text before the colon',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'remove the tag that begins with `!`',
  UNEXPECTED_TOKEN: 'put quotes around text that holds : # { } [ ] , & * ! | > % @ or a quote',
};

/** An unquoted reference between braces is a likely way to break a line, and what follows it is in the way. */
function adviceFor(error: YAMLError, text: string): string {
  const [offset] = error.pos;
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset + 1);
  if (error.code === 'UNEXPECTED_TOKEN' && /[^"'\w]\$\{?/.test(before)) return `put quotes around text with a reference, such as "\${env:NAME}"`;
  return adviceByCode[error.code] ?? 'correct the YAML here';
}
