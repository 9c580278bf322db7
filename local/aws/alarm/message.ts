/** What a topic is told when an alarm changes its state: the JSON that CloudWatch sends, and for a mailbox the same as text. */

import type { RegionId } from '../../../src/core/basics/brand';
import { topicArn } from '../../../src/core/names';
import type { AlarmDefinition, AlarmMemory, AlarmState } from './definition';

export interface AlarmChange {
  readonly alarm: AlarmDefinition;
  readonly before: AlarmState;
  readonly memory: AlarmMemory;
}

export interface AlarmMessage {
  readonly subject: string;
  readonly json: string;
  readonly email: string;
}

/** Where CloudWatch writes a region's place, such as "EU (Ireland)", this is its name. */
export function alarmMessage({ alarm, before, memory }: AlarmChange, place: { readonly account: string; readonly region: RegionId }): AlarmMessage {
  const { account, region } = place;
  const topic = [topicArn(account, region)];
  const told = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: awsTime(memory.createdAt),
    NewStateValue: memory.state,
    NewStateReason: memory.reason,
    StateChangeTime: awsTime(memory.since),
    Region: region,
    AlarmArn: `arn:aws:cloudwatch:${region}:${account}:alarm:${alarm.name}`,
    OldStateValue: before,
    OKActions: topic,
    AlarmActions: topic,
    InsufficientDataActions: topic,
    Trigger: trigger(alarm),
  };
  return {
    subject: `${memory.state}: "${alarm.name}" in ${region}`.slice(0, subjectLengthMax),
    json: JSON.stringify(told),
    email: mail(alarm, memory, region),
  };
}

const subjectLengthMax = 100;

function trigger({ metric, periodMs, evaluationPeriods, datapointsToAlarm, comparison, threshold, treatMissingData }: AlarmDefinition): unknown {
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    StatisticType: 'Statistic',
    Statistic: 'SAMPLE_COUNT',
    Unit: null,
    Dimensions: Object.entries(metric.dimensions).map(([name, value]) => ({ value, name })),
    Period: periodMs / 1000,
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: datapointsToAlarm,
    ComparisonOperator: comparison,
    Threshold: threshold,
    TreatMissingData: treatMissingData,
    EvaluateLowSampleCountPercentile: '',
  };
}

function mail({ name, description }: AlarmDefinition, { state, reason, since }: AlarmMemory, region: RegionId): string {
  return `The CloudWatch alarm "${name}" in ${region} has entered the ${state} state at ${awsTime(since)}, because "${reason}"\n\n${description}`;
}

/** `2026-11-21T04:04:05.123+0000` */
const awsTime = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
