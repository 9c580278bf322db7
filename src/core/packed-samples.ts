/** The newest samples of all monitors in few bytes: one property after the other, since most monitors fare alike. */
import { type MonitorHash, monitorHash, type Slot, slotAt } from './basics/brand';
import { type Health, mostCounted, type Sample } from './health';
import { noPhases } from './observation';
import { packAddresses, unpackAddresses } from './packed-address';
import { packPhases, unpackPhases } from './packed-phases';
import { type ByteReader, type ByteWriter, codesOf, folded, unfolded } from './packing';

/** What of a sample is packed; the reason of a failure is text, and is written beside it. */
export type PackedSample = Omit<Sample, 'reason' | 'detail'>;

/** `provenBefore`: so many seconds before the sample it was last proven who answers. */
export interface Why extends Pick<Sample, 'reason' | 'detail'> {
  readonly provenBefore?: number | undefined;
}

const healthCodes = codesOf<Health>({ unknown: 0, up: 1, down: 2 });
const hashBytes = 6;

/** Ages are counted from the slot of the head, in steps of the grid that all of them lie on: of a minute as a rule. */
export function packSamples(writing: ByteWriter, samples: readonly PackedSample[], headSlot: Slot): void {
  const ages = samples.map(({ slot }) => Math.max(0, headSlot - slot));
  const since = samples.map(({ runSince }) => Math.max(0, headSlot - runSince));
  const grid = Math.max(1, since.reduce(greatestCommonDivisor, ages.reduce(greatestCommonDivisor, 0)));
  writing.count(samples.length).count(grid);
  for (const { hash } of samples) writing.hex(hash);
  writing
    .counts(samples.map(({ ok, health }) => (ok ? 1 : 0) | (healthCodes.codeOf(health) << 1)))
    .counts(ages.map((age) => age / grid))
    .counts(since.map((age) => age / grid))
    .counts(samples.map(({ run }, index) => folded(unbrokenRun(since[index], ages[index], grid) - run)))
    .counts(samples.map(({ failedBits }) => failedBits));
  for (const { phases } of samples) packPhases(writing, phases);
  packAddresses(
    writing,
    samples.map(({ address }) => address),
  );
}

/** `whyAt`: what is written beside the sample in that place. */
export function unpackSamples(
  reading: ByteReader,
  { headSlot, whyAt }: { readonly headSlot: Slot; readonly whyAt: (place: number) => Why },
): readonly Sample[] {
  const length = reading.lengthAhead();
  const grid = reading.count();
  const hashes: MonitorHash[] = [];
  while (hashes.length < length) hashes.push(monitorHash(reading.hex(hashBytes)));
  const flags = reading.counts(length);
  const ages = reading.counts(length).map((steps) => steps * grid);
  const since = reading.counts(length).map((steps) => steps * grid);
  const missed = reading.counts(length).map(unfolded);
  const failedBits = reading.counts(length);
  const phases = hashes.map(() => unpackPhases(reading));
  const addresses = unpackAddresses(reading, length);
  return hashes.map((hash, index) => {
    const { reason, detail, provenBefore } = whyAt(index);
    const slot = slotAt(headSlot - (ages[index] ?? 0));
    const sample: Sample = {
      hash,
      slot,
      ok: ((flags[index] ?? 0) & 1) === 1,
      run: unbrokenRun(since[index], ages[index], grid) - (missed[index] ?? 0),
      runSince: slotAt(headSlot - (since[index] ?? 0)),
      health: healthCodes.wordOf((flags[index] ?? 0) >> 1),
      failedBits: failedBits[index] ?? 0,
      phases: phases[index] ?? noPhases,
      reason,
      detail,
      address: addresses[index] ?? '',
    };
    return provenBefore === undefined ? sample : { ...sample, provenSlot: slotAt(slot - provenBefore) };
  });
}

/** How long a run is whose samples came one in each step of the grid: how far the real one is from it is a small number. */
const unbrokenRun = (since = 0, age = 0, grid = 1): number => Math.min(mostCounted, Math.round((since - age) / grid) + 1);

function greatestCommonDivisor(one: number, other: number): number {
  let left = one;
  for (let right = other; right > 0; ) {
    const rest = left % right;
    left = right;
    right = rest;
  }
  return left;
}
