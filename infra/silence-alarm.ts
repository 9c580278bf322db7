/** The dead-man's switch that needs no code of ours: it fires when a beat metric stops arriving in this region. */
import type { Duration } from 'aws-cdk-lib';
import { Alarm, CfnAlarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { type FunctionRole, silenceAlarmName } from '../src/core/names';
import { beatMetric } from './beat-metric';
import type { RegionFunction } from './region-functions';

export interface SilenceAlarmProps {
  /** Whose silence. */
  readonly subject: RegionFunction;
  /** The region that listens. */
  readonly observer: RegionId;
  /** The observer's own topic: an alarm cannot tell a topic of another region. */
  readonly tells: ITopic;
  /** How long after its creation the alarm waits for a first beat before it counts silence. */
  readonly warmUp: Duration;
}

export class SilenceAlarm extends Construct {
  constructor(scope: Construct, id: string, props: SilenceAlarmProps) {
    super(scope, id);
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: silenceAlarmName(props.subject.role, props.subject.region),
      alarmDescription: describe(props.subject, props.observer),
      metric: beatMetric(props.subject),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
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

/** A sliding window looks two periods further back than it says, so it would fire two minutes later. */
function evaluateByTheClock(alarm: Alarm, warmUp: Duration): void {
  const resource = alarm.node.defaultChild;
  if (!(resource instanceof CfnAlarm)) throw new Error('An alarm of CDK no longer wraps an AWS::CloudWatch::Alarm');
  resource.evaluationWindow = { wallClockWindow: { timezone: 'UTC' } };
  resource.warmUpConfiguration = { warmUpPeriodDurationInMinutes: warmUp.toMinutes() };
}

const consequence: Readonly<Record<FunctionRole, string>> = {
  prober: 'Its monitors are not probed from there, or it cannot report to this region.',
  watchdog: 'Nobody there judges again, watches the other regions or delivers what is pending, or it cannot report to this region.',
};

const runbookSection: Readonly<Record<FunctionRole, string>> = { prober: 'silent', watchdog: 'watcher-silent' };

function describe({ role, region }: RegionFunction, observer: RegionId): string {
  return [
    `No beat of the ${role} of ${region} has reached ${observer} for two whole minutes.`,
    consequence[role],
    `It belongs to the incident ${role}:${region}:watch, which twinwatch may have announced already.`,
    `What to do: docs/runbook.md#${runbookSection[role]}`,
  ].join(' ');
}
