import { itemBytes, readUnits, writeUnits } from '../../../src/core/cost/item-size';

const key = { pk: 'A', sk: 'B' };
const keyBytes = 6;

describe('an item is counted as DynamoDB counts it', () => {
  test.each([
    ['names and text in UTF-8', { ü: 'a€😀' }, 2 + 1 + 3 + 4],
    ['bytes as they are', { b: new Uint8Array(7) }, 1 + 7],
    ['a number by its digits', { n: 1795313340 }, 1 + 5 + 1],
    ['zeros at the end of a number for nothing', { n: 1200000 }, 1 + 1 + 1],
    ['a negative number with one byte more', { n: -12 }, 1 + 1 + 1 + 1],
    ['nought', { n: 0 }, 1 + 1],
  ])('%s', (_case, attributes, bytes) => {
    expect(itemBytes({ ...key, ...attributes })).toBe(keyBytes + bytes);
  });
});

test.each([
  [0, 1, 1, 0.5],
  [1024, 1, 1, 0.5],
  [1025, 2, 1, 0.5],
  [4096, 4, 1, 0.5],
  [4097, 5, 2, 1],
])('%d bytes are %d units to write, %d to read at home and %d elsewhere', (bytes, write, consistent, eventual) => {
  expect([writeUnits(bytes), readUnits(bytes, true), readUnits(bytes, false)]).toEqual([write, consistent, eventual]);
});
