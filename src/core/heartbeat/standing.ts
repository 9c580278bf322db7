/** What the pings of a monitor say together: how it ended last, and which runs have begun and not ended. */
import type { Ping } from './ping';
import { keptPerSignal, remember } from './pings';

export interface Last {
  readonly newest: Ping | undefined;
  /** The newest success or failure. */
  readonly ended: Ping | undefined;
  /** Starts whose end did not come; of each run the newest. */
  readonly open: readonly Ping[];
}

export function lastOf(pings: readonly Ping[]): Last {
  const inOrder = remember(pings);
  const open = new Map<string | undefined, Ping>();
  let ended: Ping | undefined;
  for (const ping of inOrder) {
    if (ping.signal === 'start') {
      open.set(ping.rid, ping);
      continue;
    }
    ended = ping;
    // A failure, and an end that names no run, end all of them.
    if (ping.signal === 'failure' || ping.rid === undefined) open.clear();
    else open.delete(ping.rid);
  }
  const forgotten = forgottenBefore(inOrder);
  return { newest: inOrder.at(-1), ended, open: [...open.values()].filter(({ at }) => at >= forgotten) };
}

/** A run that began before all successes that are remembered may have ended with one that is not. */
function forgottenBefore(inOrder: readonly Ping[]): number {
  const successes = inOrder.filter(({ signal }) => signal === 'success');
  return successes.length < keptPerSignal ? 0 : (successes[0]?.at ?? 0);
}
