/** Of which time an item is by the clock of who wrote it, where that clock orders it. */
import type { WireItem } from '../../src/adapters/dynamodb/marshal';
import { second } from '../../src/core/basics/time';
import { readSequence } from '../../src/core/sequence';
import { kindOf } from './lines';

/** In ms since 1970; undefined for items that are ordered otherwise. */
export function timeOf(item: WireItem): number | undefined {
  const seq = Number(item.seq?.N ?? 0);
  switch (kindOf(item)) {
    case 'CLAIM':
    case 'HEAD':
    case 'BEAT':
      return readSequence(seq).slot * second;
    case 'WATCH':
      return seq;
    default:
      return undefined;
  }
}
