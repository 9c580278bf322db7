/** What a region shows of itself and of all others on the dashboard: a function that reads, and is called by nobody but the console. */
import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import type { Config } from '../src/core/config/config';
import { functionRoleName } from './deployed-names';
import { everyFunction, ownLogGroup } from './every-function';
import { staleAfter } from './watched-function';
import { widgetRightsOf } from './widget-rights';

export interface WidgetProps {
  readonly config: Config;
  readonly region: RegionId;
  readonly logRetention: RetentionDays;
}

export class Widget extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, { config, region, logRetention }: WidgetProps) {
    super(scope, id);
    const logGroup = ownLogGroup(this, 'widget', logRetention);
    const role = new Role(this, 'Role', {
      roleName: functionRoleName('widget', region),
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: widgetRightsOf({ account: Stack.of(this).account, region, logGroupArn: logGroup.logGroupArn }),
    });
    // The console calls it with the rights of whoever looks, so nobody is let in here.
    this.lambda = new LambdaFunction(this, 'Function', {
      ...everyFunction(this, 'widget', config),
      memorySize: 256,
      timeout: Duration.seconds(15),
      retryAttempts: 0,
      maxEventAge: staleAfter,
      role,
      logGroup,
    });
  }
}
