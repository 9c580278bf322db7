/** Items as DynamoDB writes them, and back. */
import type { AttributeValue as WireValue } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, Item } from '../../core/table';

export type WireItem = Record<string, WireValue>;

export function marshal(item: Item): WireItem {
  const wire: WireItem = {};
  for (const [name, value] of Object.entries(item)) wire[name] = wireValue(name, value);
  return wire;
}

/** Attributes of kinds that we never write are left out; an item without a key is none. */
export function unmarshal(wire: WireItem): Item | undefined {
  const { pk, sk } = wire;
  if (pk?.S === undefined || sk?.S === undefined) return undefined;
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, wireAttribute] of Object.entries(wire)) {
    const value = plainValue(wireAttribute);
    if (value !== undefined) attributes[name] = value;
  }
  return { ...attributes, pk: pk.S, sk: sk.S };
}

function wireValue(name: string, value: AttributeValue): WireValue {
  if (typeof value === 'string') return { S: value };
  if (value instanceof Uint8Array) return { B: value };
  if (Number.isFinite(value)) return { N: String(value) };
  throw new Error(`attribute "${name}" is ${value}, which no table can hold`);
}

function plainValue({ S, N, B }: WireValue): AttributeValue | undefined {
  if (S !== undefined) return S;
  return N === undefined ? B : Number(N);
}
