/** Room for what lives shortly. Probes leave much of that behind, and to clear it away in small steps costs more than to probe. */
import { setFlagsFromString } from 'node:v8';

/** Whoever probes less without a pause needs no more room. By now all that probes is loaded: after the flag, V8 reads no module of Node from its cache. */
export const manyProbes = 500;
export const pauseMs = 2000;

/**
 * Between two rounds nothing is made, and the engine takes the room back: each round began with a megabyte, cleared away twenty times, and moved
 * what was under way to where it stays, until that was cleared away too, with the code that had become fast. Now one step leads to all
 * the room that the engine may take (16 MB, or `--max-semi-space-size`).
 */
export const growsAtOnce = '--semi-space-growth-factor=16';

/** To be called for each probe. */
export function roomForMany(setFlag: (flag: string) => void = setFlagsFromString): (nowMs: number) => void {
  let probes = 0;
  let lastMs = 0;
  let isMade = false;
  return (nowMs) => {
    probes = nowMs - lastMs > pauseMs ? 1 : probes + 1;
    lastMs = nowMs;
    if (isMade || probes < manyProbes) return;
    isMade = true;
    setFlag(growsAtOnce);
  };
}
