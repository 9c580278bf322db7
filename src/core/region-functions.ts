/** Which functions run in which region. */
import type { RegionId } from './basics/brand';
import { isRelayed } from './config/channels/channel';
import { allRegions, type Config, isProbed, type Regions } from './config/config';
import { isSharded } from './function-size';
import type { DeployedFunction, FunctionRole } from './names';
import { secretsIn } from './secret';

export interface RegionFunction {
  readonly role: FunctionRole;
  readonly region: RegionId;
}

/** A witness only watches. */
export function rolesIn(regions: Regions, region: RegionId): readonly FunctionRole[] {
  return regions.probers.includes(region) ? ['prober', 'watchdog'] : ['watchdog'];
}

/** Where monitors call us, whoever probes takes their pings as well. */
export const hasInbox = ({ regions, monitors }: Config, region: RegionId): boolean =>
  regions.probers.includes(region) && monitors.some((monitor) => !isProbed(monitor));

/** Where the monitors outgrow one function, each region that probes has workers that its prober hands shards to. */
export const hasWorkers = (config: Config, region: RegionId): boolean => config.regions.probers.includes(region) && isSharded(config);

/** Where SNS itself cannot deliver, every region has a function that does. */
export const hasRelay = ({ channels }: Pick<Config, 'channels'>): boolean => channels.some(isRelayed);

/** Every function of every region, probers first: what each region keeps an alarm for. */
export function everyFunction(regions: Regions): readonly RegionFunction[] {
  const functions = allRegions(regions).flatMap((region) => rolesIn(regions, region).map((role) => ({ role, region })));
  return [...functions.filter(({ role }) => role === 'prober'), ...functions.filter(({ role }) => role === 'watchdog')];
}

/** What a function refers to and reads itself, each once: it may read nothing else. */
export function secretsOf({ monitors, channels }: Config, role: DeployedFunction): readonly string[] {
  if (role === 'relay') return secretsIn(channels);
  return role === 'prober' || role === 'probe-worker' ? [...new Set(monitors.flatMap(({ secrets = [] }) => secrets))].sort() : [];
}
