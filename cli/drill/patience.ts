/** Looking again and again, until there is something to see or the time is over. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Between two looks. */
  readonly lookMs: number;
  /** Between two words about how it goes. */
  readonly wordMs: number;
}

export const usualPace: Pace = { lookMs: 500, wordMs: 5000 };

export interface Patience<Seen> {
  readonly pace: Pace;
  readonly forMs: number;
  /** Undefined where there is nothing yet. */
  readonly look: () => Promise<Seen | undefined>;
  /** Called now and then while nothing is seen, with the time that went by. */
  readonly onWait: (waitedMs: number) => Promise<void> | void;
  /** Rejects when there is no sense in looking on. */
  readonly lost: Promise<never>;
}

/** Undefined when nothing was seen in all that time. */
export async function lookUntil<Seen>({ pace, forMs, look, onWait, lost }: Patience<Seen>): Promise<Seen | undefined> {
  const startedAt = Date.now();
  let saidAt = startedAt;
  for (;;) {
    const seen = await Promise.race([look(), lost]);
    const now = Date.now();
    if (seen !== undefined || now - startedAt >= forMs) return seen;
    if (now - saidAt >= pace.wordMs) {
      saidAt = now;
      await onWait(now - startedAt);
    }
    await Promise.race([sleep(Math.min(pace.lookMs, startedAt + forMs - now)), lost]);
  }
}
