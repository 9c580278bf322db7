/** A function: its invocations wait here for one of its environments, and the environments for invocations. */
import type { Environment } from './environment';
import { failed, type Invocation, newInvocation, type Outcome } from './invocation';

/** AWS drops an event that waited this long, as our schedules and invocations are configured there. */
const eventAgeMsMax = 60_000;
/** The concurrency of a laptop. */
const environmentsMax = 10;

/** What a function knows of an environment. */
export type Place = Pick<Environment, 'pid' | 'state' | 'invocations' | 'give' | 'freeze' | 'end'>;

export interface LambdaFunctionParts {
  readonly name: string;
  readonly now: () => number;
  /** How long an environment that is not the only one stays idle before it is ended, to save memory. */
  readonly spareIdleMs: number;
  readonly open: (owner: Pick<LambdaFunction, 'onIdle' | 'onEnd'>) => Place;
  readonly onFailure: (error: string) => void;
}

export interface EnvironmentView {
  readonly function: string;
  readonly pid: number;
  readonly state: string;
  readonly invocations: number;
}

export class LambdaFunction {
  readonly #parts: LambdaFunctionParts;
  readonly #environments = new Set<Place>();
  readonly #waiting: Invocation[] = [];
  #stopped = false;

  constructor(parts: LambdaFunctionParts) {
    this.#parts = parts;
  }

  /** Whether a caller who waits for the outcome would be turned away. */
  get isThrottled(): boolean {
    return this.#environments.size >= environmentsMax && ![...this.#environments].some(({ state }) => state === 'idle');
  }

  /** A failed function is an outcome. */
  async invoke(payload: Buffer | string): Promise<Outcome> {
    const { invocation, outcome } = newInvocation(payload, this.#parts.now());
    this.#waiting.push(invocation);
    this.#dispatch();
    const settled = await outcome;
    if (settled.kind === 'failed') this.#parts.onFailure(settled.error);
    return settled;
  }

  readonly onIdle = (environment: Place): void => {
    const invocation = this.#takeWaiting();
    if (invocation !== undefined) {
      environment.give(invocation, this.#parts.now());
      return;
    }
    environment.freeze();
    setTimeout(() => this.#endIfSpare(environment, environment.invocations), this.#parts.spareIdleMs).unref();
  };

  readonly onEnd = (environment: Place, unstarted: Outcome | undefined): void => {
    this.#environments.delete(environment);
    if (unstarted !== undefined) this.#waiting.shift()?.settle(unstarted);
    this.#dispatch();
  };

  views(): readonly EnvironmentView[] {
    return [...this.#environments].map(({ pid, state, invocations }) => ({ function: this.#parts.name, pid, state, invocations }));
  }

  stop(): void {
    this.#stopped = true;
    for (const environment of this.#environments) environment.end();
  }

  #dispatch(): void {
    if (this.#stopped) return;
    for (const environment of this.#environments) {
      if (environment.state !== 'idle') continue;
      const invocation = this.#takeWaiting();
      if (invocation !== undefined) environment.give(invocation, this.#parts.now());
    }
    const coming = [...this.#environments].filter(({ state }) => state === 'loading' || state === 'returning').length;
    const wanted = Math.min(this.#waiting.length - coming, environmentsMax - this.#environments.size);
    for (let started = 0; started < wanted; started += 1) this.#environments.add(this.#parts.open(this));
  }

  #takeWaiting(): Invocation | undefined {
    for (let invocation = this.#waiting.shift(); invocation !== undefined; invocation = this.#waiting.shift()) {
      if (this.#parts.now() - invocation.askedAt <= eventAgeMsMax) return invocation;
      invocation.settle(failed('EventAgeExceeded', `the event waited for more than ${eventAgeMsMax / 1000} s and was dropped`));
    }
    return undefined;
  }

  /** Idle since it was last looked at, and not the only one. */
  #endIfSpare(environment: Place, invocations: number): void {
    if (environment.state === 'idle' && environment.invocations === invocations && this.#environments.size > 1) environment.end();
  }
}
