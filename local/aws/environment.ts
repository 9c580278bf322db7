/** One Lambda environment: a child process that works on one invocation at a time and is frozen in between. */
import { randomUUID } from 'node:crypto';
import type { ChildEnd, Children, ChildSpec } from './children';
import { clockSignal } from './clock-file';
import type { Answer } from './http-exchange';
import { failed, failedAs, type Invocation, type Outcome } from './invocation';
import { killQuietly } from './pid-file';

/** AWS ends an environment that takes longer than this to load its code. */
const loadTimeoutMs = 10_000;

/** `returning` has answered and is about to ask for more. */
export type EnvironmentState = 'loading' | 'idle' | 'busy' | 'returning' | 'ended';

export interface EnvironmentParts {
  readonly children: Children;
  readonly child: (environmentId: string) => ChildSpec;
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** It waits for work; the owner answers with `give` or `freeze`. */
  readonly onIdle: (environment: Environment) => void;
  /** It is no more. The outcome is that of the invocation for which it was started, where it never came to take one. */
  readonly onEnd: (environment: Environment, unstarted: Outcome | undefined) => void;
}

export class Environment {
  readonly id = randomUUID();
  readonly pid: number;
  readonly #parts: EnvironmentParts;
  #state: EnvironmentState = 'loading';
  #invocations = 0;
  #current: Invocation | undefined;
  #answerNext: ((answer: Answer) => void) | undefined;
  #failure: Outcome | undefined;
  #isHeld = false;
  #isRetired = false;
  #timer: NodeJS.Timeout;

  constructor(parts: EnvironmentParts) {
    this.#parts = parts;
    this.pid = parts.children.start(parts.child(this.id), (end) => this.#ended(end));
    this.#timer = setTimeout(() => this.#giveUp(loadTimeoutMs), loadTimeoutMs);
  }

  get state(): EnvironmentState {
    return this.#state;
  }

  get invocations(): number {
    return this.#invocations;
  }

  /** The bootstrap asks for work; the answer may come days later. */
  next(): Promise<Answer> {
    clearTimeout(this.#timer);
    const answer = new Promise<Answer>((resolve) => {
      this.#answerNext = resolve;
    });
    this.#state = 'idle';
    if (this.#isRetired) this.retire();
    else this.#parts.onIdle(this);
    return answer;
  }

  give(invocation: Invocation, now: number): void {
    if (!this.#isHeld) killQuietly(this.pid, 'SIGCONT');
    this.#state = 'busy';
    this.#invocations += 1;
    this.#current = invocation;
    this.#timer = setTimeout(() => this.#giveUp(this.#parts.timeoutMs), this.#parts.timeoutMs);
    const headers = {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': String(now + this.#parts.timeoutMs),
      'lambda-runtime-invoked-function-arn': this.#parts.functionArn,
    };
    this.#answerNext?.({ status: 200, headers, body: invocation.payload });
  }

  freeze(): void {
    killQuietly(this.pid, 'SIGSTOP');
  }

  /** False when there is no such invocation, such as one that already timed out. */
  settle(requestId: string, outcome: Outcome): boolean {
    if (this.#current?.requestId !== requestId) return false;
    this.#state = 'returning';
    this.#current.settle(outcome);
    this.#current = undefined;
    return true;
  }

  /** Its code could not be loaded; it will exit by itself. */
  failToLoad(payload: Buffer): void {
    this.#failure = failedAs(payload);
  }

  end(): void {
    killQuietly(this.pid);
  }

  /** Frozen although it has work, until it is released. */
  hold(): void {
    this.#isHeld = true;
    this.freeze();
  }

  release(): void {
    this.#isHeld = false;
    if (this.#state !== 'idle') killQuietly(this.pid, 'SIGCONT');
  }

  /** It finishes what it has in hand, and takes nothing more. */
  retire(): void {
    this.#isRetired = true;
    if (this.#state !== 'idle') return;
    this.#state = 'ended';
    this.end();
  }

  /** Its clock may be another one now; one that still loads will look by itself. */
  lookAtClock(): void {
    if (this.#state !== 'loading') killQuietly(this.pid, clockSignal);
  }

  #giveUp(afterMs: number): void {
    const id = this.#current?.requestId ?? this.id;
    this.#failure = failed('Sandbox.Timedout', `RequestId: ${id} Error: Task timed out after ${(afterMs / 1000).toFixed(2)} seconds`);
    this.end();
  }

  #ended({ code, signal }: ChildEnd): void {
    clearTimeout(this.#timer);
    const how = signal === null ? `exit status ${code}` : `signal: ${signal}`;
    const failure = this.#failure ?? failed('Runtime.ExitError', `RequestId: ${this.#current?.requestId ?? this.id} Error: Runtime exited with error: ${how}`);
    const neverWorked = this.#state === 'loading';
    this.#state = 'ended';
    this.#current?.settle(failure);
    this.#current = undefined;
    this.#parts.onEnd(this, neverWorked ? failure : undefined);
  }
}
