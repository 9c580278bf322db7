/** From the configuration to what an edge is told to be. */
import { join } from 'node:path';
import type { RegionId } from '../src/core/basics/brand';
import { minute, second } from '../src/core/basics/time';
import { allRegions, type Channel, type Config } from '../src/core/config/config';
import { type FunctionRole, functionName } from '../src/core/names';
import { everyFunction, hasInbox, rolesIn } from '../src/core/region-functions';
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
      ...(hasInbox(config, region) ? [askedSpec(place, 'inbox')] : []),
      askedSpec(place, 'widget'),
    ],
    subscriptions: config.channels.map(subscription),
    alarms: (place.isIdle === true ? [] : everyFunction(config.regions)).map((subject) => silenceAlarm(subject, region)),
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

/** Nothing invokes it but whoever asks: pings, or somebody who looks. */
const askedSpec = ({ built }: Place, role: 'inbox' | 'widget'): FunctionSpec => ({
  name: functionName(role),
  bundleDir: built.bundleDir(role),
  timeoutMs: 15 * second,
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

function subscription(channel: Channel): Subscription {
  if (channel.kind === 'email') return { name: channel.name, protocol: 'email', endpoint: channel.address };
  return { name: channel.name, protocol: channel.url.startsWith('https:') ? 'https' : 'http', endpoint: channel.url };
}
