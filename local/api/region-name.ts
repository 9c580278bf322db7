/** A region that somebody named, if there is such a one. */
import type { RegionId } from '../../src/core/basics/brand';

export type NamedRegion = { readonly kind: 'known'; readonly name: RegionId } | { readonly kind: 'unknown'; readonly sentence: string };

export function readRegion(regions: readonly { readonly name: RegionId }[], value: unknown): NamedRegion {
  const known = regions.find(({ name }) => name === value);
  if (known !== undefined) return { kind: 'known', name: known.name };
  const asked = typeof value === 'string' ? `there is no region "${value}"` : 'a region is missing';
  return { kind: 'unknown', sentence: `${asked}; there are: ${regions.map(({ name }) => name).join(', ')}` };
}
