/** Lambda in one region: environments that stay warm, one invocation at a time in each, killed at their deadline. */
import { type Instant, instant, type RegionId } from '../../src/core/basics/brand';
import type { FunctionRole } from '../../src/core/names';
import type { Handler, ScheduledEvent } from './engine';
import { Environment } from './environment';
import type { Events } from './events';

export interface LambdaFunction {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly timeoutMs: number;
  /** Starts the code in a cold environment. */
  readonly boot: (environment: Environment) => Handler;
  /** Reads the clock of the region: deadlines are told in it. */
  readonly readClock: () => number;
}

/** How an invocation that did not simply return has ended. */
export interface Ending {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly how: 'killed-at-deadline' | 'threw';
  readonly detail: string;
}

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

  constructor(events: Events, runs: LambdaFunction) {
    this.events = events;
    this.runs = runs;
  }

  /** Starts an invocation now, in an idle environment or else in a new one. */
  invoke(event: ScheduledEvent): void {
    this.invocations += 1;
    const warm = this.environments.find((one) => one.environment.isFrozen) ?? this.bootOne();
    const { environment } = warm;
    environment.thaw();
    const deadline = this.events.in(this.runs.timeoutMs, () => {
      if (!environment.isRunning) return;
      this.kill(environment);
      this.end('killed-at-deadline', `after ${this.runs.timeoutMs} ms`);
    });
    const finish = (): void => {
      deadline.cancel();
      environment.freeze();
    };
    warm.handler(event, { deadline: this.deadline() }).then(finish, (error: unknown) => {
      finish();
      this.end('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }

  /** Ends every environment at once; none of them continues, whatever it waited for. */
  killAll(): void {
    for (const { environment } of this.environments) environment.kill();
    this.environments = [];
  }

  private deadline(): Instant {
    return instant(this.runs.readClock() + this.runs.timeoutMs);
  }

  private bootOne(): Warm {
    const { region, role } = this.runs;
    this.boots += 1;
    const environment = new Environment({ region, role, bootId: `${region}/${role}/${this.boots}` });
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
