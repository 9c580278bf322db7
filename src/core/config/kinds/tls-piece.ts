/** `tls:` of kinds that may speak it: true, or a map with the name that is asked for. */
import * as z from 'zod';
import { because, map, text } from '../pieces';
import type { RuleWords } from '../rules';
import { parseHttpUrl } from '../urls';
import type { TlsWish } from './tcp/probe';
import { buildTlsOptions, insecureFlag, ownTlsShape } from './tls-options';

export type TlsPieceRule = 'tls-wish' | 'tls-wish-name';

const wishAdvice = 'write true, or a map such as { name: shop.example.com }';
const nameAdvice = 'write a name such as shop.example.com';

/** Broken by any kind with such a key; told once, by the first of them. */
export const tlsPieceRules: Readonly<Record<TlsPieceRule, RuleWords>> = {
  'tls-wish': { advice: wishAdvice, words: ({ shown }) => ({ problem: `${shown} is neither true nor a map`, advice: wishAdvice }) },
  'tls-wish-name': { advice: nameAdvice, words: ({ shown }) => ({ problem: `${shown} is no name that a certificate can be for`, advice: nameAdvice }) },
};

/** A name or an address alone, without a port. */
const isName = (value: string): boolean => !/[:/?#]/.test(value) && typeof parseHttpUrl(`http://${value}`) === 'object';

export const tlsName = () =>
  text<TlsPieceRule>('tls-wish-name', isName, {
    description: 'The name that is asked for (SNI) and that the certificate must be for. Default: the host.',
    examples: ['shop.example.com'],
  });

export const tlsWish = (description: string) =>
  z
    .union([z.boolean(), map({ name: tlsName().optional(), ...ownTlsShape, insecure: insecureFlag() })], because<TlsPieceRule>('tls-wish'))
    .meta({ description, default: false });

interface TlsWishSource extends Omit<TlsWish, 'insecure'> {
  readonly insecure?: boolean | undefined;
}

/** `undefined` where no TLS is wanted. */
export function buildTlsWish(source: boolean | TlsWishSource | undefined): TlsWish | undefined {
  if (source === undefined || source === false) return undefined;
  return source === true ? {} : buildTlsOptions(source);
}
