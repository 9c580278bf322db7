/** What the functions cost: their invocations, how long they run, what brings them their turns, and what they log. */
import type { RegionId } from '../basics/brand';
import { minute, second } from '../basics/time';
import { allRegions, type Config } from '../config/config';
import {
  isSharded,
  leastMemoryMb,
  memoryOfOneCoreMb,
  probeCpuMs,
  proberMemoryMb,
  probesPerRound,
  shardCount,
  turnCpuMs,
  workerMemoryMb,
} from '../function-size';
import type { FunctionRole } from '../names';
import { totalMs } from '../observation';
import { hasWorkers, rolesIn } from '../region-functions';
import { isLooping } from '../slots';
import { type BillLine, gigabyte, line, minutesPerMonth } from './bill-line';
import { type Prices, priceListOf } from './prices';
import type { Typical } from './typical';

/** As they are deployed; a test compares it. */
export const logsKeptMonths = 1;

/** Few begin at the same moment; none waits for another's answer. */
const beginMs = 1;
/** Calls of the table and metrics, one after the other, and what they cost in time of a whole core. */
const turn = { waitingMs: 250, cpuMs: turnCpuMs };
/** A loop ends when a successor has claimed: it runs a little longer than the minute. */
const overlapMs = 4 * second;
/** Lambda's own lines begin at warnings. */
export const logged = { invocationBytes: 300, roundBytes: 260 };
/** Receives of a queue that is nearly always empty. */
const receivesPerMinute = 15;

export function functionLines(config: Config, typical: Typical): readonly BillLine[] {
  return allRegions(config.regions).flatMap((region) => [
    ...rolesIn(config.regions, region).flatMap((role) => linesOf(config, { role, region, typical })),
    ...(hasWorkers(config, region) ? workerLines(config, { region, typical }) : []),
  ]);
}

/** Each shard is invoked once in a round, and runs for as long as its probes take. Nothing is logged while all is well. */
function workerLines(config: Config, { region, typical }: Omit<Running, 'role'>): readonly BillLine[] {
  const { prices } = priceListOf(region);
  const memoryMb = workerMemoryMb(config);
  const invocations = (minutesPerMonth * minute * shardCount(config)) / config.beatIntervalMs;
  const gbSeconds = (invocations * probingMsOf(probesPerRound(config) / shardCount(config), memoryMb, typical) * memoryMb) / 1024 / second;
  return [
    line({ service: 'Lambda', region, what: 'probe-worker requests' }, { quantity: invocations, unit: 'requests', price: prices.lambdaRequest }),
    line({ service: 'Lambda', region, what: 'probe-worker running' }, { quantity: gbSeconds, unit: 'GB-seconds', price: prices.lambdaArmGbSecond }),
  ];
}

interface Running {
  readonly role: FunctionRole;
  readonly region: RegionId;
  readonly typical: Typical;
}

function linesOf(config: Config, running: Running): readonly BillLine[] {
  const { role, region } = running;
  const { prices } = priceListOf(region);
  const gbSeconds = (minutesPerMonth * invocationMs(config, running) * memoryMbOf(config, role)) / 1024 / second;
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

const memoryMbOf = (config: Config, role: FunctionRole): number => (role === 'prober' ? proberMemoryMb(config) : leastMemoryMb);

function invocationMs(config: Config, { role, typical }: Running): number {
  if (isLooping(config)) return minute + overlapMs;
  const slower = memoryOfOneCoreMb / memoryMbOf(config, role);
  const ownMs = turn.waitingMs + turn.cpuMs * slower;
  if (role === 'watchdog') return ownMs;
  // Where workers probe, the prober waits for them; it takes as long as the fullest shard.
  const isHelped = isSharded(config);
  const due = probesPerRound(config) / shardCount(config);
  return ownMs + probingMsOf(due, isHelped ? workerMemoryMb(config) : memoryMbOf(config, role), typical);
}

function probingMsOf(due: number, memoryMb: number, { phases }: Typical): number {
  return Math.max(due * beginMs + totalMs(phases), (due * probeCpuMs * memoryOfOneCoreMb) / memoryMb);
}
