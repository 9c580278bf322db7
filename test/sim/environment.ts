/** One Lambda environment: a process that is frozen between invocations and may be killed at any await. */
import type { RegionId } from '../../src/core/basics/brand';
import type { FunctionRole } from '../../src/core/names';

export class Environment {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly bootId: string;
  private state: 'running' | 'frozen' | 'dead' = 'frozen';
  private held: (() => void)[] = [];

  constructor(place: { readonly region: RegionId; readonly role: FunctionRole; readonly bootId: string }) {
    this.region = place.region;
    this.role = place.role;
    this.bootId = place.bootId;
  }

  get isRunning(): boolean {
    return this.state === 'running';
  }

  get isFrozen(): boolean {
    return this.state === 'frozen';
  }

  /** Hands an answer to the code inside: a frozen environment gets it when it is thawed, a dead one never. */
  deliver(answer: () => void): void {
    if (this.state === 'running') answer();
    else if (this.state === 'frozen') this.held.push(answer);
  }

  thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'running';
    const held = this.held;
    this.held = [];
    for (const answer of held) answer();
  }

  freeze(): void {
    if (this.state === 'running') this.state = 'frozen';
  }

  kill(): void {
    this.state = 'dead';
    this.held = [];
  }
}
