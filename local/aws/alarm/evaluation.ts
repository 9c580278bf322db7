/** One look of one alarm: from data points to its next state. Pure. */
import type { AlarmDefinition, AlarmMemory } from './definition';
import { type Range, reasonOf } from './reason';
import { isComplete, rangeEnd, rangeOf, stateOf } from './rules';

export interface DataPoint {
  /** Milliseconds since 1970, as the publisher dated it. */
  readonly at: number;
  readonly value: number;
}

export interface Look {
  readonly now: number;
  /** Oldest first, as far back as they are kept. */
  readonly points: readonly DataPoint[];
  /** Since when points could arrive here without a break: what came to nobody is no silence. */
  readonly heardSince: number;
}

/** The same memory where nothing changed; with another `state` its actions are due. */
export function evaluate(alarm: AlarmDefinition, memory: AlarmMemory, look: Look): AlarmMemory {
  const range = readRange(alarm, look);
  const periods = range.counts.map((count) => (count === 0 ? undefined : count < alarm.threshold));
  const isFull = isComplete(alarm, periods);
  if (!memory.isWarm && !isFull && look.now < memory.createdAt + alarm.warmUpMs) return memory;
  const warm = memory.isWarm ? memory : { ...memory, isWarm: true };
  if (!isFull && range.from < look.heardSince) return warm;
  const state = stateOf(alarm, periods, memory.state);
  return state === memory.state ? warm : { ...warm, state, since: look.now, reason: reasonOf(alarm, state, range) };
}

/** Read from the newest point back, since hours are kept and minutes are looked at. */
function readRange(alarm: AlarmDefinition, { now, points }: Look): Range {
  const counts = new Array<number>(rangeOf(alarm)).fill(0);
  const from = rangeEnd(alarm, now) - counts.length * alarm.periodMs;
  for (let index = points.length - 1; index >= 0; index -= 1) {
    const at = points[index]?.at ?? from;
    if (at < from) break;
    const period = Math.floor((at - from) / alarm.periodMs);
    if (period < counts.length) counts[period] = (counts[period] ?? 0) + 1;
  }
  return { from, counts };
}
