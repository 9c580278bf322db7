/** EventBridge Scheduler for one function: on the wall clock, like `cron(* * * * ? *)`, and without retries. */
import type { ScheduleSpec } from './edge-messages';
import { queueEvent } from './queue-event';

export interface ScheduleParts extends ScheduleSpec {
  readonly now: () => number;
  readonly fire: (payload: string) => void;
}

export class Schedule {
  readonly #parts: ScheduleParts;
  readonly #heldBack = new Set<NodeJS.Timeout>();
  #timer: NodeJS.Timeout | undefined;
  #isOn = true;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
  }

  /** The first turn is no multiple, and nothing holds it back: nobody waits for long after a start. */
  start(): void {
    const { now, firstAfterMs } = this.#parts;
    this.#plan(now() + firstAfterMs, 'first');
  }

  /** While it is off it goes on keeping time, and fires nothing. */
  set(isOn: boolean): void {
    this.#isOn = isOn;
  }

  /** A turn that is held back is lost. */
  stop(): void {
    clearTimeout(this.#timer);
    for (const timer of this.#heldBack) clearTimeout(timer);
  }

  #plan(at: number, place: 'first' | 'later'): void {
    this.#timer = setTimeout(() => this.#due(at, place), Math.max(0, at - this.#parts.now()));
  }

  #due(at: number, place: 'first' | 'later'): void {
    const { everyMs, delayMs, now, fire } = this.#parts;
    const turn = { kind: 'schedule', scheduledTime: secondText(at) };
    if (this.#isOn && delayMs === undefined) fire(JSON.stringify(turn));
    if (this.#isOn && delayMs !== undefined) this.#holdBack(turn, place === 'first' ? 0 : delayMs);
    this.#plan(nextMultiple(Math.max(at, now()), everyMs), 'later');
  }

  /** In a queue, which brings the turn when its time has come, even if the schedule was switched off meanwhile. */
  #holdBack(turn: object, delayMs: number): void {
    const { now, fire } = this.#parts;
    const event = queueEvent(JSON.stringify({ ...turn, delaySeconds: delayMs / 1000 }), now());
    const timer = setTimeout(() => {
      this.#heldBack.delete(timer);
      fire(event);
    }, delayMs);
    this.#heldBack.add(timer);
  }
}

/** The first multiple after `ms`: a timer that fires a little early must not fire twice. */
const nextMultiple = (ms: number, everyMs: number): number => (Math.floor(ms / everyMs) + 1) * everyMs;

/** `2026-11-21T04:02:00Z` */
const secondText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
