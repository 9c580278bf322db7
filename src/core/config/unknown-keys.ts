/** Keys that the schema does not know: of a later version, misspelt, or of somebody else's tool. */
import { laterKeysAt } from './later-keys';
import type { Fault, Path } from './mistakes';
import { nearestName } from './nearest-key';
import { configSchema } from './schema';

export interface UnknownKey {
  readonly fault: Fault;
  /** Where the value would be if the key were what was probably meant. */
  readonly meantPath?: Path;
}

export function unknownKey(parent: Path, key: string): UnknownKey {
  const path = [...parent, key];
  if (laterKeysAt(parent).includes(key)) {
    return { fault: { path, problem: `\`${key}\` is not yet in this version`, advice: 'remove it' } };
  }
  const known = knownKeysAt(parent);
  const problem = `unknown key \`${key}\``;
  const nearest = nearestName(key, [...known, ...laterKeysAt(parent)]);
  if (nearest !== undefined) return { fault: { path, problem, advice: `did you mean \`${nearest}\`?` }, meantPath: [...parent, nearest] };
  const list = known.map((name) => `\`${name}\``).join(', ');
  return { fault: { path, problem, advice: key === '<<' ? 'write what repeats under `defaults`' : `known here: ${list}` } };
}

/** The keys that the schema knows in the map at a path. */
function knownKeysAt(path: Path): readonly string[] {
  let forms: readonly Definition[] = formsOf(configSchema);
  for (const step of path) forms = forms.flatMap((form) => childrenOf(form, step));
  return [...new Set(forms.flatMap(({ shape }) => Object.keys(shape ?? {})))];
}

interface Definition {
  readonly type?: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly innerType?: unknown;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly options?: readonly unknown[];
}

const childrenOf = ({ shape, valueType, element }: Definition, step: string | number): readonly Definition[] => formsOf(shape?.[step] ?? valueType ?? element);

/** What stands behind `optional`, and every form that a value may have. */
function formsOf(schema: unknown): readonly Definition[] {
  const definition = (schema as { def?: Definition } | undefined)?.def ?? {};
  if (definition.innerType !== undefined) return formsOf(definition.innerType);
  return definition.options?.flatMap(formsOf) ?? [definition];
}
