/** What befalls the environments of a region on purpose: those that are there, and each that comes. */
import { join } from 'node:path';
import { functionName } from '../../src/core/names';
import { writeClockOff } from './clock-file';
import type { EdgeSpec, FunctionSpec } from './edge-messages';
import type { Environment } from './environment';
import { type Faults, noFaults } from './faults';
import { writeStarvedBundle } from './starved-bundle';

type Victim = Pick<Environment, 'state' | 'invocations' | 'end' | 'hold' | 'release' | 'retire' | 'lookAtClock'>;

const proberName = functionName('prober');

export class AfflictedLambda {
  readonly #dataDir: string;
  #faults: Faults = noFaults;

  constructor({ dataDir }: Pick<EdgeSpec, 'dataDir'>) {
    this.#dataDir = dataDir;
    writeClockOff(dataDir, 0);
  }

  /** With which bundle a new environment of this function starts. */
  specFor(spec: FunctionSpec): FunctionSpec {
    if (spec.name !== proberName || this.#faults.prober !== 'starved') return spec;
    return { ...spec, bundleDir: join(this.#dataDir, 'starved') };
  }

  /** A new environment meets what those before it met. */
  befall(environment: Victim, name: string): void {
    if (name !== proberName) return;
    if (this.#faults.prober === 'killed') environment.end();
    if (this.#faults.prober === 'frozen') environment.hold();
  }

  /** It has loaded, and may have read its clock before that was put wrong. */
  greet(environment: Victim): void {
    if (this.#faults.clockOffMs !== 0 && environment.invocations === 0) environment.lookAtClock();
  }

  /** True when other code must take over at once, as after a deployment. */
  change(faults: Faults, spec: FunctionSpec | undefined, environments: readonly (readonly [Victim, string])[]): boolean {
    const before = this.#faults;
    this.#faults = faults;
    if (faults.prober === 'starved' && spec !== undefined) writeStarvedBundle(spec.bundleDir, join(this.#dataDir, 'starved'));
    if (faults.clockOffMs !== before.clockOffMs) writeClockOff(this.#dataDir, faults.clockOffMs);
    const isOtherCode = (faults.prober === 'starved') !== (before.prober === 'starved');
    for (const [environment, name] of environments) {
      if (faults.clockOffMs !== before.clockOffMs) environment.lookAtClock();
      if (before.prober === 'frozen' && faults.prober !== 'frozen' && name === proberName) environment.release();
      if (isOtherCode && name === proberName) environment.retire();
      if (faults.prober !== before.prober) this.befall(environment, name);
    }
    return isOtherCode;
  }
}
