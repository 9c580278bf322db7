/** Who has any way at all to hear of a region: by asking it, by what it replicates, or through a third region. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Network } from './network';

export function hearersOf(region: RegionId, world: { readonly network: Network; readonly regions: readonly RegionId[] }): readonly RegionId[] {
  const others = world.regions.filter((other) => other !== region);
  const direct = others.filter((other) => hears(other, region, world.network));
  return others.filter((other) => direct.includes(other) || direct.some((third) => hears(other, third, world.network)));
}

const hears = (listener: RegionId, speaker: RegionId, network: Network): boolean =>
  network.canCall({ from: listener, to: speaker }) || network.canReplicate({ from: speaker, to: listener });
