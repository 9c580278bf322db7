/** One Lambda environment: a process that is frozen between invocations and may be killed at any await. */
import type { RegionId } from '../../src/core/basics/brand';
import type { FunctionRole } from '../../src/core/names';

export class Environment {
  readonly region: RegionId;
  readonly role: FunctionRole | 'inbox';
  readonly bootId: string;
  private state: 'running' | 'frozen' | 'stuck' | 'dead' = 'frozen';
  private held: (() => void)[] = [];
  private isAsleep = false;
  private answersLeft = Number.POSITIVE_INFINITY;
  private readonly now: () => number;
  private frozenSince: number;
  /** For how long it was frozen, in all. */
  frozenMs = 0;

  constructor(place: { readonly region: RegionId; readonly role: FunctionRole | 'inbox'; readonly bootId: string; readonly now?: () => number }) {
    this.region = place.region;
    this.role = place.role;
    this.bootId = place.bootId;
    this.now = place.now ?? (() => 0);
    this.frozenSince = this.now();
  }

  get isRunning(): boolean {
    return this.state === 'running';
  }

  get isFrozen(): boolean {
    return this.state === 'frozen';
  }

  get isStuck(): boolean {
    return this.state === 'stuck';
  }

  /** The code inside never goes on. */
  stick(): void {
    if (this.state === 'running') this.state = 'stuck';
  }

  /** The process dies instead of going on from its next await but so many. */
  crashAfter(answers: number): void {
    this.answersLeft = answers;
  }

  /** Hands an answer to the code inside: a frozen environment gets it when it is thawed, a dead one never. */
  deliver(answer: () => void): void {
    if (this.state === 'frozen' || (this.isAsleep && this.state === 'running')) this.held.push(answer);
    if (this.state !== 'running' || this.isAsleep) return;
    if (this.answersLeft <= 0) this.kill();
    else answer();
    this.answersLeft -= 1;
  }

  /** Its machine sleeps: whatever comes waits until it wakes. */
  sleep(): void {
    this.isAsleep = true;
  }

  wake(): void {
    this.isAsleep = false;
    if (this.state === 'running') this.takeHeld();
  }

  thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'running';
    this.frozenMs += this.now() - this.frozenSince;
    this.takeHeld();
  }

  private takeHeld(): void {
    const held = this.held;
    this.held = [];
    for (const answer of held) answer();
  }

  freeze(): void {
    if (this.state !== 'running') return;
    this.state = 'frozen';
    this.frozenSince = this.now();
  }

  kill(): void {
    this.state = 'dead';
    this.held = [];
  }
}
