/**
 * Which target goes down when and how: seeded, each target once, at phases of the interval that are random and spread evenly over it, so that
 * a few dozen outages say what thousands would.
 */
import { Random } from '../deadman/random';

export const kinds = ['500', 'refused', 'hung'] as const;
/** It answers with status 500; nobody listens; it accepts and never answers. */
export type Kind = (typeof kinds)[number];

export interface Outage {
  readonly target: string;
  readonly kind: Kind;
  /** Where in the interval it begins and ends, as shares of it. */
  readonly beginPhase: number;
  readonly endPhase: number;
}

/** An outage as it was. */
export interface Happened extends Outage {
  readonly brokenAt: number;
  readonly mendedAt: number;
}

const streams = { kind: 1, begin: 2, beginOrder: 3, end: 4, endOrder: 5 };

export function planOutages(count: number, seed: number): readonly Outage[] {
  const random = new Random(seed);
  const order = shuffled(count, (index) => random.at(streams.kind, index).unit());
  const kindOf = order.map((place) => kinds[place % kinds.length] ?? '500');
  const begins = evenPhases(kindOf, random, [streams.begin, streams.beginOrder]);
  const ends = evenPhases(kindOf, random, [streams.end, streams.endOrder]);
  return kindOf.map((kind, index) => ({ target: `m${index}`, kind, beginPhase: begins[index] ?? 0, endPhase: ends[index] ?? 0 }));
}

/** The outages of a kind share the interval among them: each begins somewhere in a part of its own. */
function evenPhases(kindOf: readonly Kind[], random: Random, [stream, orderStream]: readonly [number, number]): readonly number[] {
  const phases = kindOf.map(() => 0);
  for (const kind of kinds) {
    const mine = kindOf.flatMap((other, index) => (other === kind ? [index] : []));
    const parts = shuffled(mine.length, (index) => random.at(orderStream, (mine[index] ?? 0) + 1).unit());
    mine.forEach((index, place) => {
      phases[index] = ((parts[place] ?? 0) + random.at(stream, index).unit()) / mine.length;
    });
  }
  return phases;
}

function shuffled(count: number, draw: (index: number) => number): readonly number[] {
  const drawn = Array.from({ length: count }, (_, index) => ({ index, key: draw(index) }));
  return drawn.sort((one, other) => one.key - other.key).map(({ index }) => index);
}

/** The first moment at or after `ms` that lies at this phase of the interval. */
export function momentAt(ms: number, phase: number, intervalMs: number): number {
  const begun = Math.floor(ms / intervalMs) * intervalMs + Math.round(phase * intervalMs);
  return begun >= ms ? begun : begun + intervalMs;
}
