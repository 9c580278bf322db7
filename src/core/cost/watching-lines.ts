/** What the alarms cost that need none of our code: metrics, who publishes them, alarms, and the dashboard. */
import { minute } from '../basics/time';
import { allRegions, type Config } from '../config/config';
import { everyFunction } from '../region-functions';
import { isLooping } from '../slots';
import { troubleAlarms } from '../trouble-alarm';
import { type BillLine, hoursPerMonth, line } from './bill-line';
import { priceListOf } from './prices';

/** Every function publishes its beat metric into every region, and every region has an alarm for it, and its own on what fails there. */
export function watchingLines(config: Config): readonly BillLine[] {
  const regions = allRegions(config.regions);
  const functions = everyFunction(config.regions);
  return regions.flatMap((region, index) => {
    const { prices } = priceListOf(region);
    const of = (what: string, quantity: number, unit: string, price: number) => line({ service: 'CloudWatch', region, what }, { quantity, unit, price });
    return [
      of('beat metrics', functions.length, 'metrics', prices.metricMonth),
      of('PutMetricData', metricsPerHour(config) * hoursPerMonth, 'calls', prices.putMetricData),
      of('alarms on silence', functions.length, 'alarms', prices.alarmMonth),
      of('alarms on trouble', troubleAlarms(config, region).length, 'alarms', prices.alarmMonth),
      of('dashboard', index === regions.length - 1 ? 1 : 0, 'dashboards', prices.dashboardMonth),
    ];
  });
}

/** A watchdog that loops is handed over once in a minute, and then two of them publish for it about every other time. Measured. */
const publishedTwice = 0.48;

/** Calls of PutMetricData into one region in an hour. */
export function metricsPerHour(config: Config): number {
  const perMinute = everyFunction(config.regions).map(({ role }) => (role === 'watchdog' && isLooping(config) ? 1 + publishedTwice : 1));
  return (perMinute.reduce((all, one) => all + one, 0) * 60 * minute) / minute;
}
