/** A world whose time is set by hand, and whose calls are real: they take real time, whatever the hands of its clock show. */
import type { Clock, Timer } from '../../src/engine/ports';

export const withRealTimers = (clock: Clock): Clock => ({ ...clock, timer: realTimer });

/** A pause before a second try is no limit of a call: it is not waited for. */
const longestPauseMs = 1000;

function realTimer(ms: number): Timer {
  let handle: NodeJS.Timeout | undefined;
  const done = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, ms < longestPauseMs ? 1 : ms);
  });
  return { done, cancel: () => clearTimeout(handle) };
}
