/**
 * The alarms of a region on trouble that is not silence: functions that fail or are not let run, rounds that come to nothing, messages
 * that do not arrive. Each tells that region's own topic when it fires; when it is over shows where alarms are shown. A turn that was
 * lost needs none: it brings no beat, and that is silence.
 */
import type { RegionId } from './basics/brand';
import { minute } from './basics/time';
import { areFiltered } from './config/channels/channel';
import type { Config } from './config/config';
import {
  alarmTopicName,
  type DeployedFunction,
  failedRoundsMetricName,
  functionName,
  metricNamespace,
  runbookAddress,
  topicName,
  undeliveredQueueName,
} from './names';
import { hasInbox, hasRelay, hasWorkers, rolesIn } from './region-functions';

export interface TroubleAlarm {
  readonly name: string;
  readonly description: string;
  readonly metric: { readonly namespace: string; readonly name: string; readonly dimensions: Readonly<Record<string, string>> };
  readonly statistic: 'Sum' | 'Maximum';
  /** It is a breach from this on; no data is none. */
  readonly threshold: number;
  readonly periodMs: number;
  /** N of "M of N". */
  readonly evaluationPeriods: number;
  /** M of "M of N". */
  readonly datapointsToAlarm: number;
}

export function troubleAlarms(config: Config, region: RegionId): readonly TroubleAlarm[] {
  const scheduled = rolesIn(config.regions, region);
  const relay: readonly DeployedFunction[] = hasRelay(config) ? ['relay'] : [];
  const workers: readonly DeployedFunction[] = hasWorkers(config, region) ? ['probe-worker'] : [];
  const functions: readonly DeployedFunction[] = [...scheduled, ...workers, ...(hasInbox(config, region) ? (['inbox'] as const) : []), ...relay];
  const said: readonly Said[] = [
    ...functions.map((role) => failing(role, region)),
    ...[...scheduled.slice(0, 1), ...workers].map((role) => throttled(role, region)),
    ...(scheduled.includes('prober') ? [failedRounds(region)] : []),
    ...(config.channels.some(({ kind }) => kind === 'webhook') ? [undelivered(region)] : []),
    ...relay.map(() => unrelayed(region)),
    unnotified({ name: 'twinwatch-notifications-fail', topic: topicName, what: `a message of ${region}` }),
    ...(areFiltered(config)
      ? [unnotified({ name: 'twinwatch-alarm-notifications-fail', topic: alarmTopicName, what: `what an alarm of ${region} tells` })]
      : []),
  ];
  return said.map((one) => described(one, config.runbookUrl));
}

/** One crash is mended by the next turn; three in five minutes are not. */
const repeated = { threshold: 1, periodMs: minute, evaluationPeriods: 5, datapointsToAlarm: 3 } as const;
/** What is lost once is lost. */
const once = { threshold: 1, periodMs: 5 * minute, evaluationPeriods: 1, datapointsToAlarm: 1 } as const;

/** What an alarm says, and the section of the runbook behind it. */
interface Said extends Omit<TroubleAlarm, 'description'> {
  readonly what: string;
  readonly section: string;
}

const described = ({ what, section, ...alarm }: Said, runbookUrl: string | undefined): TroubleAlarm => ({
  ...alarm,
  description: `${what} What to do: ${runbookAddress(section, runbookUrl)}`,
});

const ofFunction = (name: string, role: DeployedFunction) => ({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName(role) } });

const failing = (role: DeployedFunction, region: RegionId): Said => ({
  name: `twinwatch-${role}-fails`,
  what: `The ${role} of ${region} ended with an error, or was killed at its limit, in three of five minutes.`,
  section: 'function-fails',
  metric: ofFunction('Errors', role),
  statistic: 'Sum',
  ...repeated,
});

/** Functions of a region share what may run at once, so one of them stands for all; but many workers run at once, and are the first to feel it. */
const throttled = (role: DeployedFunction, region: RegionId): Said => ({
  name: `twinwatch-${role}-throttled`,
  what: `The ${role} of ${region} was not let run in three of five minutes: too many functions run there at once.`,
  section: 'throttled',
  metric: ofFunction('Throttles', role),
  statistic: 'Sum',
  ...repeated,
});

const failedRounds = (region: RegionId): Said => ({
  name: 'twinwatch-rounds-fail',
  what: `Rounds of the prober of ${region} came to nothing in three of five minutes: they took too long, or could be stored nowhere.`,
  section: 'failed-rounds',
  metric: { namespace: metricNamespace, name: failedRoundsMetricName, dimensions: {} },
  statistic: 'Sum',
  ...repeated,
});

const undelivered = (region: RegionId): Said => ({
  name: 'twinwatch-undelivered',
  what: `A webhook did not take a message of ${region}, and SNS has given up: it lies in the queue ${undeliveredQueueName}.`,
  section: 'notifications-fail',
  metric: { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: undeliveredQueueName } },
  statistic: 'Maximum',
  ...once,
});

/** It tries for an hour, and has no dead-letter queue: what it could not even write down is counted. */
const unrelayed = (region: RegionId): Said => ({
  name: 'twinwatch-relay-drops-messages',
  what: `The relay of ${region} was handed a message for an hour, and never came to its end with it.`,
  section: 'notifications-fail',
  metric: ofFunction('AsyncEventsDropped', 'relay'),
  statistic: 'Sum',
  ...once,
});

const unnotified = ({ name, topic, what }: { readonly name: string; readonly topic: string; readonly what: string }): Said => ({
  name,
  what: `SNS could not deliver ${what} to one of its channels.`,
  section: 'notifications-fail',
  metric: { namespace: 'AWS/SNS', name: 'NumberOfNotificationsFailed', dimensions: { TopicName: topic } },
  statistic: 'Sum',
  ...once,
});
