/** What the schema has to say, in words and with the path of each key. */
import type * as z from 'zod';
import { kindKeys } from './kinds/kinds';
import { type Fault, type Path, pathKey } from './mistakes';
import { isMap, quoted, valueAt } from './plain-value';
import { hasReference } from './references';
import { adviceFor, wordsFor } from './rule-words';
import { type UnknownKey, unknownKey } from './unknown-keys';

/** A value before and after its references were resolved. */
export interface Trees {
  readonly source: unknown;
  readonly resolved: unknown;
}

type Issue = z.core.$ZodIssue;

export interface SchemaFaults {
  readonly faults: readonly Fault[];
  /** Path keys of what the schema does not know: nothing below them is judged. */
  readonly unknown: ReadonlySet<string>;
}

export function schemaFaults(issues: readonly Issue[], trees: Trees): SchemaFaults {
  const flat = issues.flatMap((issue) => branches(issue, trees));
  const unknownKeys = flat.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(pathOf(issue), key)) : []));
  const explained = explainedPaths(unknownKeys, trees.resolved);
  const broken = flat.filter((issue) => issue.code !== 'unrecognized_keys' && !explained.has(pathKey(pathOf(issue))));
  return {
    faults: [...unknownKeys.map(({ fault }) => fault), ...broken.map((issue) => brokenRule(issue, trees))],
    unknown: new Set(unknownKeys.map(({ fault }) => pathKey(fault.path))),
  };
}

const pathOf = (issue: Issue): Path => issue.path as Path;

/** Whoever misspelt a key, or uses one of a later version, is not told as well that the right one is missing. */
function explainedPaths(unknownKeys: readonly UnknownKey[], root: unknown): ReadonlySet<string> {
  const explained = new Set<string>();
  for (const { fault, meantPath } of unknownKeys) {
    const parent = fault.path.slice(0, -1);
    if (meantPath !== undefined && valueAt(root, meantPath) === undefined) explained.add(pathKey(meantPath));
    if (parent[0] === 'channels' && parent.length === 2) explained.add(pathKey(parent));
    if (isKindMeant(meantPath)) explained.add(pathKey(parent));
  }
  return explained;
}

const isKindMeant = (path: Path | undefined): boolean => path?.length === 3 && path[0] === 'monitors' && kindKeys.some((key) => key === path[2]);

/** Of the forms that a value may have, the complaints about the one that was tried: the one with the fewest. */
function branches(issue: Issue, trees: Trees): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  if (!isMap(valueAt(trees.resolved, pathOf(issue)))) return [issue];
  const [tried] = formsOf(issue).toSorted((a, b) => weightOf(a) - weightOf(b));
  return tried?.flatMap((inner) => branches({ ...inner, path: [...issue.path, ...inner.path] }, trees)) ?? [issue];
}

/** Every form that is for maps; a form may have forms itself. */
function formsOf({ errors }: Extract<Issue, { code: 'invalid_union' }>): readonly (readonly Issue[])[] {
  return errors.flatMap((form) => {
    const nested = form.find((inner) => inner.path.length === 0 && inner.code === 'invalid_union');
    if (nested?.code === 'invalid_union') return formsOf(nested);
    return form.some(({ path, code }) => path.length === 0 && code === 'invalid_type') ? [] : [form];
  });
}

const weightOf = (form: readonly Issue[]): number => form.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);

function brokenRule(issue: Issue, { source, resolved }: Trees): Fault {
  const path = pathOf(issue);
  const rule = issue.message;
  const value = valueAt(resolved, path);
  if (value === undefined) return { path, problem: `\`${path.at(-1)}\` is missing`, advice: adviceFor(missingRule(path, rule)) };
  const written = valueAt(source, path);
  return { path, ...wordsFor(rule, { value, shown: quoted(written), isReferenced: hasReference(written) }) };
}

/** An absent map is best asked for by what it must hold. */
function missingRule(path: Path, rule: string): string {
  if (path.length !== 1) return rule;
  return path[0] === 'monitors' ? 'monitors' : path[0] === 'regions' ? 'probers' : rule;
}
