/** What this observer's finds about all probers together mean: whether anybody watches. */
import type { Finding } from '../core/conclusion';
import { allRegions } from '../core/config/config';
import { monitoringKey } from '../core/gap';
import type { Incident } from '../core/incident';
import { unwatchedFinding } from '../core/unwatched-finding';
import type { Picture } from './gather';
import { newestShown } from './hearsay';
import type { Watched } from './watching';
import type { World } from './world';

export function unwatchedFindings(
  world: World,
  { picture, watched }: { readonly picture: Picture; readonly watched: Watched },
  latest: ReadonlyMap<string, Incident>,
): readonly Finding[] {
  const { memory } = world;
  const { config, region: me } = world.self;
  const { now } = picture;
  const probers = watched.peers.map(({ region, state, reason, hasAnswer }) => ({
    region,
    state,
    reason,
    hasAnswer,
    since: memory.watches.get(region)?.since ?? now,
    newest: newestShown(world, region, picture.local),
  }));
  const regions = allRegions(config.regions);
  const { witness } = config.regions;
  return [
    unwatchedFinding({
      probers,
      regions,
      witness,
      monitors: config.monitors.length,
      cycleMs: config.beatIntervalMs,
      latest: latest.get(monitoringKey),
      me,
      now,
    }),
  ];
}
