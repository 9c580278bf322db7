/** Where our own time goes, from the outage to the page: until each place looks, until it is concluded, until it is told. */
import type { Concluded } from './own';
import { type Spread, spreadOf, type Timing } from './rows';

/** Of all outages that were told, in ms. */
export interface Spent {
  /** Until the first region begins a round, which is the first look that can fail. */
  readonly firstLook: Spread;
  /** From there until the other region, half an interval later, begins one. */
  readonly secondLook: Spread;
  /** From there until it is concluded: probing with its retry, the beat, and the judgement. */
  readonly judgement: Spread;
  /** From there until the receiver has the message: the log, the topic, the post. */
  readonly telling: Spread;
  /** Which functions concluded it first. */
  readonly by: Readonly<Record<string, number>>;
}

interface Rounds {
  readonly intervalMs: number;
  /** How many regions probe, evenly staggered. */
  readonly places: number;
}

export function spentOf(timings: readonly Timing[], concluded: readonly Concluded[], rounds: Rounds): Spent {
  const steps = timings.flatMap((timing) => stepsOf(timing, concluded, rounds) ?? []);
  const by: Record<string, number> = {};
  for (const step of steps) by[step.by] = (by[step.by] ?? 0) + 1;
  const of = (name: 'firstLook' | 'secondLook' | 'judgement' | 'telling'): Spread => spreadOf(steps.map((step) => step[name]));
  return { firstLook: of('firstLook'), secondLook: of('secondLook'), judgement: of('judgement'), telling: of('telling'), by };
}

interface Steps {
  readonly firstLook: number;
  readonly secondLook: number;
  readonly judgement: number;
  readonly telling: number;
  readonly by: string;
}

/** Each region begins its rounds on the grid of the interval, each an equal part of it after the one before. */
function stepsOf({ outage, pageMs }: Timing, concluded: readonly Concluded[], { intervalMs, places }: Rounds): Steps | undefined {
  const mine = concluded.filter(({ target, state, atMs }) => target === outage.target && state === 'down' && atMs >= outage.brokenAt);
  const first = mine.sort((one, other) => one.atMs - other.atMs)[0];
  if (pageMs === undefined || first === undefined) return undefined;
  const staggerMs = intervalMs / places;
  const firstAt = Math.ceil(outage.brokenAt / staggerMs) * staggerMs;
  const secondAt = firstAt + (places === 1 ? intervalMs : staggerMs);
  return {
    firstLook: firstAt - outage.brokenAt,
    secondLook: secondAt - firstAt,
    judgement: first.atMs - secondAt,
    telling: outage.brokenAt + pageMs - first.atMs,
    by: first.by,
  };
}
