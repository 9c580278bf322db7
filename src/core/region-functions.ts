/** Which functions run in which region. */
import type { RegionId } from './basics/brand';
import { allRegions, type Regions } from './config/config';
import type { FunctionRole } from './names';

export interface RegionFunction {
  readonly role: FunctionRole;
  readonly region: RegionId;
}

/** A witness only watches. */
export function rolesIn(regions: Regions, region: RegionId): readonly FunctionRole[] {
  return regions.probers.includes(region) ? ['prober', 'watchdog'] : ['watchdog'];
}

/** Every function of every region, probers first: what each region keeps an alarm for. */
export function everyFunction(regions: Regions): readonly RegionFunction[] {
  const functions = allRegions(regions).flatMap((region) => rolesIn(regions, region).map((role) => ({ role, region })));
  return [...functions.filter(({ role }) => role === 'prober'), ...functions.filter(({ role }) => role === 'watchdog')];
}
