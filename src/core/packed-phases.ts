/**
 * Durations of phases in a byte each: exact to the millisecond while they are short, then in steps that grow with them, so that
 * what is read is off by 3 % at most. What takes more than an hour and a half counts as the last step.
 */
import type { Phases } from './observation';
import type { ByteReader, ByteWriter } from './packing';

const steps = 256;
const growth = 1.055;

const msOfStep: readonly number[] = durations();

function durations(): readonly number[] {
  const found = [0];
  while (found.length < steps) {
    const last = found.at(-1) ?? 0;
    found.push(Math.max(last + 1, Math.round(last * growth)));
  }
  return found;
}

/** The step whose duration is nearest. */
function stepOfMs(ms: number): number {
  if (ms <= 0) return 0;
  let low = 0;
  let high = steps - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((msOfStep[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  const [below, above] = [msOfStep[low - 1] ?? 0, msOfStep[low] ?? 0];
  return low > 0 && ms - below < above - ms ? low - 1 : low;
}

/** What is left of a duration once it is stored. */
export const storedMs = (ms: number): number => msOfStep[stepOfMs(ms)] ?? 0;

export function packPhases(writing: ByteWriter, { dnsMs, connectMs, tlsMs, firstByteMs, transferMs }: Phases): void {
  writing.byte(stepOfMs(dnsMs)).byte(stepOfMs(connectMs)).byte(stepOfMs(tlsMs)).byte(stepOfMs(firstByteMs)).byte(stepOfMs(transferMs));
}

export function unpackPhases(reading: ByteReader): Phases {
  return { dnsMs: msIn(reading), connectMs: msIn(reading), tlsMs: msIn(reading), firstByteMs: msIn(reading), transferMs: msIn(reading) };
}

const msIn = (reading: ByteReader): number => msOfStep[reading.byte()] ?? 0;
