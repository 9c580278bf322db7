/** Time limits: what takes longer than it may is given up, and what failed is a value. */
import { type Clock, Refused } from './ports';

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** `isRefused`: it was answered, and the answer was no. */
  | { readonly kind: 'failed'; readonly error: string; readonly isRefused: boolean };

/** Waits for `work` for at most `ms`. The work itself is not stopped; its late result is dropped. */
export function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<Outcome<T>> {
  const timer = clock.timer(ms);
  return new Promise((resolve) => {
    const end = (outcome: Outcome<T>): void => {
      timer.cancel();
      resolve(outcome);
    };
    void timer.done.then(() => resolve({ kind: 'failed', error: `no answer within ${ms} ms`, isRefused: false }));
    work.then(
      (value) => end({ kind: 'done', value }),
      (error: unknown) => end({ kind: 'failed', error: error instanceof Error ? error.message : String(error), isRefused: error instanceof Refused }),
    );
  });
}

export async function sleep(clock: Clock, ms: number): Promise<void> {
  if (ms > 0) await clock.timer(ms).done;
}
