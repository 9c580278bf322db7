/** Who answered, in words that can be read back: of a failing sample its detail is all that is kept. */
import type { Identity } from './config/kinds/identity/probe';
import type { Probe } from './config/kinds/probe';

/** Who must answer a monitor; undefined where nothing that it asks proves it. */
export function identityOf(probe: Probe): Identity | undefined {
  const asked = probe.kind === 'members' ? probe.of : probe;
  return 'identity' in asked ? asked.identity : undefined;
}

export const wantedWords = (equals: readonly string[]): string => {
  const some = equals.slice(0, 3).map((one) => JSON.stringify(one));
  return equals.length > some.length ? `${some.join(', ')} or ${equals.length - some.length} more` : some.join(' or ');
};

/** Somebody answered who is not the one. `seen` can be shown as it stands. */
export const answeredAs = (seen: string, equals: readonly string[]): string => `answered as ${JSON.stringify(seen)}, wanted ${wantedWords(equals)}`;

/** Who answered in place of the one that should, alone or among others; undefined where the detail says nothing of it. */
export function answererIn(detail: string): string | undefined {
  const [, quoted] = /(?:^|[:(] ?)answered as ("(?:[^"\\]|\\.)*"), wanted /.exec(detail) ?? [];
  if (quoted === undefined) return undefined;
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}

export const notProven = (why: string, equals: readonly string[]): string => `who answered is not proven: ${why}, wanted ${wantedWords(equals)}`;

/** Why it could not be told who answered; undefined where the detail says nothing of it. */
export const unprovenIn = (detail: string): string | undefined => /^who answered is not proven: (.*), wanted /.exec(detail)?.[1];

/** Said of what else was wrong with an answer, where it is sure who gave it. */
export const proofRemark = '; identity proven';

/** Whether what came shows that the right one gave it. Members are only counted where the name, which was asked as well, had answered well. */
export const isProvenBy = ({ reason, detail }: { readonly reason: string; readonly detail: string }): boolean =>
  reason === 'ok' || detail.includes(proofRemark) || (reason === 'members' && /^\d+ of \d+/.test(detail));

const wayWords: Readonly<Record<Identity['by'], (identity: Identity) => string>> = {
  header: (identity) => `the header ${identity.by === 'header' ? identity.name : ''}`,
  json: (identity) => `the body at ${identity.by === 'json' ? identity.path : ''}`,
  pin: () => 'the public key',
  secret: () => 'an HMAC of a nonce',
};

/** By what it is proven. */
export const provenBy = (identity: Identity): string => wayWords[identity.by](identity);
