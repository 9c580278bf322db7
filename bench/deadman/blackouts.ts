/** Stretches of time in which something does not work, in milliseconds, in order and apart from each other. */
import type { Random } from './random';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export class Blackouts {
  private cursor = 0;

  readonly stretches: readonly Stretch[];

  constructor(stretches: readonly Stretch[]) {
    this.stretches = stretches;
  }

  /** The stretch that holds at `at`, if any. Questions in the order of time are answered without a search. */
  holding(at: number): Stretch | undefined {
    const { stretches } = this;
    const here = stretches[this.cursor];
    if (here === undefined || here.from > at || (stretches[this.cursor + 1]?.from ?? Number.POSITIVE_INFINITY) <= at) this.cursor = this.lastBegun(at);
    const found = stretches[this.cursor];
    return found !== undefined && found.from <= at && at < found.to ? found : undefined;
  }

  isDown(at: number): boolean {
    return this.holding(at) !== undefined;
  }

  /** `at`, or the end of the stretch that it falls into. */
  passes(at: number): number {
    return this.holding(at)?.to ?? at;
  }

  private lastBegun(at: number): number {
    let [low, high] = [0, this.stretches.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.stretches[middle]?.from ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

export interface Rate {
  readonly perYear: number;
  readonly medianMs: number;
  readonly sigma: number;
  readonly capMs?: number;
}

/** Where several things must work, any of their stretches is one. */
export function anyOf(...all: readonly Blackouts[]): Blackouts {
  const sorted = all.flatMap((one) => one.stretches).sort((one, other) => one.from - other.from);
  const merged: Stretch[] = [];
  for (const stretch of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else merged.push(stretch);
  }
  return new Blackouts(merged);
}

/** Where one of two things is enough, only what they miss together is a stretch. */
export function bothOf(one: Blackouts, other: Blackouts): Blackouts {
  const common = one.stretches.flatMap((stretch) =>
    other.stretches
      .filter(({ from, to }) => from < stretch.to && stretch.from < to)
      .map(({ from, to }) => ({ from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) })),
  );
  return anyOf(new Blackouts(common));
}

export const yearMs = 365.25 * 86_400_000;

/** A Poisson process of stretches whose lengths are log-normal. */
export function drawBlackouts(random: Random, rates: readonly Rate[], years: number): Blackouts {
  const drawn = rates.map(({ perYear, medianMs, sigma, capMs }) => {
    const stretches: Stretch[] = [];
    for (let at = random.exponential(yearMs / perYear); at < years * yearMs; at += random.exponential(yearMs / perYear)) {
      const lengthMs = random.logNormal(medianMs, sigma);
      stretches.push({ from: at, to: at + Math.min(capMs ?? lengthMs, lengthMs) });
    }
    return new Blackouts(stretches);
  });
  return anyOf(...drawn);
}
