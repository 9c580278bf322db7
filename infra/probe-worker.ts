/** Where a configuration outgrows one function: what probes a shard of a round when the prober of its region asks, with hardly any rights. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import type { Config } from '../src/core/config/config';
import { workerMemoryMb, workerTimeoutMs } from '../src/core/function-size';
import { secretsOf } from '../src/core/region-functions';
import { functionRoleName } from './deployed-names';
import { everyFunction, ownLogGroup } from './every-function';
import { onAllForVpc, placeOf, standIn } from './private-network';
import { probeWorkerRightsOf } from './probe-worker-rights';

export interface ProbeWorkerProps {
  readonly config: Config;
  readonly region: RegionId;
  readonly logRetention: RetentionDays;
}

const role = 'probe-worker';

export class ProbeWorker extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: ProbeWorkerProps) {
    super(scope, id);
    const { config } = props;
    const logGroup = ownLogGroup(this, role, props.logRetention);
    // The prober waits for its answer, and nobody asks twice: what it did not cover in time is not covered.
    this.lambda = new LambdaFunction(this, 'Function', {
      ...everyFunction(this, role, config),
      memorySize: workerMemoryMb(config),
      timeout: Duration.millis(workerTimeoutMs(config)),
      retryAttempts: 0,
      role: this.ownRole(props, logGroup),
      logGroup,
      // That it began and how long it took stands in Lambda's metrics; that it was killed or crashed is above this level.
      systemLogLevelV2: SystemLogLevel.WARN,
    });
    const place = placeOf({ ...props, role });
    if (place !== undefined) standIn(this.lambda, place);
  }

  private ownRole({ config, region }: ProbeWorkerProps, logGroup: LogGroup): Role {
    const isInVpc = placeOf({ config, role, region }) !== undefined;
    const own = new Role(this, 'Role', {
      roleName: functionRoleName(role, region),
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: probeWorkerRightsOf({
        account: Stack.of(this).account,
        region,
        logGroupArn: logGroup.logGroupArn,
        secrets: secretsOf(config, role),
        isInVpc,
      }),
    });
    if (isInVpc)
      Validations.of(own).acknowledge({
        id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
        reason: `${onAllForVpc} Nothing else is granted on all resources.`,
      });
    return own;
  }
}
