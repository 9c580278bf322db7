/** From the configuration to what an edge is told to be. */
import { join } from 'node:path';
import type { RegionId } from '../src/core/basics/brand';
import { minute, second } from '../src/core/basics/time';
import { areFiltered, isRelayed } from '../src/core/config/channels/channel';
import { subscriptionOf } from '../src/core/config/channels/subscriptions';
import { allRegions, type Config } from '../src/core/config/config';
import { workerTimeoutMs } from '../src/core/function-size';
import { channelPolicy, type DeployedFunction, type FunctionRole, functionName, relayTimeoutMs } from '../src/core/names';
import { everyFunction, hasInbox, hasRelay, hasWorkers, rolesIn } from '../src/core/region-functions';
import { silenceAlarm } from '../src/core/silence-alarm';
import type { EdgeSpec, FunctionSpec, ScheduleSpec, Subscription } from './aws/edge-messages';
import type { Built } from './build';

export interface Place {
  readonly config: Config;
  readonly root: string;
  readonly dataFolder: string;
  readonly built: Built;
  /** Nothing runs by itself, and nobody is missed. */
  readonly isIdle?: boolean | undefined;
  /** Absolute; what functions find in Secrets Manager and Parameter Store. */
  readonly secretsFile?: string | undefined;
}

/** The account of local mode, as emulators have it. */
const account = '000000000000';

/** Long enough that items of different keys overtake each other, short enough that nobody waits for them. */
const replicationLagMs = { min: 20, max: 400 };

export function edgeSpec(place: Place, region: RegionId, port: number): EdgeSpec {
  const { config, root, dataFolder, built, secretsFile } = place;
  return {
    region,
    account,
    port,
    dataDir: join(dataFolder, region),
    engine: 'auto',
    bootstrapFile: built.bootstrapFile,
    packageRoot: root,
    replicas: allRegions(config.regions).filter((other) => other !== region),
    functions: [
      ...rolesIn(config.regions, region).map((role) => functionSpec(place, role)),
      ...(hasWorkers(config, region) ? [calledSpec(place, 'probe-worker', workerTimeoutMs(config))] : []),
      ...(hasInbox(config, region) ? [calledSpec(place, 'inbox', 15 * second)] : []),
      ...(hasRelay(config) ? [calledSpec(place, 'relay', relayTimeoutMs)] : []),
      calledSpec(place, 'widget', 15 * second),
    ],
    subscriptions: subscriptionsOf(config),
    hasAlarmTopic: areFiltered(config),
    alarms: (place.isIdle === true ? [] : everyFunction(config.regions)).map((subject) => silenceAlarm(subject, region, config.runbookUrl)),
    replicationLagMs,
    secretsFile,
  };
}

function functionSpec({ config, built, isIdle }: Place, role: FunctionRole): FunctionSpec {
  return {
    name: functionName(role),
    bundleDir: built.bundleDir(role),
    timeoutMs: timeoutMsOf(role, config.beatIntervalMs),
    memoryMb: 128,
    ...(isIdle === true ? {} : { schedule: scheduleOf(role, config.beatIntervalMs) }),
    environment: {},
  };
}

/** No schedule invokes it. */
const calledSpec = ({ built }: Place, role: DeployedFunction, timeoutMs: number): FunctionSpec => ({
  name: functionName(role),
  bundleDir: built.bundleDir(role),
  timeoutMs,
  memoryMb: 128,
  environment: {},
});

/** With beats of a minute a run ends before the next begins; with shorter ones it loops until a successor takes over. */
function timeoutMsOf(role: FunctionRole, beatIntervalMs: number): number {
  if (beatIntervalMs < minute) return 120 * second;
  return (role === 'prober' ? 55 : 50) * second;
}

/** The first watchdog looks when there is a first beat to see. With beats of a minute it then works half a minute after the prober. */
function scheduleOf(role: FunctionRole, beatIntervalMs: number): ScheduleSpec {
  if (role === 'prober') return { everyMs: minute, firstAfterMs: 0 };
  return { everyMs: minute, firstAfterMs: 500, ...(beatIntervalMs < minute ? {} : { delayMs: minute / 2 }) };
}

/** Each channel that SNS serves, and the relay for all others. */
function subscriptionsOf(config: Config): readonly Subscription[] {
  const own = config.channels.flatMap((channel): readonly Subscription[] =>
    isRelayed(channel)
      ? []
      : [{ name: channel.name, ...(areFiltered(config) ? { filterPolicy: channelPolicy(channel.name) } : {}), ...subscriptionOf(channel) }],
  );
  return hasRelay(config) ? [...own, { name: relaySubscription, protocol: 'lambda', endpoint: functionName('relay') }] : own;
}

/** No channel can be called so. */
const relaySubscription = '~relay';
