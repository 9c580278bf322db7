/** When the inbox of a region was seen to take pings. Silence while it did not proves nothing. */
import type { Instant } from '../basics/brand';
import type { Stretch } from '../timeline';

/** Oldest first; in between nobody knows. */
export type Receiving = readonly Stretch[];

const keptStretches = 6;

/** After one look: `takes` where the inbox has just taken and stored what was sent to it. */
export function receivingAfter(
  before: Receiving,
  look: { readonly at: Instant; readonly takes: boolean; readonly mostPauseMs: number; readonly hasSlept: boolean },
): Receiving {
  const { at, takes, mostPauseMs, hasSlept } = look;
  if (!takes) return before;
  const last = before.at(-1);
  const goesOn = last !== undefined && !hasSlept && at >= last.to && at - last.to <= mostPauseMs;
  if (goesOn) return [...before.slice(0, -1), { from: last.from, to: at }];
  // A clock that was set back has made all times before it doubtful.
  return [...before.filter(({ to }) => to < at), { from: at, to: at }].slice(-keptStretches);
}

/** How far apart two looks may be that say the same of the time in between: one of them may be lost. */
export const mostPauseMs = (beatIntervalMs: number): number => 2 * beatIntervalMs + 5000;

/** Whether a stretch was watched from its beginning to its end; else when it was dark last, as far as is known. */
export function watchedThrough(receiving: Receiving, { from, to }: Stretch): 'watched' | { readonly darkUntil: Instant | undefined } {
  const containing = receiving.find((stretch) => stretch.from <= to && stretch.to >= to);
  if (containing !== undefined) return containing.from <= from ? 'watched' : { darkUntil: containing.from };
  return { darkUntil: receiving.find((stretch) => stretch.from > to)?.from };
}
