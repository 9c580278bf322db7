/** What of the assembly the emulator takes: alarms, topics and their subscriptions, as they are deployed, in seconds instead of minutes. */
import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { minute } from '../../../src/core/basics/time';
import type { Resource, Stack } from '../assembly';
import type { Clients } from '../clients';
import { formCall, type Reached } from '../signed-call';
import { until } from '../steps';
import { type AlarmCase, cases, periodMs } from './cases';

/** It runs no functions without a container, and knows no global table. */
const kept: readonly string[] = ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription', 'AWS::CloudWatch::Alarm'];

export interface DeployedAlarm {
  readonly region: string;
  readonly name: string;
  /** Namespace, name and dimensions of the metric that it hears. */
  readonly metric: Metric;
}

export interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: { readonly Name: string; readonly Value: string }[];
}

/** Alarms on what fails loudly name functions and queues, which are not deployed here. */
const isOnSilence = ({ Properties }: Resource): boolean => String(Properties.AlarmName).includes('-silent-');
const alarmsOnSilence = (stack: Stack): readonly Resource[] => stack.all('AWS::CloudWatch::Alarm').filter(isOnSilence);

/** The alarms of all regions. */
export async function deployAlarms(emulator: Reached, stacks: readonly Stack[]): Promise<readonly DeployedAlarm[]> {
  const regional = stacks.filter((stack) => alarmsOnSilence(stack).length > 0);
  for (const stack of regional) {
    const form = { Action: 'CreateStack', StackName: 'alarms', TemplateBody: JSON.stringify({ Resources: keptOf(stack) }) };
    await formCall(emulator, 'cloudformation', stack.region, form);
    await until(`the alarms of ${stack.region}`, 60, async () => {
      const described = await formCall(emulator, 'cloudformation', stack.region, { Action: 'DescribeStacks', StackName: 'alarms' });
      if (/<StackStatus>[A-Z_]*(FAILED|ROLLBACK)[A-Z_]*</.test(described))
        throw new Error(`the alarms of ${stack.region} were not taken: ${described.slice(0, 600)}`);
      return described.includes('<StackStatus>CREATE_COMPLETE<') || undefined;
    });
  }
  return regional.flatMap((stack) =>
    alarmsOnSilence(stack).map(({ Properties }) => ({ region: stack.region, name: String(Properties.AlarmName), metric: metricOf(Properties) })),
  );
}

function keptOf({ resources }: Stack): Readonly<Record<string, unknown>> {
  const isKept = (resource: Resource): boolean =>
    kept.includes(resource.Type) &&
    !['email', 'lambda'].includes(String(resource.Properties.Protocol)) &&
    (resource.Type !== 'AWS::CloudWatch::Alarm' || isOnSilence(resource));
  const those = Object.entries(resources).filter(([, resource]) => isKept(resource));
  return Object.fromEntries(
    those.map(([id, { Type, Properties }]) => {
      // The queue of what cannot be delivered is not deployed here.
      const { RedrivePolicy: _, ...properties } = Properties;
      return [id, { Type, Properties: Type === 'AWS::CloudWatch::Alarm' ? { ...properties, Period: inSeconds(properties.Period) } : properties }];
    }),
  );
}

const inSeconds = (period: unknown): number => (Number(period) * periodMs) / minute;

const metricOf = ({ Namespace, MetricName, Dimensions }: Readonly<Record<string, unknown>>): Metric => ({ Namespace, MetricName, Dimensions }) as Metric;

/** One alarm for each kind, on the same metric; they tell nobody. */
export async function putCases(clients: Clients, region: string, metric: Metric): Promise<void> {
  for (const one of cases) await clients.metrics(region).send(new PutMetricAlarmCommand(alarmOf(one, metric)));
}

const alarmOf = ({ name, evaluationPeriods, datapointsToAlarm, treatMissingData }: AlarmCase, metric: Metric) => ({
  ...metric,
  AlarmName: name,
  Statistic: 'SampleCount' as const,
  ComparisonOperator: 'LessThanThreshold' as const,
  Threshold: 1,
  Period: periodMs / 1000,
  EvaluationPeriods: evaluationPeriods,
  DatapointsToAlarm: datapointsToAlarm,
  TreatMissingData: treatMissingData,
});

/** Every metric that an alarm hears, once. */
export function metricsOf(stacks: readonly Stack[]): readonly Metric[] {
  const heard = stacks.flatMap((stack) => alarmsOnSilence(stack).map(({ Properties }) => metricOf(Properties)));
  return [...new Map(heard.map((metric) => [JSON.stringify(metric), metric])).values()];
}
