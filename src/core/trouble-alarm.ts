/**
 * The alarms of a region on trouble that is not silence: functions that fail or are not let run, rounds that come to nothing, messages
 * that do not arrive. Each tells that region's own topic when it fires; when it is over shows where alarms are shown. A turn that was
 * lost needs none: it brings no beat, and that is silence.
 */
import type { RegionId } from './basics/brand';
import { minute } from './basics/time';
import type { Config } from './config/config';
import { type DeployedFunction, failedRoundsMetricName, functionName, metricNamespace, topicName, undeliveredQueueName } from './names';
import { hasInbox, hasRelay, rolesIn } from './region-functions';

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
  const functions: readonly DeployedFunction[] = [...scheduled, ...(hasInbox(config, region) ? (['inbox'] as const) : []), ...relay];
  return [
    ...functions.map((role) => failing(role, region)),
    ...scheduled.slice(0, 1).map((role) => throttled(role, region)),
    ...(scheduled.includes('prober') ? [failedRounds(region)] : []),
    ...(config.channels.some(({ kind }) => kind === 'webhook') ? [undelivered(region)] : []),
    ...relay.map(() => unrelayed(region)),
    unnotified(region),
  ];
}

/** One crash is mended by the next turn; three in five minutes are not. */
const repeated = { threshold: 1, periodMs: minute, evaluationPeriods: 5, datapointsToAlarm: 3 } as const;
/** What is lost once is lost. */
const once = { threshold: 1, periodMs: 5 * minute, evaluationPeriods: 1, datapointsToAlarm: 1 } as const;

const says = (what: string, section: string): string => `${what} What to do: docs/runbook.md#${section}`;
const ofFunction = (name: string, role: DeployedFunction) => ({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName(role) } });

const failing = (role: DeployedFunction, region: RegionId): TroubleAlarm => ({
  name: `twinwatch-${role}-fails`,
  description: says(`The ${role} of ${region} ended with an error, or was killed at its limit, in three of five minutes.`, 'function-fails'),
  metric: ofFunction('Errors', role),
  statistic: 'Sum',
  ...repeated,
});

/** Functions of a region share what may run at once, so one of them stands for all. */
const throttled = (role: DeployedFunction, region: RegionId): TroubleAlarm => ({
  name: `twinwatch-${role}-throttled`,
  description: says(`The ${role} of ${region} was not let run in three of five minutes: too many functions run there at once.`, 'throttled'),
  metric: ofFunction('Throttles', role),
  statistic: 'Sum',
  ...repeated,
});

const failedRounds = (region: RegionId): TroubleAlarm => ({
  name: 'twinwatch-rounds-fail',
  description: says(
    `Rounds of the prober of ${region} came to nothing in three of five minutes: they took too long, or could be stored nowhere.`,
    'failed-rounds',
  ),
  metric: { namespace: metricNamespace, name: failedRoundsMetricName, dimensions: {} },
  statistic: 'Sum',
  ...repeated,
});

const undelivered = (region: RegionId): TroubleAlarm => ({
  name: 'twinwatch-undelivered',
  description: says(`A webhook did not take a message of ${region}, and SNS has given up: it lies in the queue ${undeliveredQueueName}.`, 'notifications-fail'),
  metric: { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: undeliveredQueueName } },
  statistic: 'Maximum',
  ...once,
});

/** It tries for an hour, and has no dead-letter queue: what it could not even write down is counted. */
const unrelayed = (region: RegionId): TroubleAlarm => ({
  name: 'twinwatch-relay-drops-messages',
  description: says(`The relay of ${region} was handed a message for an hour, and never came to its end with it.`, 'notifications-fail'),
  metric: ofFunction('AsyncEventsDropped', 'relay'),
  statistic: 'Sum',
  ...once,
});

const unnotified = (region: RegionId): TroubleAlarm => ({
  name: 'twinwatch-notifications-fail',
  description: says(`SNS could not deliver a message of ${region} to one of its channels.`, 'notifications-fail'),
  metric: { namespace: 'AWS/SNS', name: 'NumberOfNotificationsFailed', dimensions: { TopicName: topicName } },
  statistic: 'Sum',
  ...once,
});
