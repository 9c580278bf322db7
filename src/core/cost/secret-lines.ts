/** What secrets cost: each by itself in every region that reads it, and a little for each read. Those of the Parameter Store are free. */
import type { RegionId } from '../basics/brand';
import { allRegions, type Config } from '../config/config';
import { secretsOf } from '../region-functions';
import { secretPlace } from '../secret';
import { type BillLine, line, minutesPerMonth } from './bill-line';
import { priceListOf } from './prices';
import { relayedPerMonth } from './telling-lines';

/** A function that goes on running keeps what it has read for so long. */
const keptMinutes = 5;

export function secretLines(config: Config): readonly BillLine[] {
  return allRegions(config.regions).flatMap((region) => linesOf(config, region));
}

function linesOf(config: Config, region: RegionId): readonly BillLine[] {
  const { prices } = priceListOf(region);
  const ofProber = config.regions.probers.includes(region) ? namesOf(secretsOf(config, 'prober')) : [];
  const ofRelay = namesOf(secretsOf(config, 'relay'));
  const reads = ofProber.length * (minutesPerMonth / keptMinutes) + ofRelay.length * relayedPerMonth(config, region);
  const of = (what: string, quantity: number, unit: string, price: number) => line({ service: 'Secrets Manager', region, what }, { quantity, unit, price });
  return [of('secrets', new Set([...ofProber, ...ofRelay]).size, 'secrets', prices.secretMonth), of('secrets read', reads, 'reads', prices.secretRead)];
}

/** Several fields of one secret are one secret. */
function namesOf(references: readonly string[]): readonly string[] {
  const places = references.flatMap((reference) => secretPlace(reference) ?? []);
  return [...new Set(places.filter(({ store }) => store === 'secrets-manager').map(({ name }) => name))];
}
