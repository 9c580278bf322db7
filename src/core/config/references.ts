/** `${env:NAME}` and its kin: text that stands for a value which the file does not hold. */
import { secretPlace } from '../secret';
import type { Fault, Path } from './mistakes';
import { nearestName } from './nearest-key';
import { isMap } from './plain-value';
import { secretPlaceTrouble } from './secret-places';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Resolved {
  readonly root: unknown;
  readonly faults: readonly Fault[];
}

interface Resolving {
  readonly environment: Environment;
  readonly faults: Fault[];
}

/**
 * The same tree with the values of the environment put in; a reference that leads nowhere stays as it is, with a fault.
 * That of a secret stays, too, where it may stand: a function puts in what it reads itself.
 */
export function resolveReferences(root: unknown, environment: Environment): Resolved {
  const resolving: Resolving = { environment, faults: [] };
  return { root: resolve(root, [], resolving), faults: resolving.faults };
}

/** Whether a value as it was written holds a reference anywhere: what that stands for is never shown. */
export function hasReference(written: unknown): boolean {
  return (typeof written === 'string' ? written : (JSON.stringify(written) ?? '')).includes('${');
}

function resolve(value: unknown, path: Path, resolving: Resolving): unknown {
  if (typeof value === 'string') return hasReference(value) ? resolveText(value, path, resolving) : value;
  if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, index], resolving));
  if (!isMap(value)) return value;
  const resolved: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) resolved[key] = resolve(item, [...path, key], resolving);
  return resolved;
}

function resolveText(text: string, path: Path, resolving: Resolving): string {
  return text.replace(/\$\{([^}]*)(\}?)/g, (whole, inner: string, end: string) => {
    const value = end === '' ? unclosed : lookUp(inner, path, resolving.environment);
    if (typeof value === 'string') return value;
    resolving.faults.push({ path, ...value });
    return whole;
  });
}

type Words = Pick<Fault, 'problem' | 'advice'>;

const unclosed: Words = { problem: 'a reference is not closed', advice: `end it with a brace, such as "\${env:NAME}"` };

function lookUp(inner: string, path: Path, environment: Environment): string | Words {
  const colon = inner.indexOf(':');
  const kind = inner.slice(0, Math.max(0, colon));
  const name = inner.slice(colon + 1);
  if (kind === 'secret') return secretWords(name, path) ?? `\${${inner}}`;
  if (kind !== 'env') return kindWords(inner, kind, name);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return { problem: `\`\${${inner}}\` names no environment variable`, advice: `use letters, digits and _, such as \${env:SHOP_URL}` };
  }
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  if (value !== undefined && value !== '') return value;
  return {
    problem: `the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}`,
    advice: `set it where you start twinwatch, such as \`export ${name}=…\``,
  };
}

function secretWords(name: string, path: Path): Words | undefined {
  if (secretPlace(name) === undefined) {
    const advice = `write \${secret:twinwatch/pager} for Secrets Manager, \${secret:ssm:/twinwatch/pager} for Parameter Store, with #field for a field of a JSON object`;
    return { problem: `\`\${secret:${name}}\` names no secret`, advice };
  }
  const trouble = secretPlaceTrouble(path);
  if (trouble === 'in-a-subscription') {
    return {
      problem: 'a secret may not stand here: anyone who may list the subscriptions of the topic would read it',
      advice: `write the address itself, or \${env:NAME} for a value that is not secret, or use the channel \`post\`, which may hold secrets`,
    };
  }
  if (trouble === undefined) return undefined;
  return {
    problem: 'a secret may not stand here: nothing reads it when it is used',
    advice: `secrets may stand in headers, \`basic\` and \`bearer\` of http monitors and in channels; write \${env:NAME} for a value that is not secret`,
  };
}

function kindWords(inner: string, kind: string, name: string): Words {
  const problem = `\`\${${inner}}\` is no reference`;
  if (kind === '') return { problem, advice: `write \${env:${/^\w+$/.test(name) ? name : 'NAME'}} for an environment variable` };
  const nearest = nearestName(kind, ['env', 'secret']);
  return { problem, advice: nearest === undefined ? `only \${env:NAME} and \${secret:NAME} are known` : `did you mean \${${nearest}:${name}}?` };
}
