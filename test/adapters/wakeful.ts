import type { Prober } from '../../src/engine/ports';

/** What a prober slept through, on a machine that stood still for seconds, shows nothing of a server: it is asked anew. */
export const wakeful = (prober: Prober): Prober => ({
  attempt: async (...asked) => {
    for (;;) {
      const attempt = await prober.attempt(...asked);
      if (!attempt.detail.includes('the prober itself stood still')) return attempt;
    }
  },
});
