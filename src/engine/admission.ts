/**
 * Which probe may begin when. Few begin at once, so that what a probe reports is the target's time and not its place in a burst;
 * those that take long make room for others; and no host is asked more than its budget.
 */
import type { HostBudget } from '../core/config/config';
import { hostQueues } from './host-queues';
import type { Clock } from './ports';
import { queue } from './queue';
import { sleep } from './within';

export interface Admission {
  /** Has it begin when a probe may, or when it is too late for any. `leave` must be called when the probe is done. */
  enter(budget: HostBudget | undefined, begin: (leave: () => void) => void): void;
}

/** Probes that have just begun share one core: more of them would wait for each other, and report that as latency. */
const youngAtOnce = 2;
/** Who is not done after this waits for the network, and nobody needs to wait for it. */
const youngMs = 2;
/** Connections that a function may have open, with room for its own. */
const underWayAtOnce = 800;

interface Entrant {
  readonly budget: HostBudget | undefined;
  readonly begin: () => void;
}

/** `overMs`: in how long it is too late for any probe. */
export function openAdmission(clock: Clock, overMs: () => number): Admission {
  /** Since when, the oldest first. */
  const young = new Map<Entrant, number>();
  const ready = queue<Entrant>();
  const allowed = queue<Entrant>();
  let underWay = 0;
  let isTicking = false;

  const admit = (): void => {
    while (underWay < underWayAtOnce && young.size < youngAtOnce) {
      const next = allowed.take() ?? nextReady();
      if (next === undefined) return;
      if (next === 'waits') continue;
      underWay += 1;
      young.set(next, clock.elapsedMs());
      next.begin();
    }
    if (!isTicking && young.size > 0) void admitLater();
  };
  const nextReady = (): Entrant | 'waits' | undefined => {
    const one = ready.take();
    if (one?.budget === undefined) return one;
    hosts.put(one, one.budget);
    return 'waits';
  };
  const admitLater = async (): Promise<void> => {
    isTicking = true;
    const [oldest = 0] = young.values();
    await sleep(clock, Math.max(1, oldest + youngMs - clock.elapsedMs()));
    isTicking = false;
    // Only here, where nothing is to be done at the moment: between two answers that are dealt with, it is we who keep the others waiting.
    letGrow(young, clock.elapsedMs());
    if (ready.first() !== undefined || allowed.first() !== undefined) admit();
  };
  const hosts = hostQueues<Entrant>(clock, {
    overMs,
    pass(one) {
      allowed.put(one);
      admit();
    },
  });
  const leave = (one: Entrant): void => {
    underWay -= 1;
    young.delete(one);
    if (one.budget !== undefined) hosts.leave(one.budget);
    admit();
  };
  return {
    enter(budget, begin) {
      const one: Entrant = { budget, begin: () => begin(() => leave(one)) };
      ready.put(one);
      admit();
    },
  };
}

function letGrow(young: Map<Entrant, number>, now: number): void {
  for (const [one, since] of young) {
    if (now - since < youngMs) return;
    young.delete(one);
  }
}
