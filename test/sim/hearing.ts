/** Who has any way at all to hear of what was written: by asking where it lies, by what is replicated, or through a third region. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Network } from './network';

export interface Ears {
  readonly network: Network;
  readonly regions: readonly RegionId[];
  /** Whether anything can be read in the store of a region. */
  readonly isReadable: (region: RegionId) => boolean;
  /** Whether the watchdog of a region has lately said what it sees: nobody looks through the eyes of a dead one. */
  readonly isWatching: (region: RegionId) => boolean;
}

interface Written {
  readonly writer: RegionId;
  /** The region whose replica took it: its writer's own as long as that accepts. */
  readonly place: RegionId;
}

/** Who can read it at once, where it lies or where it is replicated to. */
export function hearersOf({ writer, place }: Written, ears: Ears): readonly RegionId[] {
  const isHeardBy = (listener: RegionId): boolean =>
    hears(listener, place, ears) ||
    ears.regions.some((third) => third !== place && ears.network.canReplicate({ from: place, to: third }) && canRead(listener, third, ears));
  return ears.regions.filter((other) => other !== writer && isHeardBy(other));
}

/** Who can read what the watchdog of a third region says of it, once that has looked around again. */
export function hearersThroughEyes({ writer, place }: Written, ears: Ears): readonly RegionId[] {
  const isThird = (third: RegionId, listener: RegionId): boolean => ![writer, place, listener].includes(third) && ears.isWatching(third);
  const hearsThrough = (third: RegionId, listener: RegionId): boolean => hears(third, place, ears) && hears(listener, third, ears);
  return ears.regions.filter((other) => other !== writer && ears.regions.some((third) => isThird(third, other) && hearsThrough(third, other)));
}

function hears(listener: RegionId, place: RegionId, ears: Ears): boolean {
  const isReplicated = listener === place || ears.network.canReplicate({ from: place, to: listener });
  return canRead(listener, place, ears) || (isReplicated && ears.isReadable(listener));
}

const canRead = (reader: RegionId, place: RegionId, { network, isReadable }: Ears): boolean =>
  network.canCall({ from: reader, to: place }) && isReadable(place);
