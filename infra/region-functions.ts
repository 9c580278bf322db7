/** When the functions of a region run, and where everything begins. */
import { Duration } from 'aws-cdk-lib';
import type { RegionId } from '../src/core/basics/brand';
import { minute } from '../src/core/basics/time';
import type { Config } from '../src/core/config/config';
import type { FunctionRole } from '../src/core/names';

/** With beats of a minute the watchdog runs half a minute after the prober, so that a region gives two signs of life in a minute. */
export function delayOf(role: FunctionRole, { beatIntervalMs }: Config): Duration | undefined {
  return role === 'watchdog' && beatIntervalMs >= minute ? Duration.millis(minute / 2) : undefined;
}

/** The region of the table's own stack, and the first of the roll-out. */
export function homeRegion(config: Config): RegionId {
  const [first] = config.regions.probers;
  if (first === undefined) throw new Error('A configuration without a prober cannot be deployed');
  return first;
}
