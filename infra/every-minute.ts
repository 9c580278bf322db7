/** Runs a function once in every calendar minute, or so much later in it, under a role that may do nothing else. */
import { type Duration, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  type IScheduleTarget,
  Schedule,
  ScheduleExpression,
  type ScheduleGroup,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, type ScheduleTargetBaseProps, SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { type FunctionRole, scheduleName } from '../src/core/names';
import { DelayedTurn } from './delayed-turn';
import { scheduleRoleName } from './deployed-names';
import { staleAfter } from './watched-function';

/** The one policy of a schedule's role, and why it is there. */
export const schedulePolicy = 'bring-a-turn';
export const reasonOfSchedule = 'Once in a minute the schedule brings the function its turn, and reaches nothing else.';

export interface EveryMinuteProps {
  readonly group: ScheduleGroup;
  readonly role: FunctionRole;
  readonly region: RegionId;
  readonly runs: IFunction;
  /**
   * How much later than the minute it runs.
   * @default with the minute
   */
  readonly delay?: Duration | undefined;
}

/** What a schedule reaches: the function, or the queue in which its turn waits. */
interface Reach {
  readonly action: 'lambda:InvokeFunction' | 'sqs:SendMessage';
  readonly arn: string;
  readonly target: (options: ScheduleTargetBaseProps) => IScheduleTarget;
}

export class EveryMinute extends Construct {
  constructor(scope: Construct, id: string, props: EveryMinuteProps) {
    super(scope, id);
    const reach = this.reachOf(props);
    const turn = { kind: 'schedule', scheduledTime: ContextAttribute.scheduledTime };
    const delayed = props.delay === undefined ? turn : { ...turn, delaySeconds: props.delay.toSeconds() };
    // Cron and not rate: a rate counts from its creation, a cron is on the minute that beats and alarms count in.
    new Schedule(this, 'Schedule', {
      scheduleName: scheduleName(props.role),
      scheduleGroup: props.group,
      schedule: ScheduleExpression.expression('cron(* * * * ? *)'),
      timeWindow: TimeWindow.off(),
      target: reach.target({
        role: this.roleToReach(props, reach).withoutPolicyUpdates(),
        retryAttempts: 0,
        maxEventAge: staleAfter,
        input: ScheduleTargetInput.fromObject(delayed),
      }),
    });
  }

  private reachOf({ role, runs, delay }: EveryMinuteProps): Reach {
    if (delay === undefined) return { action: 'lambda:InvokeFunction', arn: runs.functionArn, target: (options) => new LambdaInvoke(runs, options) };
    const { queue } = new DelayedTurn(this, 'Delayed', { role, delay, runs });
    return { action: 'sqs:SendMessage', arn: queue.queueArn, target: (options) => new SqsSendMessage(queue, options) };
  }

  /** Only schedules of this group may take the role, and it may reach exactly one thing. */
  private roleToReach({ group, role, region }: EveryMinuteProps, { action, arn }: Reach): Role {
    return new Role(this, 'Role', {
      roleName: scheduleRoleName(role, region),
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': group.scheduleGroupArn } },
      }),
      inlinePolicies: { [schedulePolicy]: new PolicyDocument({ statements: [new PolicyStatement({ actions: [action], resources: [arn] })] }) },
    });
  }
}
