import fc from 'fast-check';
import { slotAt } from '../../src/core/basics/brand';
import { decodeHead, encodeHead } from '../../src/core/beat';
import { firstOfEpochAfter, isNewerThan, readSequence, sequenceNumber } from '../../src/core/sequence';
import { head, west } from './builders';

const anySequence = fc.record({ epoch: fc.nat(1000), slot: fc.nat(9_999_999_999).map(slotAt) });

describe('a sequence', () => {
  it('is what it was after it was written down', () => {
    fc.assert(fc.property(anySequence, (sequence) => expect(readSequence(sequenceNumber(sequence))).toEqual(sequence)));
  });

  it('of a later epoch is newer than any of an earlier one, whatever the clock said', () => {
    fc.assert(
      fc.property(anySequence, anySequence, (one, other) => {
        const expected = one.epoch === other.epoch ? one.slot > other.slot : one.epoch > other.epoch;
        expect(isNewerThan(one, other)).toBe(expected);
      }),
    );
  });

  it('is its slot until a table is restored, as it was before there were epochs', () => {
    fc.assert(fc.property(anySequence, ({ slot }) => expect(sequenceNumber({ slot })).toBe(slot)));
  });

  it('that begins an epoch is newer than all of the one before, and older than any round of its own', () => {
    fc.assert(
      fc.property(anySequence, ({ epoch, slot }) => {
        expect(firstOfEpochAfter(epoch)).toBeGreaterThan(sequenceNumber({ epoch, slot }));
        expect(sequenceNumber({ epoch: epoch + 1, slot: slotAt(slot + 1) })).toBeGreaterThan(firstOfEpochAfter(epoch));
      }),
    );
  });
});

it.each([undefined, 3])('a head of epoch %p is read as it was written', (epoch) => {
  const written = { ...head(), ...(epoch === undefined ? {} : { epoch }) };
  expect(decodeHead(encodeHead(written, west))).toEqual(written);
});
