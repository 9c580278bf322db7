/** When the machine of an observer was asleep, as a laptop with its lid shut: nobody is to blame for what it missed. */
import type { Instant } from './basics/brand';
import { second } from './basics/time';
import type { Stretch } from './timeline';

/** How long a machine had been asleep in all, by a time at which it was awake. */
export interface AwakeMark {
  readonly at: Instant;
  readonly sleptMs: number;
}

export const asleepCause = 'asleep';

/** Two clocks that are read one after the other, one of them in whole seconds, may differ by less. */
const leastSleepMs = 3 * second;

/** The time between two looks in which the machine slept. More sleep than time is another machine's count, and says nothing. */
export function asleepBetween(before: AwakeMark, now: AwakeMark): Stretch | undefined {
  const sleptMs = now.sleptMs - before.sleptMs;
  const passedMs = now.at - before.at;
  return sleptMs >= leastSleepMs && sleptMs <= passedMs + leastSleepMs ? { from: before.at, to: now.at } : undefined;
}

/** Whether a sleep explains all of these stretches: a round before it holds a little into it, and the first one after it takes a moment. */
export const explains = (asleep: Stretch | undefined, stretches: readonly Stretch[], slackMs: number): boolean =>
  asleep !== undefined && stretches.length > 0 && stretches.every(({ from, to }) => from >= asleep.from - slackMs && to <= asleep.to + slackMs);
