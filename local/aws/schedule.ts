/** EventBridge Scheduler for one function: on the wall clock, like `cron(* * * * ? *)`, and without retries. */
export interface ScheduleParts {
  readonly everyMs: number;
  readonly firstAfterMs: number;
  readonly now: () => number;
  readonly fire: (payload: string) => void;
}

export class Schedule {
  readonly #parts: ScheduleParts;
  #timer: NodeJS.Timeout | undefined;
  #isOn = true;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#plan(this.#parts.now() + this.#parts.firstAfterMs);
  }

  /** While it is off it goes on keeping time, and fires nothing. */
  set(isOn: boolean): void {
    this.#isOn = isOn;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #plan(at: number): void {
    this.#timer = setTimeout(() => this.#due(at), Math.max(0, at - this.#parts.now()));
  }

  #due(at: number): void {
    if (this.#isOn) this.#parts.fire(JSON.stringify({ kind: 'schedule', scheduledTime: secondText(at) }));
    this.#plan(nextMultiple(Math.max(at, this.#parts.now()), this.#parts.everyMs));
  }
}

/** The first multiple after `ms`: a timer that fires a little early must not fire twice. */
const nextMultiple = (ms: number, everyMs: number): number => (Math.floor(ms / everyMs) + 1) * everyMs;

/** `2026-11-21T04:02:00Z` */
const secondText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
