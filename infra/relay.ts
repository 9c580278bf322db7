/** The function that brings messages of a region's topic to where SNS itself cannot. Nobody but that topic may invoke it. */
import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { leastMemoryMb } from '../src/core/function-size';
import { relayTimeoutMs } from '../src/core/names';
import { secretsOf } from '../src/core/region-functions';
import { functionRoleName } from './deployed-names';
import { everyFunction, ownLogGroup } from './every-function';
import { relayRightsOf } from './relay-rights';

export interface RelayProps {
  readonly config: Config;
  readonly region: RegionId;
  readonly logRetention: RetentionDays;
  /** What it listens to. */
  readonly topics: readonly ITopic[];
}

export class Relay extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: RelayProps) {
    super(scope, id);
    const logGroup = ownLogGroup(this, 'relay', props.logRetention);
    // What it cannot deliver it writes down, and the watchdog goes on; what it cannot even write down is brought to it again.
    this.lambda = new LambdaFunction(this, 'Function', {
      ...everyFunction(this, 'relay', props.config),
      memorySize: leastMemoryMb,
      timeout: Duration.millis(relayTimeoutMs),
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      role: this.ownRole(props, logGroup),
      logGroup,
    });
    // SNS signs as this code wants it before this code runs.
    this.lambda.node.addDependency(...props.topics);
    for (const [index, topic] of props.topics.entries()) this.listenTo(topic, index === 0 ? '' : '-alarms');
  }

  private listenTo(topic: ITopic, suffix: string): void {
    new CfnPermission(this, `FromTopic${suffix}`, {
      action: 'lambda:InvokeFunction',
      functionName: this.lambda.functionArn,
      principal: 'sns.amazonaws.com',
      sourceArn: topic.topicArn,
    });
    new Subscription(this, `Subscription${suffix}`, { topic, protocol: SubscriptionProtocol.LAMBDA, endpoint: this.lambda.functionArn });
  }

  private ownRole({ config, region }: RelayProps, logGroup: LogGroup): Role {
    return new Role(this, 'Role', {
      roleName: functionRoleName('relay', region),
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: relayRightsOf({
        account: Stack.of(this).account,
        region,
        regions: allRegions(config.regions),
        logGroupArn: logGroup.logGroupArn,
        secrets: secretsOf(config, 'relay'),
        chatTopics: config.channels.flatMap((channel) => (channel.kind === 'amazonq' ? [channel.topic] : [])),
      }),
    });
  }
}
