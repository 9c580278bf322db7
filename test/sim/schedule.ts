/** EventBridge Scheduler: fires every minute with a fixed offset and some jitter, once, or in a lost minute not at all. */
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
  private suspensions = 0;

  constructor(world: { readonly events: Events; readonly random: Random; readonly lambda: Lambda }) {
    this.events = world.events;
    this.random = world.random;
    this.lambda = world.lambda;
    this.offsetMs = world.random.between(200, 2_500);
  }

  start(): void {
    this.plan(Math.ceil(this.events.now / minute) * minute);
  }

  /** No tick fires until the returned function is called. */
  suspend(): () => void {
    this.suspensions += 1;
    return () => {
      this.suspensions -= 1;
    };
  }

  private plan(scheduled: number): void {
    const jitterMs = this.offsetMs + this.random.exponential(300);
    this.events.in(scheduled + jitterMs - this.events.now, () => {
      this.plan(scheduled + minute);
      if (this.suspensions === 0) this.lambda.invoke({ scheduledTime: isoTime(instant(scheduled)) });
    });
  }
}
