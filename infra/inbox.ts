/** Where the monitors of a region that call us do so: a function behind a URL of its own, with hardly any rights. */
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, Function as LambdaFunction, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { leastMemoryMb } from '../src/core/function-size';
import { functionRoleName } from './deployed-names';
import { everyFunction, ownLogGroup } from './every-function';
import { inboxRightsOf } from './inbox-rights';

export interface InboxProps {
  readonly config: Config;
  readonly region: RegionId;
  readonly logRetention: RetentionDays;
}

export class Inbox extends Construct {
  readonly lambda: LambdaFunction;
  /** Ends with `/`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: InboxProps) {
    super(scope, id);
    const logGroup = ownLogGroup(this, 'inbox', props.logRetention);
    this.lambda = new LambdaFunction(this, 'Function', {
      ...everyFunction(this, 'inbox', props.config),
      memorySize: leastMemoryMb,
      timeout: Duration.seconds(15),
      retryAttempts: 0,
      role: this.ownRole(props, logGroup),
      logGroup,
      // That it began and how long it took stands in Lambda's metrics; that it was killed or crashed is above this level.
      systemLogLevelV2: SystemLogLevel.WARN,
    });
    // Whoever calls has no AWS credentials: the token in the path is the key, and is looked at before anything else is done.
    this.url = this.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
    new CfnOutput(this, 'PingUrl', { value: `${this.url}ping/`, description: 'Where monitors call: put the token of a monitor behind it' });
  }

  private ownRole({ config, region }: InboxProps, logGroup: LogGroup): Role {
    return new Role(this, 'Role', {
      roleName: functionRoleName('inbox', region),
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: inboxRightsOf({ account: Stack.of(this).account, region, regions: allRegions(config.regions), logGroupArn: logGroup.logGroupArn }),
    });
  }
}
