/**
 * How items of one writer are ordered: by epoch, then by slot. The epoch is raised when a table is imported, so nothing that the
 * table held before, and nothing of it that arrives late, is ever taken for newer than what is written afterwards.
 */
import { type Slot, slotAt } from './basics/brand';

export interface Sequence {
  /** How often the table was restored; absent is 0. */
  readonly epoch?: number | undefined;
  readonly slot: Slot;
}

/** Slots are seconds: they stay below this until the year 2286. In the first epoch a sequence is its slot. */
const slotsOfAnEpoch = 10_000_000_000;

/** As the attribute `seq` that conditional writes compare. */
export const sequenceNumber = ({ epoch = 0, slot }: Sequence): number => epoch * slotsOfAnEpoch + slot;

export const readSequence = (seq: number): { readonly epoch: number; readonly slot: Slot } => ({
  epoch: Math.floor(seq / slotsOfAnEpoch),
  slot: slotAt(seq % slotsOfAnEpoch),
});

export const isNewerThan = (one: Sequence, other: Sequence): boolean => sequenceNumber(one) > sequenceNumber(other);

/** The claim with which a new epoch begins: greater than all of the one before, and no slot is taken in it. */
export const firstOfEpochAfter = (epoch: number): number => sequenceNumber({ epoch: epoch + 1, slot: slotAt(0) });
