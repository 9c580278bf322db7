/** What DynamoDB counts of an item: its bytes by the rules of the service, and the units that a write or read of it takes. */
import type { AttributeValue, Item } from '../table';

const writeUnitBytes = 1024;
const readUnitBytes = 4096;
/** What storage is charged for beside the attributes themselves. */
export const storageOverheadBytes = 100;

export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);
}

/** Of one replica; every other replica takes as many. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / writeUnitBytes));

/** Reads that may lag behind a write made just before are half as dear. What is not there takes as much as the smallest item. */
export const readUnits = (bytes: number, isConsistent: boolean): number => Math.max(1, Math.ceil(bytes / readUnitBytes)) * (isConsistent ? 1 : 0.5);

function valueBytes(value: AttributeValue): number {
  if (typeof value === 'string') return textBytes(value);
  return typeof value === 'number' ? numberBytes(value) : value.length;
}

/** One byte for two significant digits, and one more. */
function numberBytes(value: number): number {
  const digits = String(Math.abs(value)).replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (value < 0 ? 1 : 0);
}

/** In UTF-8, which nothing in this layer can encode. */
function textBytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
