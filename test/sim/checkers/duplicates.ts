/** S12: a transition is told once; by every region at most where they cannot see each other's receipts. */
import { second } from '../../../src/core/basics/time';
import type { Checker, Evidence } from './evidence';
import { disturbances } from './evidence';

/** Two regions that conclude the same within this time cannot know of each other: a receipt has to travel. */
const receiptTravelsMs = 3 * second;

export const duplicates: Checker = (evidence) => {
  const most = mostTellings(evidence);
  return [...tellings(evidence)].flatMap(([transition, times]) =>
    tooMany(times, most) ? [{ promise: 'S12', at: times.at(-1) ?? 0, what: `${transition} was told ${times.length} times` }] : [],
  );
};

function mostTellings({ faults, regions }: Evidence): number {
  return disturbances(faults).length === 0 ? 1 : regions.length;
}

function tooMany(times: readonly number[], most: number): boolean {
  const first = times[0] ?? 0;
  return times.length > most && times.some((time) => time - first > receiptTravelsMs);
}

function tellings({ history }: Evidence): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const one of history.announced) {
    const transition = `${one.key} ${one.kind} ${one.condition} of incident ${one.incident}`;
    times.set(transition, [...(times.get(transition) ?? []), one.at]);
  }
  return times;
}
