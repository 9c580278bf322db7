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

/** Of what `writer` wrote into the replica of `place`, which is its own as long as that accepts. */
export function hearersOf({ writer, place }: { readonly writer: RegionId; readonly place: RegionId }, ears: Ears): readonly RegionId[] {
  const others = ears.regions.filter((other) => other !== writer);
  const isHeardBy = (listener: RegionId): boolean =>
    hears(listener, place, ears) || ears.regions.some((third) => third !== place && third !== listener && hearsThrough(third, { listener, place }, ears));
  return others.filter(isHeardBy);
}

function hears(listener: RegionId, place: RegionId, ears: Ears): boolean {
  const isReplicated = listener === place || ears.network.canReplicate({ from: place, to: listener });
  return canRead(listener, place, ears) || (isReplicated && ears.isReadable(listener));
}

/** The replica of a third region holds it, or its watchdog says that it has seen it. */
function hearsThrough(third: RegionId, { listener, place }: { readonly listener: RegionId; readonly place: RegionId }, ears: Ears): boolean {
  if (ears.network.canReplicate({ from: place, to: third }) && canRead(listener, third, ears)) return true;
  return ears.isWatching(third) && hears(third, place, ears) && hears(listener, third, ears);
}

const canRead = (reader: RegionId, place: RegionId, { network, isReadable }: Ears): boolean =>
  network.canCall({ from: reader, to: place }) && isReadable(place);
