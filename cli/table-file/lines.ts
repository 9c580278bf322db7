/**
 * A table as a file of JSON lines: a header that says what it is, an item on each line, and a last line that counts them, so that a
 * file that was cut off is known as one.
 */

import type { WireItem } from '../../src/adapters/dynamodb/marshal';
import { wireFromJson, wireToJson } from '../../src/adapters/dynamodb/wire-json';
import { partitionKey, sortKey } from '../../src/core/table';

export const ourKeys = `${partitionKey} HASH S, ${sortKey} RANGE S`;

/** Raised when this version could not read what an older one wrote, or the other way round. */
export const fileFormat = 1;

export interface Header {
  readonly twinwatch: 'table';
  readonly format: number;
  /** The version of twinwatch that wrote it. */
  readonly by: string;
  readonly table: string;
  readonly region: string;
  readonly keys: string;
  /** ISO time of the beginning: each item is as it was then or a little later. */
  readonly takenAt: string;
}

/** How many items there are of each kind, such as `LOG`. */
export type Kinds = Readonly<Record<string, number>>;

export interface Trailer {
  readonly end: true;
  readonly items: number;
  readonly kinds: Kinds;
}

export type Line =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'item'; readonly item: WireItem }
  | { readonly kind: 'trailer'; readonly trailer: Trailer }
  | { readonly kind: 'corrupt'; readonly why: string };

export const headerLine = (header: Header): string => `${JSON.stringify(header)}\n`;
export const itemLine = (item: WireItem): string => `{"item":${wireToJson(item)}}\n`;
export const trailerLine = (trailer: Trailer): string => `${JSON.stringify(trailer)}\n`;

export function readLine(text: string): Line {
  const value = parsed(text);
  if (value === undefined) return { kind: 'corrupt', why: 'it is no JSON object' };
  if (value.twinwatch === 'table' && typeof value.format === 'number') return { kind: 'header', header: value as unknown as Header };
  if (value.end === true && typeof value.items === 'number') return { kind: 'trailer', trailer: value as unknown as Trailer };
  const item = wireFromJson(value.item);
  if (item === undefined) return { kind: 'corrupt', why: 'it holds no item of DynamoDB' };
  if (keyOf(item) === undefined) return { kind: 'corrupt', why: `its item has no key (${ourKeys})` };
  return { kind: 'item', item };
}

/** Such as `LOG#eu-west-1#2026-11`; undefined without both parts of a key. */
export const keyOf = (item: WireItem): string | undefined => (item[sortKey]?.S === undefined ? undefined : item[partitionKey]?.S);

export const kindOf = (item: WireItem): string => keyOf(item)?.split('#')[0] ?? '?';

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
