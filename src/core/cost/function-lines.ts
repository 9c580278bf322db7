/** What the functions cost: their invocations, how long they run, what brings them their turns, and what they log. */
import type { RegionId } from '../basics/brand';
import { minute, second } from '../basics/time';
import { allRegions, type Config } from '../config/config';
import type { FunctionRole } from '../names';
import { totalMs } from '../observation';
import { rolesIn } from '../region-functions';
import { isLooping } from '../slots';
import { type BillLine, gigabyte, line, minutesPerMonth } from './bill-line';
import { type Prices, priceListOf } from './prices';
import type { Typical } from './typical';

/** As they are deployed; a test compares it. */
export const memoryMb = 256;
export const logsKeptMonths = 1;

/** Lambda gives a whole core from here on, and less of it for less memory. */
const memoryOfOneCoreMb = 1769;
/** Few begin at the same moment; none waits for another's answer. */
const beginMs = 1;
/** Of a whole core. */
const probeCpuMs = 1.6;
/** Calls of the table and metrics, one after the other, and what they cost in time of a whole core. */
const turn = { waitingMs: 250, cpuMs: 40 };
/** A loop ends when a successor has claimed: it runs a little longer than the minute. */
const overlapMs = 4 * second;
const logged = { invocationBytes: 900, roundBytes: 260 };
/** Receives of a queue that is nearly always empty. */
const receivesPerMinute = 15;

export function functionLines(config: Config, typical: Typical): readonly BillLine[] {
  return allRegions(config.regions).flatMap((region) => rolesIn(config.regions, region).flatMap((role) => linesOf(config, { role, region, typical })));
}

interface Running {
  readonly role: FunctionRole;
  readonly region: RegionId;
  readonly typical: Typical;
}

function linesOf(config: Config, running: Running): readonly BillLine[] {
  const { role, region } = running;
  const { prices } = priceListOf(region);
  const gbSeconds = (minutesPerMonth * invocationMs(config, running) * memoryMb) / 1024 / second;
  const rounds = isLooping(config) && role === 'prober' ? minute / config.beatIntervalMs : 1;
  const logGb = (minutesPerMonth * (logged.invocationBytes + rounds * logged.roundBytes)) / gigabyte;
  return [
    line({ service: 'Lambda', region, what: `${role} requests` }, { quantity: minutesPerMonth, unit: 'requests', price: prices.lambdaRequest }),
    line({ service: 'Lambda', region, what: `${role} running` }, { quantity: gbSeconds, unit: 'GB-seconds', price: prices.lambdaArmGbSecond }),
    line(
      { service: 'EventBridge Scheduler', region, what: `${role} every minute` },
      { quantity: minutesPerMonth, unit: 'invocations', price: prices.schedulerInvocation },
    ),
    line(
      { service: 'CloudWatch Logs', region, what: `${role} log` },
      { quantity: logGb, unit: 'GB', price: prices.logGbIngested + logsKeptMonths * prices.logGbMonth },
    ),
    ...queueLines(config, running, prices),
  ];
}

/** With beats of a minute the watchdog's turn waits half a minute in a queue: sent, received, deleted. */
function queueLines(config: Config, { role, region }: Running, prices: Prices): readonly BillLine[] {
  if (role !== 'watchdog' || isLooping(config)) return [];
  const quantity = minutesPerMonth * (receivesPerMinute + 2);
  return [line({ service: 'SQS', region, what: 'turns of the watchdog' }, { quantity, unit: 'requests', price: prices.queueRequest })];
}

function invocationMs(config: Config, { role, typical }: Running): number {
  if (isLooping(config)) return minute + overlapMs;
  const slower = memoryOfOneCoreMb / memoryMb;
  const ownMs = turn.waitingMs + turn.cpuMs * slower;
  if (role === 'watchdog') return ownMs;
  const due = config.monitors.reduce((count, { intervalMs }) => count + config.beatIntervalMs / intervalMs, 0);
  const waitingMs = due * beginMs + totalMs(typical.phases);
  return ownMs + Math.max(waitingMs, due * probeCpuMs * slower);
}
