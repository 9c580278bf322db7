/** How long good answers took, counted in steps that grow with the time: four to each doubling, so a figure is off by 9 % at most, and what beats keep of it by 3 %. */
import type { ByteReader, ByteWriter } from './packing';

/** How many answers fell into each step. */
export type Latency = readonly number[];

/** Holds more than any probe may take; what takes longer counts in the last one. */
const steps = 72;
const stepsPerDoubling = 4;

export const noLatency = (): number[] => new Array<number>(steps).fill(0);

const stepOf = (ms: number): number => Math.min(steps - 1, Math.round(stepsPerDoubling * Math.log2(Math.max(0, ms) + 1)));
const msOf = (step: number): number => Math.round(2 ** (step / stepsPerDoubling) - 1);

export function countLatency(into: number[], ms: number): void {
  const step = stepOf(ms);
  into[step] = (into[step] ?? 0) + 1;
}

export const answersOf = (latency: Latency): number => latency.reduce((sum, count) => sum + count, 0);

/** In milliseconds: what this share of all answers took at most; `null` where there are none. */
export function quantileMs(latency: Latency, share: number): number | null {
  const wanted = share * answersOf(latency);
  let counted = 0;
  for (const [step, count] of latency.entries()) {
    counted += count;
    if (count > 0 && counted >= wanted) return msOf(step);
  }
  return null;
}

/** Only the steps into which anything fell: the distance from the one before, and how many. */
export function packLatency(writing: ByteWriter, latency: Latency): void {
  const used: number[] = [];
  latency.forEach((count, step) => {
    if (count > 0) used.push(step);
  });
  writing.byte(used.length);
  used.forEach((step, index) => {
    writing.byte(step - (used[index - 1] ?? 0)).count(latency[step] ?? 0);
  });
}

/** Adds what was packed to what was counted already; without that it is passed over. */
export function unpackLatency(reading: ByteReader, into: number[] | undefined): void {
  let step = 0;
  for (let left = reading.byte(); left > 0; left -= 1) {
    step += reading.byte();
    const count = reading.count();
    if (into !== undefined) into[step] = (into[step] ?? 0) + count;
  }
}
