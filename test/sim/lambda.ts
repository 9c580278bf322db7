/** Lambda in one region: environments that stay warm, one invocation at a time in each, killed at their deadline. */
import type { RegionId } from '../../src/core/basics/brand';
import type { FunctionRole } from '../../src/core/names';
import type { Invocation } from '../../src/engine/invocation';
import type { Handler, ScheduledEvent } from './engine';
import { Environment } from './environment';
import type { Events } from './events';

export interface LambdaFunction {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly timeoutMs: number;
  /** Starts the code in a cold environment. */
  readonly boot: (environment: Environment) => Handler;
}

/** How an invocation that did not simply return has ended. */
export interface Ending {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly how: 'killed-at-deadline' | 'threw';
  readonly detail: string;
}

/** A process that wakes has so long until its supervisor has noticed how late it is. */
const wakingMs = 500;

interface Warm {
  readonly environment: Environment;
  readonly handler: Handler;
}

export class Lambda {
  onBadEnding: (ending: Ending) => void = () => undefined;
  invocations = 0;
  private readonly events: Events;
  private readonly runs: LambdaFunction;
  private environments: Warm[] = [];
  private boots = 0;
  private dooms = 0;
  /** What falls due while the machine sleeps. */
  private overdue: (() => void)[] | undefined;
  private crashesToCome: readonly number[] = [];

  constructor(events: Events, runs: LambdaFunction) {
    this.events = events;
    this.runs = runs;
  }

  /** Starts an invocation now, in an idle environment or else in a new one. */
  invoke(event: ScheduledEvent): void {
    this.invocations += 1;
    if (this.dooms > 0) return;
    const warm = this.environments.find((one) => one.environment.isFrozen) ?? this.bootOne();
    const { environment } = warm;
    this.prepareCrash(environment);
    environment.thaw();
    const expire = (): void => {
      if (!environment.isRunning && !environment.isStuck) return;
      this.kill(environment);
      this.end('killed-at-deadline', `after ${this.runs.timeoutMs} ms`);
    };
    const deadline = this.events.in(this.runs.timeoutMs, () => (this.overdue === undefined ? expire() : this.overdue.push(expire)));
    const finish = (): void => {
      deadline.cancel();
      environment.freeze();
    };
    warm.handler(event, this.invocation()).then(finish, (error: unknown) => {
      finish();
      this.end('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }

  /** Invokes it and waits for what it returns; an environment that is ended meanwhile never answers. */
  ask(event: ScheduledEvent): Promise<unknown> {
    const warm = this.environments.find((one) => one.environment.isFrozen) ?? this.bootOne();
    const { environment } = warm;
    environment.thaw();
    return warm.handler(event, this.invocation()).finally(() => environment.freeze());
  }

  /** Everything stands still until the returned function is called; a deadline that passed meanwhile falls due a moment later. */
  sleep(): () => void {
    const overdue: (() => void)[] = [];
    this.overdue = overdue;
    for (const { environment } of this.environments) environment.sleep();
    return () => {
      this.overdue = undefined;
      for (const { environment } of this.environments) environment.wake();
      for (const expire of overdue) this.events.in(wakingMs, expire);
    };
  }

  /** Until the returned function is called every invocation is killed as it begins, and what runs now at once. */
  doom(): () => void {
    this.dooms += 1;
    this.killAll();
    return () => {
      this.dooms -= 1;
    };
  }

  /** The next invocations crash, one after the other, each after so many answers that it waited for. */
  crashNext(afterAnswers: readonly number[]): () => void {
    this.crashesToCome = afterAnswers;
    return () => {
      this.crashesToCome = [];
      for (const { environment } of this.environments) environment.crashAfter(Number.POSITIVE_INFINITY);
    };
  }

  /** Ends every environment at once; none of them continues, whatever it waited for. */
  killAll(): void {
    for (const { environment } of this.environments) environment.kill();
    this.environments = [];
  }

  private prepareCrash(environment: Environment): void {
    const [next, ...later] = this.crashesToCome;
    if (next === undefined) return;
    environment.crashAfter(next);
    this.crashesToCome = later;
  }

  /** Durations are the same everywhere, whatever the clocks say. */
  private invocation(): Invocation {
    const endsAt = this.events.now + this.runs.timeoutMs;
    return { remainingMs: () => endsAt - this.events.now };
  }

  private bootOne(): Warm {
    const { region, role } = this.runs;
    this.boots += 1;
    const environment = new Environment({ region, role, bootId: `${region}/${role}/${this.boots}`, now: () => this.events.now });
    const warm = { environment, handler: this.runs.boot(environment) };
    this.environments.push(warm);
    return warm;
  }

  private kill(environment: Environment): void {
    environment.kill();
    this.environments = this.environments.filter((one) => one.environment !== environment);
  }

  private end(how: Ending['how'], detail: string): void {
    this.onBadEnding({ region: this.runs.region, role: this.runs.role, how, detail });
  }
}
