/** Which functions a region runs, and when: a witness only watches. */
import { Duration } from 'aws-cdk-lib';
import type { RegionId } from '../src/core/basics/brand';
import { minute } from '../src/core/basics/time';
import { allRegions, type Config, type Regions } from '../src/core/config/config';
import type { FunctionRole } from '../src/core/names';

export interface RegionFunction {
  readonly role: FunctionRole;
  readonly region: RegionId;
}

export function rolesIn(regions: Regions, region: RegionId): readonly FunctionRole[] {
  return regions.probers.includes(region) ? ['prober', 'watchdog'] : ['watchdog'];
}

/** With beats of a minute the watchdog runs half a minute after the prober, so that a region gives two signs of life in a minute. */
export function delayOf(role: FunctionRole, { beatIntervalMs }: Config): Duration | undefined {
  return role === 'watchdog' && beatIntervalMs >= minute ? Duration.millis(minute / 2) : undefined;
}

/** Every function of every region, probers first: what each region keeps an alarm for. */
export function everyFunction(regions: Regions): readonly RegionFunction[] {
  const functions = allRegions(regions).flatMap((region) => rolesIn(regions, region).map((role) => ({ role, region })));
  return [...functions.filter(({ role }) => role === 'prober'), ...functions.filter(({ role }) => role === 'watchdog')];
}

/** The region of the table's own stack, and the first of the roll-out. */
export function homeRegion(config: Config): RegionId {
  const [first] = config.regions.probers;
  if (first === undefined) throw new Error('A configuration without a prober cannot be deployed');
  return first;
}
