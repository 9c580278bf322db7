/** How deeply a YAML text is nested, found without recursion: the composer recurses, and could bring down the process. */
import type { CST } from 'yaml';

const depthMax = 50;

/** The offset of the first value that is nested more deeply than any configuration. */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > depthMax) return token.offset;
    open.push(...childrenOf(token).map((child) => ({ token: child, depth: depth + 1 })));
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((child) => child !== undefined && child !== null));
}
