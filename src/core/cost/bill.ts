/** What watching costs in a month, line by line: list prices, before free tiers, in a month in which little is wrong. */
import { minute } from '../basics/time';
import { allRegions, type Config } from '../config/config';
import { isLooping } from '../slots';
import { type BillLine, type Service, sum } from './bill-line';
import { dashboardLines, hoursLookedAt } from './dashboard-lines';
import { type Elsewhere, elsewhereOf } from './elsewhere';
import { functionLines } from './function-lines';
import { priceListOf, pricesOf } from './prices';
import { secretLines } from './secret-lines';
import { tableLines } from './table-lines';
import { incidentsPerMonth, tellingLines, textMessageAssumptions } from './telling-lines';
import { transferLines } from './transfer-lines';
import { type Typical, usual } from './typical';
import { watchingLines } from './watching-lines';

export interface Bill {
  readonly pricesOf: typeof pricesOf;
  readonly lines: readonly BillLine[];
  readonly services: readonly { readonly service: Service; readonly usd: number }[];
  readonly usd: number;
  readonly elsewhere: readonly Elsewhere[];
  /** The same with beats of a minute, where they are shorter: then nothing runs all the time. */
  readonly usdByTheMinute?: number | undefined;
  /** What is taken for granted, as sentences. */
  readonly assumptions: readonly string[];
}

export function billOf(config: Config, typical: Typical = usual): Bill {
  const lines = linesOf(config, typical);
  const names = [...new Set(lines.map(({ service }) => service))];
  const services = names.map((service) => ({ service, usd: total(lines.filter((line) => line.service === service)) }));
  const usdByTheMinute = isLooping(config) ? total(linesOf(byTheMinute(config), typical)) : undefined;
  return { pricesOf, lines, services, usd: total(lines), elsewhere: elsewhereOf(config), usdByTheMinute, assumptions: assumptionsOf(config) };
}

function linesOf(config: Config, typical: Typical): readonly BillLine[] {
  const every = [
    ...tableLines(config, typical),
    ...functionLines(config, typical),
    ...watchingLines(config),
    ...dashboardLines(config, typical),
    ...tellingLines(config),
    ...secretLines(config),
    ...transferLines(config, typical),
  ];
  return every.filter(({ quantity }) => quantity > 0);
}

const byTheMinute = (config: Config): Config => ({
  ...config,
  beatIntervalMs: minute,
  monitors: config.monitors.map((monitor) => ({ ...monitor, intervalMs: Math.ceil(monitor.intervalMs / minute) * minute })),
});

const total = (lines: readonly BillLine[]): number => sum(lines.map(({ usd }) => usd));

function assumptionsOf(config: Config): readonly string[] {
  const foreign = allRegions(config.regions).flatMap((region) => {
    const { assumedFrom } = priceListOf(region);
    return assumedFrom === undefined ? [] : [`${region} is priced as ${assumedFrom}, since its own list is not known here`];
  });
  return [
    ...foreign,
    `likely, and not confirmed by the price list: ${pricesOf.unconfirmed}`,
    'nothing is free: what AWS gives away to small accounts is not taken off',
    `targets answer by HTTPS from an ocean away and stay up; there are ${incidentsPerMonth} incidents a month, each told twice`,
    'the table is a year old: beats of 35 days, roll-ups of 365, and point-in-time recovery of all of it',
    'a prober shares one core with what else it does: 1.6 ms of a whole core for each probe',
    `somebody looks at the dashboard for ${hoursLookedAt} hours a month, and it is drawn anew every minute`,
    ...(config.network.vpc === undefined
      ? []
      : ['a prober in a VPC has one NAT gateway for itself; where there is one already, its hours are paid for, and the gateway endpoint of DynamoDB is free']),
    ...textMessageAssumptions(config),
    'five pollers of Lambda ask a queue, each waiting 20 s',
  ];
}
