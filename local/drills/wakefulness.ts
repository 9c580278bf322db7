/** Whether this machine was awake all the time, told from two clocks: one that stands still while it sleeps, and one that does not. */
export interface Clocks {
  /** ms since 1970. */
  readonly wallMs: () => number;
  /** ms since some moment; it only goes on. */
  readonly steadyMs: () => number;
}

export const machineClocks: Clocks = { wallMs: () => Date.now(), steadyMs: () => performance.now() };

/** Less may be the work of whoever sets the clock, or of a machine that has much to do. */
const tolerableMs = 5000;
const standstillMs = 15_000;

export class Wakefulness {
  readonly #clocks: Clocks;
  #wallMs: number;
  #steadyMs: number;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.#wallMs = clocks.wallMs();
    this.#steadyMs = clocks.steadyMs();
  }

  /** What happened since it was asked last, as a sentence; undefined where nothing did. It must be asked each second. */
  trouble(): string | undefined {
    const wallMs = this.#clocks.wallMs() - this.#wallMs;
    const steadyMs = this.#clocks.steadyMs() - this.#steadyMs;
    this.#wallMs += wallMs;
    this.#steadyMs += steadyMs;
    const jumpMs = wallMs - steadyMs;
    if (jumpMs > tolerableMs) return `this machine slept for about ${Math.round(jumpMs / 1000)} s`;
    if (jumpMs < -tolerableMs) return `the clock of this machine was set back by ${Math.round(-jumpMs / 1000)} s`;
    return steadyMs > standstillMs ? `this machine stood still for ${Math.round(steadyMs / 1000)} s` : undefined;
  }
}
