/** Items as text that loses nothing: every kind of attribute, those too that this version knows nothing of. */
import type { AttributeValue as WireValue } from '@aws-sdk/client-dynamodb';
import type { WireItem } from './marshal';

/** DynamoDB's own JSON: bytes stand in base64. Hidden attributes, by which replicas agree, are of one table alone and left out. */
export const wireToJson = (item: WireItem): string =>
  JSON.stringify(Object.fromEntries(contentOf(item)), (_name, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value));

/** Engines give attributes in any order; the key stands first, and two exports of the same items differ in nothing. */
function contentOf({ pk, sk, ...others }: WireItem): [string, WireValue | undefined][] {
  const content = Object.entries(others).filter(([name]) => !name.startsWith('aws:rep:'));
  return [['pk', pk], ['sk', sk], ...content.sort(([one], [other]) => (one < other ? -1 : 1))];
}

/** Undefined for what is no item: no object, a value of no kind that DynamoDB has, or one that is not what its kind says. */
export function wireFromJson(json: unknown): WireItem | undefined {
  if (!isObject(json)) return undefined;
  const item: WireItem = {};
  for (const [name, written] of Object.entries(json)) {
    const value = valueFrom(written);
    if (value === undefined) return undefined;
    item[name] = value;
  }
  return item;
}

function valueFrom(written: unknown): WireValue | undefined {
  if (!isObject(written)) return undefined;
  const [kind, ...others] = Object.keys(written);
  if (kind === undefined || others.length > 0) return undefined;
  return readers[kind]?.(written[kind]);
}

const readers: Readonly<Record<string, (content: unknown) => WireValue | undefined>> = {
  S: (content) => (typeof content === 'string' ? { S: content } : undefined),
  N: (content) => (isNumber(content) ? { N: content } : undefined),
  B: (content) => (isBytes(content) ? { B: Buffer.from(content, 'base64') } : undefined),
  BOOL: (content) => (typeof content === 'boolean' ? { BOOL: content } : undefined),
  NULL: (content) => (content === true ? { NULL: true } : undefined),
  SS: (content) => (isListOf(content, isText) ? { SS: content } : undefined),
  NS: (content) => (isListOf(content, isNumber) ? { NS: content } : undefined),
  BS: (content) => (isListOf(content, isBytes) ? { BS: content.map((bytes) => Buffer.from(bytes, 'base64')) } : undefined),
  L: (content) => {
    if (!Array.isArray(content)) return undefined;
    const values = content.map(valueFrom).filter((value) => value !== undefined);
    return values.length === content.length ? { L: values } : undefined;
  },
  M: (content) => {
    const map = wireFromJson(content);
    return map === undefined ? undefined : { M: map };
  },
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
const isBytes = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0;

function isListOf<Element>(value: unknown, is: (element: unknown) => element is Element): value is Element[] {
  return Array.isArray(value) && value.every(is);
}
