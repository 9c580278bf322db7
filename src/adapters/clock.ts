/** The real clock. */
import { instant } from '../core/basics/brand';
import type { Clock } from '../engine/ports';

/** Node turns a longer delay into none at all. */
const longestDelayMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  elapsedMs: () => performance.now(),
  timer(ms) {
    let handle: NodeJS.Timeout | undefined;
    const done = new Promise<void>((resolve) => {
      handle = setTimeout(resolve, Math.min(Math.max(0, ms), longestDelayMs));
    });
    return { done, cancel: () => clearTimeout(handle) };
  },
};
