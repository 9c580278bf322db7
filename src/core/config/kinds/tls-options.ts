/** `tls:` of kinds that speak it at length: authorities, a certificate of our own, another name. */
import * as z from 'zod';
import type { Fault, Path } from '../mistakes';
import { flag, map } from '../pieces';
import { type PlainMap, valueAt } from '../plain-value';
import { hasReference } from '../references';
import { own } from './http/rules';

/** Header values, names and credentials: what a header may hold. */
const isLine = (value: string): boolean => [...value].every((letter) => letter === '\t' || (letter >= ' ' && letter <= '\u00ff' && letter !== '\u007f'));

export const line = (description: string) => z.string(own('line')).refine(isLine, own('line')).meta({ description });

const pem = (description: string) =>
  z
    .string(own('pem'))
    .refine((value) => /-----BEGIN [A-Z ]+-----/.test(value), own('pem'))
    .meta({ description });

/** Whom we trust, and who we are. */
export const ownTlsShape = {
  ca: pem('PEM of the authorities that are trusted instead of the well-known ones.').optional(),
  certificate: pem('PEM of our own certificate, with its chain.').optional(),
  key: pem('PEM of its key, by reference.').optional(),
};

export const insecureFlag = () => flag('Whether any certificate will do. Nothing then proves who answers.', false).optional();

/** `host`: the key that names the host. */
export const tlsOptions = (host: string) =>
  map({
    ...ownTlsShape,
    serverName: line(`The name that is asked for and that the certificate must have, where it is not the host of \`${host}\`.`).optional(),
    insecure: insecureFlag(),
  }).meta({ description: `How TLS is spoken, with the host of \`${host}\` alone.` });

export const buildTlsOptions = <Source extends { readonly insecure?: boolean | undefined }>({ insecure, ...rest }: Source) => ({
  ...rest,
  ...(insecure === true ? { insecure } : {}),
});

/** A certificate and its key belong together. */
export function tlsOptionFaults({ tls }: PlainMap): readonly Fault[] {
  const faults: Fault[] = [];
  if (valueAt(tls, ['certificate']) !== undefined && valueAt(tls, ['key']) === undefined) {
    faults.push({ path: ['tls', 'certificate'], problem: 'a certificate without its key proves nothing', advice: 'add `key:` by reference' });
  }
  if (valueAt(tls, ['key']) !== undefined && valueAt(tls, ['certificate']) === undefined) {
    faults.push({ path: ['tls', 'key'], problem: 'a key without its certificate is never shown', advice: 'add `certificate:`' });
  }
  return faults;
}

/** Whoever may read the file, or its history, would have it. */
export function secretFaults(written: unknown, paths: readonly Path[]): readonly Fault[] {
  return paths.flatMap((path): Fault[] => {
    const value = valueAt(written, path);
    if (typeof value !== 'string' || hasReference(value)) return [];
    const reference = path[0] === 'tls' ? 'env:CLIENT_KEY' : 'secret:shop/token';
    return [{ path, problem: 'a secret stands in the file', advice: `write a reference, such as "\${${reference}}"` }];
  });
}

export function insecureWarnings(value: unknown): readonly Fault[] {
  if (valueAt(value, ['tls', 'insecure']) !== true) return [];
  const problem = 'any certificate will do, so nothing proves who answers, and an expired one is not noticed';
  return [{ path: ['tls', 'insecure'], problem, advice: 'trust the right authority with `tls: { ca: … }` instead' }];
}
