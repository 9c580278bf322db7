/** Where text says `${secret:name}`, a function puts in what it reads under that name: when it uses it, and not before. */

export interface SecretPlace {
  readonly store: 'secrets-manager' | 'parameter-store';
  /** As the store knows it. */
  readonly name: string;
  /** Of a secret that is a JSON object, this field of it. */
  readonly field?: string | undefined;
}

const ofParameterStore = 'ssm:';
const forms: Readonly<Record<SecretPlace['store'], RegExp>> = {
  'secrets-manager': /^[A-Za-z0-9/_+=.@-]{1,512}$/,
  'parameter-store': /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/,
};

/** `twinwatch/pager`, `twinwatch/pager#key` or `ssm:/twinwatch/pager`; undefined for what can be no name of a secret. */
export function secretPlace(reference: string): SecretPlace | undefined {
  const store = reference.startsWith(ofParameterStore) ? 'parameter-store' : 'secrets-manager';
  const [name = '', field, ...more] = (store === 'parameter-store' ? reference.slice(ofParameterStore.length) : reference).split('#');
  if (!forms[store].test(name) || field === '' || more.length > 0) return undefined;
  return { store, name, ...(field === undefined ? {} : { field }) };
}

const written = /\$\{secret:([^}]*)\}/g;

/** What is referred to anywhere in a value, each once, in the order of the alphabet. */
export function secretsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  for (const text of textsIn(value)) for (const [, reference = ''] of text.matchAll(written)) found.add(reference);
  return [...found].sort();
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The same value with what was read put in; parts without a secret are the very same objects. A reference that nothing was read for stays. */
export function withSecrets<Value>(value: Value, read: ReadonlyMap<string, string>): Value {
  return putIn(value, read) as Value;
}

function putIn(value: unknown, read: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.replace(written, (whole, reference: string) => read.get(reference) ?? whole);
  if (secretsIn(value).length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => putIn(part, read));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, putIn(part, read)]));
}
