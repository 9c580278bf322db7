/** Someone who looks at a running world from outside, as the page does: through the replicas, at no cost and in no time. */
import { instant, type RegionId } from '../../src/core/basics/brand';
import type { ReportView, StatusView } from '../../src/core/views';
import { createOverview, type Overview } from '../../src/engine/overview';
import type { Clock, Replica } from '../../src/engine/ports';
import type { Store } from './store';
import { startsAt, type World } from './world';

export class Onlooker {
  private readonly overview: Overview;
  private readonly world: World;

  constructor(world: World, regions: readonly RegionId[]) {
    this.world = world;
    const replicas = regions.map((region) => readOnly(region, storeOf(world, region)));
    this.overview = createOverview({ config: world.config, clock: clockOf(world), replicas });
  }

  async look(): Promise<StatusView> {
    await this.glance();
    return this.overview.status();
  }

  /** Reads what is new, as the page does all the time, and shows nothing. */
  glance(): Promise<unknown> {
    return this.overview.refresh();
  }

  /** How a monitor fared between two times of the story. */
  async report(monitor: string, time: { readonly from: number; readonly to: number }): Promise<ReportView> {
    const report = await this.overview.report({ monitor, from: instant(startsAt + time.from), to: instant(startsAt + time.to) });
    if (report === undefined) throw new Error(`there is no report of ${monitor} in the world of ${this.world.config.hash}`);
    return report;
  }
}

function storeOf(world: World, region: RegionId): Store {
  const store = world.table.stores.get(region);
  if (store === undefined) throw new Error(`there is no replica in ${region}`);
  return store;
}

const clockOf = (world: World): Clock => ({
  now: () => instant(world.events.now),
  elapsedMs: () => world.events.now,
  timer: () => ({ done: new Promise(() => undefined), cancel: () => undefined }),
});

function readOnly(region: RegionId, store: Store): Replica {
  const refuse = (): Promise<never> => Promise.reject(new Error('an onlooker writes nothing'));
  return {
    region,
    get: async (keys) => store.getAll(keys),
    query: async (partition, from, to) => store.query(partition, from, to),
    put: refuse,
    putIfAbsent: refuse,
    putIfNewer: refuse,
  };
}
