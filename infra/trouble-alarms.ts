/** Alarms of a region on everything that fails loudly, as core describes them. */
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import type { Config } from '../src/core/config/config';
import { failedRound } from '../src/core/failed-round';
import { failedRoundsMetricName, metricNamespace } from '../src/core/names';
import { type TroubleAlarm, troubleAlarms } from '../src/core/trouble-alarm';

export interface TroubleAlarmsProps {
  readonly config: Config;
  readonly region: RegionId;
  /** The region's own topic. */
  readonly tells: ITopic;
  /** Of the prober, where there is one: its failed rounds are counted. */
  readonly roundsLog: ILogGroup | undefined;
}

export class TroubleAlarms extends Construct {
  constructor(scope: Construct, id: string, { config, region, tells, roundsLog }: TroubleAlarmsProps) {
    super(scope, id);
    if (roundsLog !== undefined) this.countFailedRounds(roundsLog);
    for (const alarm of troubleAlarms(config, region)) this.add(alarm, tells);
  }

  /** A number only where there is something to count: a metric without data costs nothing. */
  private countFailedRounds(logGroup: ILogGroup): void {
    new MetricFilter(this, 'FailedRounds', {
      logGroup,
      filterPattern: FilterPattern.anyTerm(...Object.values(failedRound)),
      metricNamespace,
      metricName: failedRoundsMetricName,
      metricValue: '1',
    });
  }

  /** It says only that it fires: an alarm that is new comes from no data to OK, and a deployment would tell each of them. */
  private add({ name, description, metric, statistic, threshold, periodMs, evaluationPeriods, datapointsToAlarm }: TroubleAlarm, tells: ITopic): void {
    const alarm = new Alarm(this, name, {
      alarmName: name,
      alarmDescription: description,
      metric: new Metric({
        namespace: metric.namespace,
        metricName: metric.name,
        dimensionsMap: { ...metric.dimensions },
        statistic,
        period: Duration.millis(periodMs),
      }),
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(tells));
  }
}
