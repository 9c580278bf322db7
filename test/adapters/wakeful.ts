import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Prober } from '../../src/engine/ports';

const nanosecondsPerMs = 1e6;
const mostTries = 10;

/**
 * What a prober slept through, on a machine that stands still now and then, shows nothing of a server: it is asked anew. Short times that a test
 * gives are over in another phase than it means, where a good part of them passed while nothing ran.
 */
export const wakeful = (prober: Prober): Prober => ({
  attempt: async (monitor, timeoutMs, ...more) => {
    for (let tries = 1; ; tries += 1) {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const attempt = await prober.attempt(monitor, timeoutMs, ...more);
      delay.disable();
      const hasSlept = attempt.detail.includes('the prober itself stood still');
      const wasHeldUp = attempt.reason.endsWith('-timeout') && delay.max > (timeoutMs / 4) * nanosecondsPerMs;
      if (!hasSlept && (!wasHeldUp || tries >= mostTries)) return attempt;
    }
  },
});
