/** What the bytes cost that leave a region: to the targets, to the other replicas, and to the metrics of other regions. */
import type { RegionId } from '../basics/brand';
import { hour } from '../basics/time';
import { allRegions, type Config } from '../config/config';
import { everyFunction } from '../region-functions';
import { type BillLine, gigabyte, hoursPerMonth, line, sum } from './bill-line';
import { isOverTls } from './over-tls';
import { priceListOf } from './prices';
import { questionsIn } from './questions';
import { tableUseOf } from './table-use';
import type { Typical } from './typical';
import { metricsPerHour } from './watching-lines';

/** Sent for one probe, packets and all; most of it by HTTPS is the handshake. */
const sentPerProbe = { https: 2200, http: 600 };
const sentPerMetric = 1600;

export function transferLines(config: Config, typical: Typical): readonly BillLine[] {
  const regions = allRegions(config.regions);
  const others = regions.length - 1;
  const functions = everyFunction(config.regions);
  return regions.flatMap((region) => {
    const { prices } = priceListOf(region);
    const { writes } = tableUseOf(config, region, typical);
    const written = sum(writes.map(({ bytes, writesPerHour }) => bytes * writesPerHour)) * hoursPerMonth;
    const own = functions.filter((one) => one.region === region).length / functions.length;
    const metrics = metricsPerHour(config) * own * hoursPerMonth * sentPerMetric;
    const probed = config.regions.probers.includes(region) ? probedBytes(config) : 0;
    const of = (what: string, bytes: number, price: number) =>
      line({ service: 'data transfer', region, what }, { quantity: bytes / gigabyte, unit: 'GB', price });
    return [
      of('probes, to the internet', probed, prices.gbToInternet),
      of('replication and metrics, to other regions', (written + metrics) * others, prices.gbToOtherRegion),
      ...vpcLines(config, region, probed + metrics * others),
    ];
  });
}

/** What answers comes back through it, too, and is about as much. */
const bothWays = 2;

/** A prober in a private network reaches the other regions, and all that is public, by a way out that is paid for by the hour. */
function vpcLines({ network }: Config, region: RegionId, sentBytes: number): readonly BillLine[] {
  const { prices } = priceListOf(region);
  const isIn = network.vpc?.some((place) => place.region === region) === true;
  const of = (what: string, quantity: number, unit: string, price: number) =>
    line({ service: 'VPC', region, what }, { quantity: isIn ? quantity : 0, unit, price });
  return [
    of('a NAT gateway', hoursPerMonth, 'hours', prices.natGatewayHour),
    of('through the NAT gateway', (sentBytes * bothWays) / gigabyte, 'GB', prices.natGatewayGb),
  ];
}

function probedBytes({ monitors }: Config): number {
  const perHour = monitors.map(
    ({ probe, intervalMs }) => (hour / intervalMs) * questionsIn(probe) * (isOverTls(probe) ? sentPerProbe.https : sentPerProbe.http),
  );
  return sum(perHour) * hoursPerMonth;
}
