/** From when to when certificates are valid. */
import type { X509Certificate } from 'node:crypto';

export interface Lifetime {
  /** Whose it is, in one word of people. */
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly issuer: string;
}

export function lifetimeOf({ subject, issuer, validFrom, validTo }: X509Certificate): Lifetime {
  return { name: nameIn(subject), issuer: nameIn(issuer), fromMs: Date.parse(validFrom), toMs: Date.parse(validTo) };
}

/** The one that ends first; of equals the first. */
export const earliestOf = (lifetimes: readonly Lifetime[]): Lifetime | undefined => lifetimes.toSorted((a, b) => a.toMs - b.toMs)[0];

/** `2026-11-21 06:17 UTC` */
export const timeWords = (ms: number): string =>
  Number.isFinite(ms) ? `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'a time that cannot be read';

/** The common name, else the organisation, else all of it. */
function nameIn(subject: string | undefined): string {
  const parts = new Map((subject ?? '').split('\n').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
  return (parts.get('CN') ?? parts.get('O') ?? [...parts.values()].join(', ')).slice(0, 80);
}
