/** One function of a region: its code, its own role, its own log. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { minute } from '../src/core/basics/time';
import { allRegions, type Config } from '../src/core/config/config';
import { leastMemoryMb, proberMemoryMb } from '../src/core/function-size';
import type { FunctionRole } from '../src/core/names';
import { hasRelay, hasWorkers, secretsOf } from '../src/core/region-functions';
import { functionRoleName, turnQueueArn } from './deployed-names';
/** A run that waited longer than this is answered by the next one. */
import { everyFunction, ownLogGroup } from './every-function';
import { onAllForVpc, placeOf, standIn } from './private-network';
import { delayOf } from './region-functions';
import { rightsOf } from './rights';

export const staleAfter = Duration.seconds(60);

export interface WatchedFunctionProps {
  readonly config: Config;
  readonly role: FunctionRole;
  readonly region: RegionId;
  readonly logRetention: RetentionDays;
}

export class WatchedFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly log: ILogGroup;

  constructor(scope: Construct, id: string, props: WatchedFunctionProps) {
    super(scope, id);
    const { config, role } = props;
    const logGroup = ownLogGroup(this, role, props.logRetention);
    this.log = logGroup;
    // Nothing retries: a late round is worthless. No concurrency is reserved: new accounts have none to spare.
    this.lambda = new LambdaFunction(this, 'Function', {
      ...everyFunction(this, role, config),
      memorySize: role === 'prober' ? proberMemoryMb(config) : leastMemoryMb,
      timeout: timeoutOf(role, config.beatIntervalMs),
      retryAttempts: 0,
      maxEventAge: staleAfter,
      role: this.ownRole(props, logGroup),
      logGroup,
      // That it began and how long it took stands in Lambda's metrics; that it was killed or crashed is above this level.
      systemLogLevelV2: SystemLogLevel.WARN,
    });
    const place = placeOf(props);
    if (place !== undefined) standIn(this.lambda, place);
  }

  private ownRole({ config, role, region }: WatchedFunctionProps, logGroup: LogGroup): Role {
    const own = new Role(this, 'Role', {
      roleName: functionRoleName(role, region),
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: rightsOf({
        account: Stack.of(this).account,
        role,
        region,
        regions: allRegions(config.regions),
        probers: config.regions.probers,
        logGroupArn: logGroup.logGroupArn,
        isInVpc: placeOf({ config, role, region }) !== undefined,
        turnQueueArn: delayOf(role, config) === undefined ? undefined : turnQueueArn(Stack.of(this), role),
        hasRelay: hasRelay(config),
        hasWorkers: hasWorkers(config, region),
        secrets: secretsOf(config, role),
      }),
    });
    Validations.of(own).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: [onlyMetrics, ...(placeOf({ config, role, region }) === undefined ? [] : [onAllForVpc]), 'Nothing else is granted on all resources.'].join(' '),
    });
    return own;
  }
}

const onlyMetrics = 'AWS has no resource for cloudwatch:PutMetricData; a condition limits it to the namespace of twinwatch.';

/** With beats of a minute a run ends before the next begins; with shorter ones it loops until a successor takes over. */
function timeoutOf(role: FunctionRole, beatIntervalMs: number): Duration {
  if (beatIntervalMs < minute) return Duration.seconds(120);
  return Duration.seconds(role === 'prober' ? 55 : 50);
}
