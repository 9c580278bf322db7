/** What every drawing of a fault has in its hands, and when in a storm a fault may be. */
import type { Config } from '../../src/core/config/config';
import type { Fault } from './faults';
import type { Random } from './random';

interface Storm {
  /** Milliseconds since the beginning. */
  readonly begins: number;
  readonly ends: number;
}

export interface Drawing {
  readonly random: Random;
  readonly config: Config;
  readonly storm: Storm;
}

export type Draw = (drawing: Drawing) => readonly Fault[];

export function during({ random, storm }: Drawing, lastsMs: number): { readonly begins: number; readonly ends: number } {
  const lasts = Math.min(lastsMs, storm.ends - storm.begins);
  const begins = Math.round(random.between(storm.begins, storm.ends - lasts));
  return { begins, ends: Math.round(begins + lasts) };
}
