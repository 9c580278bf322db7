/** One region's CloudWatch alarm on the silence of one function, as core describes it. */
import { Duration } from 'aws-cdk-lib';
import { Alarm, CfnAlarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import type { RegionFunction } from '../src/core/region-functions';
import { silenceAlarm } from '../src/core/silence-alarm';
import { beatMetric } from './beat-metric';

export interface SilenceAlarmProps {
  /** Whose silence. */
  readonly subject: RegionFunction;
  /** The region that listens. */
  readonly observer: RegionId;
  /** The observer's own topic: an alarm cannot tell a topic of another region. */
  readonly tells: ITopic;
  /** Where the runbook can be read, if somebody has said so. */
  readonly runbookUrl: string | undefined;
  /** How long after its creation the alarm waits for a first beat before it counts silence. */
  readonly warmUp: Duration;
}

export class SilenceAlarm extends Construct {
  constructor(scope: Construct, id: string, props: SilenceAlarmProps) {
    super(scope, id);
    const { name, description, threshold, periodMs, evaluationPeriods, datapointsToAlarm } = silenceAlarm(props.subject, props.observer, props.runbookUrl);
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: name,
      alarmDescription: description,
      metric: beatMetric(props.subject, { period: Duration.millis(periodMs) }),
      threshold,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm,
      treatMissingData: TreatMissingData.BREACHING,
    });
    const tell = new SnsAction(props.tells);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    // When CloudWatch itself fails, alarms lose their data before they fire.
    alarm.addInsufficientDataAction(tell);
    evaluateByTheClock(alarm, props.warmUp);
  }
}

/** CDK's own construct does not know these two yet. */
function evaluateByTheClock(alarm: Alarm, warmUp: Duration): void {
  const resource = alarm.node.defaultChild;
  if (!(resource instanceof CfnAlarm)) throw new Error('An alarm of CDK no longer wraps an AWS::CloudWatch::Alarm');
  resource.evaluationWindow = { wallClockWindow: { timezone: 'UTC' } };
  resource.warmUpConfiguration = { warmUpPeriodDurationInMinutes: warmUp.toMinutes() };
}
