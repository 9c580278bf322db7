/** CloudWatch of every region: when it last heard that a function of a region finished its work. */
import type { RegionId } from '../../src/core/basics/brand';
import type { FunctionRole } from '../../src/core/names';
import type { BeatMetrics } from '../../src/engine/ports';
import type { Environment } from './environment';
import type { Network } from './network';

export class SimulatedMetrics {
  private readonly network: Network;
  private readonly newest = new Map<string, number>();

  constructor(network: Network) {
    this.network = network;
  }

  /** The time of the newest beat metric, as its publisher wrote it. */
  lastBeat(into: RegionId, role: FunctionRole, of: RegionId): number | undefined {
    return this.newest.get(`${into}/${role}/${of}`);
  }

  metricsFor(publisher: Environment): BeatMetrics {
    return {
      publish: (into, role, of, at) =>
        this.network.call(publisher, into, () => {
          const name = `${into}/${role}/${of}`;
          this.newest.set(name, Math.max(at, this.newest.get(name) ?? 0));
        }),
    };
  }
}
