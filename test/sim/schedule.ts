/**
 * EventBridge Scheduler, and the queue in which a turn may wait: fires every minute with a fixed offset and some jitter, once, or in
 * a lost minute not at all.
 */
import { instant } from '../../src/core/basics/brand';
import { isoTime, minute } from '../../src/core/basics/time';
import type { Events } from './events';
import type { Lambda } from './lambda';
import type { Random } from './random';

export class Schedule {
  private readonly events: Events;
  private readonly random: Random;
  private readonly lambda: Lambda;
  private readonly offsetMs: number;
  private readonly turnMs: number;
  private suspensions = 0;
  private repeatAfterMs: number | undefined;

  constructor(world: { readonly events: Events; readonly random: Random; readonly lambda: Lambda; readonly turnMs: number }) {
    this.events = world.events;
    this.random = world.random;
    this.lambda = world.lambda;
    this.turnMs = world.turnMs;
    this.offsetMs = world.random.between(200, 2_500);
  }

  start(): void {
    this.plan(Math.ceil(this.events.now / minute) * minute + this.turnMs);
  }

  /** No tick fires until the returned function is called. */
  suspend(): () => void {
    this.suspensions += 1;
    return () => {
      this.suspensions -= 1;
    };
  }

  /** Until the returned function is called each event is delivered a second time, so much later. */
  repeat(afterMs: number): () => void {
    this.repeatAfterMs = afterMs;
    return () => {
      this.repeatAfterMs = undefined;
    };
  }

  private plan(scheduled: number): void {
    const jitterMs = this.offsetMs + this.random.exponential(300);
    this.events.in(scheduled + jitterMs - this.events.now, () => {
      this.plan(scheduled + minute);
      if (this.suspensions > 0) return;
      const event = { scheduledTime: isoTime(instant(scheduled)) };
      this.lambda.invoke(event);
      if (this.repeatAfterMs !== undefined) this.events.in(this.repeatAfterMs, () => this.lambda.invoke(event));
    });
  }
}
