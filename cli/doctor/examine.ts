/** Everything of a deployed system that can be seen to be wrong from outside, region by region. Nothing is changed or sent; only the widget, which reads, is invoked. */
import type { FoundTable } from '../../src/adapters/aws/account';
import type { DeployedAlarm } from '../../src/adapters/cloudwatch/alarms';
import type { Functions } from '../../src/adapters/lambda/functions';
import type { Listener } from '../../src/adapters/sns/subscriptions';
import type { Instant, RegionId } from '../../src/core/basics/brand';
import { ageText, minute } from '../../src/core/basics/time';
import { decodeHead, type Head } from '../../src/core/beat';
import { allRegions, type Config } from '../../src/core/config/config';
import { shardCount } from '../../src/core/function-size';
import { silenceAlarmName } from '../../src/core/names';
import { everyFunction, hasWorkers } from '../../src/core/region-functions';
import { headKey, type Item, onlyShard, watchKey } from '../../src/core/table';
import { troubleAlarms } from '../../src/core/trouble-alarm';
import type { WatchState } from '../../src/core/watch';
import { decodeWatch } from '../../src/core/watch-record';
import type { Replica } from '../../src/engine/ports';
import { causeOf } from '../deployed/cause';
import { listeningOf } from '../deployed/listeners';
import { functionFacts } from '../landing/function-facts';
import type { Finding } from './finding';

/** Where a deployed system is looked at. Each throws where the region does not answer. */
export interface Sight {
  readonly table: (region: RegionId) => Promise<FoundTable | undefined>;
  readonly replicaOf: (region: RegionId) => Pick<Replica, 'get'>;
  readonly subscriptions: (region: RegionId) => Promise<readonly Listener[]>;
  readonly alarms: (region: RegionId) => Promise<readonly DeployedAlarm[]>;
  /** How many functions may run at once in a region. */
  readonly concurrency: (region: RegionId) => Promise<number>;
  /** Asked of the widget alone. */
  readonly ask: Functions['ask'];
  readonly now: () => Instant;
}

export async function examine(sight: Sight, config: Config): Promise<readonly Finding[]> {
  const regions = allRegions(config.regions);
  const findings = await Promise.all(regions.map((region) => examineRegion(sight, config, region)));
  return findings.flat();
}

type Look = (sight: Sight, config: Config, region: RegionId) => Promise<readonly Finding[]>;

/** What cannot be looked at is a finding, and hides no other. */
async function examineRegion(sight: Sight, config: Config, region: RegionId): Promise<readonly Finding[]> {
  const looks: readonly (readonly [string, Look])[] = [
    ['the table', lookAtTable],
    ['the table', lookAtWork],
    ['the topic', lookAtListeners],
    ['CloudWatch', lookAtAlarms],
    ['Lambda', lookAtQuotas],
    ['the widget', lookAtWidget],
  ];
  const found = await Promise.all(
    looks.map(async ([what, look]) => {
      try {
        return await look(sight, config, region);
      } catch (error) {
        return [{ region, verdict: 'ill', said: causeOf(error, `${what} of ${region}`, region) }] as const;
      }
    }),
  );
  return found.flat();
}

const again = (region: RegionId): string => `deploy the stack of ${region} again`;

const lookAtTable: Look = async ({ table }, _config, region) => {
  const found = await table(region);
  if (found === undefined)
    return [{ region, verdict: 'ill', said: `there is no replica of the table in ${region}: deploy twinwatch-home again, from this file` }];
  return [{ region, verdict: 'well', said: `the table has its replica in ${region}` }];
};

/** So many cycles may be missed before somebody should look. */
const staleCycles = 3;

/** By the replica of the region itself: a lost replication is what its peers say of it, and what \`landing\` finds. */
const lookAtWork: Look = async ({ replicaOf, now }, config, region) => {
  const items = await replicaOf(region).get([headKey(region, onlyShard), watchKey(region)]);
  const at = now();
  return [...(config.regions.probers.includes(region) ? beatFindings(items, config, region, at) : []), ...watchFindings(items, region, at)];
};

function beatFindings(items: readonly Item[], config: Config, region: RegionId, now: Instant): readonly Finding[] {
  const head = items.flatMap((item) => (item.pk.startsWith('HEAD#') ? (decodeHead(item) ?? []) : []))[0];
  if (head === undefined)
    return [{ region, verdict: 'ill', said: `the prober of ${region} has never finished a round: \`twinwatch landing --region ${region}\` says why` }];
  return [ageFinding(head, config, region, now), hashFinding(head, config, region)];
}

function ageFinding({ finishedAt }: Head, { beatIntervalMs }: Config, region: RegionId, now: Instant): Finding {
  const age = now - finishedAt;
  if (age <= staleCycles * beatIntervalMs + minute) return { region, verdict: 'well', said: `the prober of ${region} finished a round ${ageText(age)} ago` };
  return {
    region,
    verdict: 'ill',
    said: `the newest beat of ${region} is ${ageText(age)} old: \`twinwatch why ${region} --aws\` says what the others see, docs/runbook.md#silent what to do`,
  };
}

