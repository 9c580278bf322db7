/** What the same watching would cost with what AWS itself sells for it. */
import { minute, second } from '../basics/time';
import type { Config, Monitor } from '../config/config';
import { minutesPerMonth, sum } from './bill-line';
import { isOverTls } from './over-tls';
import { pricesElsewhere } from './prices';

export interface Elsewhere {
  readonly name: string;
  readonly usd: number;
  /** How it is counted, and what it leaves out. */
  readonly how: string;
}

export function elsewhereOf({ monitors, regions }: Config): readonly Elsewhere[] {
  const places = regions.probers.length;
  const runs = sum(monitors.map(({ intervalMs }) => minutesPerMonth / Math.max(1, intervalMs / minute))) * places;
  const health = sum(monitors.map(healthCheckOf));
  return [
    {
      name: 'CloudWatch Synthetics',
      usd: runs * pricesElsewhere.canaryRun,
      how: `${Math.round(runs)} runs of canaries in ${places === 1 ? '1 region' : `${places} regions`}, at most one a minute; without their Lambda, storage and alarms`,
    },
    {
      name: 'Route 53 health checks',
      usd: health,
      how: `${monitors.length === 1 ? '1 check' : `${monitors.length} checks`} every 30 s, or every 10 s where the interval is shorter; its own places, its alarms in us-east-1 alone`,
    },
  ];
}

function healthCheckOf({ probe, intervalMs }: Monitor): number {
  const features = (isOverTls(probe) ? 1 : 0) + (intervalMs < 30 * second ? 1 : 0);
  return pricesElsewhere.healthCheckMonth + features * pricesElsewhere.healthCheckFeatureMonth;
}
