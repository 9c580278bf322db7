/** Runs a function once in every calendar minute, under a role that may do nothing else. */
import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, type ScheduleGroup, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { type FunctionRole, scheduleName } from '../src/core/names';
import { scheduleRoleName } from './deployed-names';
import { staleAfter } from './watched-function';

export interface EveryMinuteProps {
  readonly group: ScheduleGroup;
  readonly role: FunctionRole;
  readonly region: RegionId;
  readonly runs: IFunction;
}

export class EveryMinute extends Construct {
  constructor(scope: Construct, id: string, props: EveryMinuteProps) {
    super(scope, id);
    // Cron and not rate: a rate counts from its creation, a cron is on the minute that beats and alarms count in.
    new Schedule(this, 'Schedule', {
      scheduleName: scheduleName(props.role),
      scheduleGroup: props.group,
      schedule: ScheduleExpression.expression('cron(* * * * ? *)'),
      timeWindow: TimeWindow.off(),
      target: new LambdaInvoke(props.runs, {
        role: this.roleToInvoke(props).withoutPolicyUpdates(),
        retryAttempts: 0,
        maxEventAge: staleAfter,
        input: ScheduleTargetInput.fromObject({ kind: 'schedule', scheduledTime: ContextAttribute.scheduledTime }),
      }),
    });
  }

  /** Only schedules of this group may take the role, and it may invoke exactly one function. */
  private roleToInvoke({ group, role, region, runs }: EveryMinuteProps): Role {
    const invoke = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [runs.functionArn] });
    return new Role(this, 'Role', {
      roleName: scheduleRoleName(role, region),
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': group.scheduleGroupArn } },
      }),
      inlinePolicies: { 'invoke-its-function': new PolicyDocument({ statements: [invoke] }) },
    });
  }
}
