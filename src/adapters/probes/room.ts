/** Room for what lives shortly. Probes leave much of that behind, and to clear it away too eagerly costs more than to probe. */
import { setFlagsFromString } from 'node:v8';

/** Whoever probes less without a pause needs no more room. By now all that probes is loaded: after the flag, V8 reads no module of Node from its cache. */
export const manyProbes = 500;
export const pauseMs = 2000;

/**
 * Between two rounds nothing is made, and the engine takes the room back: each round began with a megabyte, cleared away twenty times, and moved
 * what was under way to where it stays. Now one step leads to all the room that the engine may take (16 MB, or `--max-semi-space-size`).
 */
const growsAtOnce = '--semi-space-growth-factor=16';
/**
 * An idle process is cleared to save memory, and then all compiled code goes whose objects are gone: nothing is being probed at that moment, so
 * that is most of it, and the next round compiles it again. Only that clearing must go step by step: where no steps are allowed, it never begins.
 */
const keepsItsCode = '--no-incremental-marking';

export const roomFlags = `${growsAtOnce} ${keepsItsCode}`;

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
    setFlag(roomFlags);
  };
}
