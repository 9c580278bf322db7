/** Probes that wait for the budget of their host: so many at once, and so many a second. Nobody else waits for them. */
import { second } from '../core/basics/time';
import type { HostBudget } from '../core/config/config';
import type { Clock } from './ports';
import { type Queue, queue } from './queue';
import { sleep } from './within';

export interface HostQueues<T> {
  put(one: T, budget: HostBudget): void;
  leave(budget: HostBudget): void;
}

/** What one host is asked at the moment. */
interface Load<T> {
  readonly waiting: Queue<{ readonly one: T; readonly budget: HostBudget }>;
  underWay: number;
  begunAt: number;
  isPaused: boolean;
}

/** `pass`: may begin at once. `overMs`: in how long it is too late for any probe; then all pass, and find that out. */
export function hostQueues<T>(clock: Clock, { pass, overMs }: { readonly pass: (one: T) => void; readonly overMs: () => number }): HostQueues<T> {
  const loads = new Map<string, Load<T>>();
  const loadOf = (host: string): Load<T> => {
    const found = loads.get(host) ?? { waiting: queue(), underWay: 0, begunAt: Number.NEGATIVE_INFINITY, isPaused: false };
    loads.set(host, found);
    return found;
  };
  const passOn = (load: Load<T>): void => {
    for (let first = load.waiting.first(); first !== undefined; first = load.waiting.first()) {
      const waitMs = overMs() <= 0 ? 0 : waitOf(load, first.budget, clock.elapsedMs());
      if (waitMs > 0) {
        if (Number.isFinite(waitMs)) void passLater(load, waitMs);
        return;
      }
      load.waiting.take();
      load.underWay += 1;
      load.begunAt = clock.elapsedMs();
      pass(first.one);
    }
  };
  const passLater = async (load: Load<T>, waitMs: number): Promise<void> => {
    if (load.isPaused) return;
    load.isPaused = true;
    await sleep(clock, Math.max(1, Math.min(waitMs, overMs())));
    load.isPaused = false;
    passOn(load);
  };
  return {
    put(one, budget) {
      const load = loadOf(budget.host);
      load.waiting.put({ one, budget });
      passOn(load);
    },
    leave({ host }) {
      const load = loadOf(host);
      load.underWay -= 1;
      passOn(load);
    },
  };
}

/** Infinite until another one is done. */
function waitOf({ underWay, begunAt }: Load<unknown>, { atOnce, perSecond }: HostBudget, now: number): number {
  if (atOnce !== undefined && underWay >= atOnce) return Number.POSITIVE_INFINITY;
  return perSecond === undefined ? 0 : begunAt + second / perSecond - now;
}