function hashFinding({ configHash }: Head, { hash }: Config, region: RegionId): Finding {
  if (configHash === hash) return { region, verdict: 'well', said: `the prober of ${region} works with the configuration of this file (${hash})` };
  return {
    region,
    verdict: 'ill',
    said: `the prober of ${region} works with the configuration ${configHash}, and this file is ${hash}: \`npm run deploy\`, or name the file that is deployed with --config`,
  };
}

function watchFindings(items: readonly Item[], region: RegionId, now: Instant): readonly Finding[] {
  const record = items.flatMap((item) => (item.pk.startsWith('WATCH#') ? (decodeWatch(item) ?? []) : []))[0];
  if (record === undefined)
    return [{ region, verdict: 'ill', said: `the watchdog of ${region} has never looked: \`twinwatch landing --region ${region}\` says why` }];
  const age = now - record.at;
  if (age > staleCycles * minute)
    return [{ region, verdict: 'ill', said: `the watchdog of ${region} looked ${ageText(age)} ago for the last time: docs/runbook.md#watcher-silent` }];
  const seen: Finding = { region, verdict: 'well', said: `the watchdog of ${region} looked ${ageText(age)} ago` };
  const peers = record.peers.flatMap(({ region: peer, state }): readonly Finding[] => {
    const section = runbookSections[state];
    return section === undefined ? [] : [{ region, verdict: 'ill', said: `${region} sees the prober of ${peer} as ${state}: docs/runbook.md#${section}` }];
  });
  return [seen, ...peers];
}

/** Where there is something to do about what a watchdog sees. A prober that is expected, or late, has still time. */
export const runbookSections: Readonly<Record<WatchState, string | undefined>> = {
  expected: undefined,
  reporting: undefined,
  late: undefined,
  abstaining: undefined,
  'link-lost': 'link-lost',
  'replication-stuck': 'replication-stuck',
  skewed: 'skewed',
  skipping: 'skipping',
  lying: 'lying',
  silent: 'silent',
  hung: 'hung',
  stopped: 'stopped',
  'store-down': 'store-down',
  isolated: 'alone',
  alone: 'alone',
};

const lookAtListeners: Look = async ({ subscriptions }, config, region) => {
  if (config.channels.length === 0)
    return [{ region, verdict: 'ill', said: `the configuration has no channels: nobody is told anything from ${region}; add some under channels:` }];
  const listening = listeningOf(config, await subscriptions(region), region);
  return listening.map(({ state, said }): Finding => ({ region, verdict: state === 'listens' ? 'well' : 'ill', said }));
};

const lookAtAlarms: Look = async ({ alarms }, config, region) => {
  const found = await alarms(region);
  const silence = everyFunction(config.regions).map(({ role, region: of }) => ({ name: silenceAlarmName(role, of), means: 'that function is silent there' }));
  const trouble = troubleAlarms(config, region).map(({ name, description }) => ({ name, means: description }));
  const wanted = [...silence, ...trouble];
  const findings = wanted.flatMap(({ name, means }): readonly Finding[] => {
    const alarm = found.find((one) => one.name === name);
    if (alarm === undefined) return [{ region, verdict: 'ill', said: `the alarm ${name} is missing in ${region}: ${again(region)}` }];
    if (!alarm.tells)
      return [
        {
          region,
          verdict: 'ill',
          said: `the alarm ${name} in ${region} tells nobody, its actions are off: \`aws cloudwatch enable-alarm-actions --region ${region} --alarm-names ${name}\`, or ${again(region)}`,
        },
      ];
    return alarm.state === 'ALARM' ? [{ region, verdict: 'ill', said: `the alarm ${name} in ${region} is in ALARM: ${means}` }] : [];
  });
  return findings.length > 0 ? findings : [{ region, verdict: 'well', said: `all ${wanted.length} alarms are there in ${region}, and tell` }];
};

/** A looping function overlaps with its successor, and every prober may be poked: room for each function of ours three times, and for each shard. */
const roomNeededIn = (config: Config, region: RegionId): number => 6 + (hasWorkers(config, region) ? shardCount(config) : 0);

const lookAtQuotas: Look = async ({ concurrency }, config, region) => {
  const roomNeeded = roomNeededIn(config, region);
  const room = await concurrency(region);
  if (room >= roomNeeded) return [{ region, verdict: 'well', said: `${room} functions may run at once in ${region}` }];
  return [
    {
      region,
      verdict: 'ill',
      said: `only ${room} functions may run at once in ${region}, and twinwatch may need ${roomNeeded}: ask for more "Concurrent executions" of Lambda in Service Quotas, or reserve less for others`,
    },
  ];
};

/** It is drawn when somebody looks, so nothing else would tell before that. */
const lookAtWidget: Look = async ({ ask }, config, region) => {
  const facts = await functionFacts({ functions: { ask }, config, region, role: 'widget', areRightsEvaluated: true });
  return facts.map(({ verdict, said }) => ({ region, verdict: verdict === 'ok' ? 'well' : 'ill', said }));
};
