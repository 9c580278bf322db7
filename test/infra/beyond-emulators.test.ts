/**
 * What no emulator that we know would notice, walked along every template: who trusts whom, who is reached by what, and what must not be there.
 * (Which alarm fires when, what its topic lets in, and which items a role may write are in alarms.test.ts and rights.test.ts.)
 */

import { allRegions } from '../../src/core/config/config';
import { functionArn, functionName, tableName, topicArn } from '../../src/core/names';
import { account, type Deployed, deploymentOf, type Resource, threeRegions, type Value } from './assembly';
import { allows, type RoleDeployed, rolesOf } from './policy';

const deployment = deploymentOf();
const inEachRegion = deployment.regions.map((stack) => [stack.region, stack] as const);
const reference = (value: Value | undefined): string | undefined => (value as { readonly 'Fn::GetAtt'?: readonly string[] })?.['Fn::GetAtt']?.[0];

function only(stack: Deployed, id: string | undefined): Resource {
  const kinds = ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::IAM::Role', 'AWS::SNS::Topic'];
  const found = kinds.flatMap((kind) => stack.all(kind)).find((resource) => resource.id === id);
  if (found === undefined) throw new Error(`${stack.name} has no resource "${id}"`);
  return found;
}

const roleOf = (stack: Deployed, reached: Value | undefined): RoleDeployed => rolesOf(stack).find(({ id }) => id === reference(reached))!;
const trusted = (role: RoleDeployed): unknown[] => role.AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal);

describe.each(inEachRegion)('in %s', (_region, stack) => {
  test('only Lambda takes the role of a function, and only Scheduler that of a schedule', () => {
    for (const { Properties } of stack.all('AWS::Lambda::Function'))
      expect(trusted(roleOf(stack, Properties.Role))).toEqual([{ Service: 'lambda.amazonaws.com' }]);
    for (const { Properties } of stack.all('AWS::Scheduler::Schedule')) {
      const { RoleArn } = Properties.Target as { RoleArn: Value };
      expect(trusted(roleOf(stack, RoleArn))).toEqual([{ Service: 'scheduler.amazonaws.com' }]);
    }
  });

  test('every function but the widget, which only the console calls, is reached by a schedule, at once or through a queue, and all on the way allows it', () => {
    const reached = stack.all('AWS::Scheduler::Schedule').map(({ Properties }) => {
      const { Arn, RoleArn } = Properties.Target as { Arn: Value; RoleArn: Value };
      const target = only(stack, reference(Arn));
      const action = target.Type === 'AWS::SQS::Queue' ? 'sqs:SendMessage' : 'lambda:InvokeFunction';
      expect([Properties.Name, allows(roleOf(stack, RoleArn).statements, { action, resource: Arn })]).toEqual([Properties.Name, true]);
      return target.Type === 'AWS::SQS::Queue' ? behindQueue(target) : target;
    });
    expect(reached.map(({ id }) => id).sort()).toEqual(
      stack
        .all('AWS::Lambda::Function')
        .filter(({ Properties }) => Properties.FunctionName !== 'twinwatch-widget')
        .map(({ id }) => id)
        .sort(),
    );
  });

  /** The function that takes messages out of a queue, which its role must allow. */
  function behindQueue(queue: Resource): Resource {
    const mapping = stack.all('AWS::Lambda::EventSourceMapping').find(({ Properties }) => reference(Properties.EventSourceArn) === queue.id)!;
    const taker = only(stack, (mapping.Properties.FunctionName as { Ref: string }).Ref);
    const arn = `arn:aws:sqs:${stack.region}:${account}:${queue.Properties.QueueName}`;
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
      expect([action, allows(roleOf(stack, taker.Properties.Role).statements, { action, resource: arn })]).toEqual([action, true]);
    }
    return taker;
  }

  test('nothing is tried twice on the way to a function: not by Scheduler, not by Lambda, not by a queue', () => {
    for (const { Properties } of stack.all('AWS::Scheduler::Schedule')) {
      expect(Properties.Target).toMatchObject({ RetryPolicy: { MaximumRetryAttempts: 0 } });
      // What could not be delivered is of no use later: the next minute brings the next turn.
      expect(Properties.Target).not.toHaveProperty('DeadLetterConfig');
    }
    for (const { Properties } of stack.all('AWS::Lambda::EventInvokeConfig')) {
      expect(Properties).toMatchObject({ MaximumRetryAttempts: 0 });
      expect(Properties).not.toHaveProperty('DestinationConfig');
    }
    for (const { Properties } of stack.all('AWS::Lambda::EventSourceMapping')) {
      const queue = only(stack, reference(Properties.EventSourceArn));
      expect(Number(queue.Properties.VisibilityTimeout)).toBeGreaterThanOrEqual(Number(queue.Properties.MessageRetentionPeriod));
    }
  });

  test('every webhook has a queue for what it will not take, in its own region, which lets this topic in and no other', () => {
    const topic = stack.one('AWS::SNS::Topic').id;
    for (const { Properties } of stack.all('AWS::SNS::Subscription').filter(({ Properties: { Protocol } }) => String(Protocol).startsWith('http'))) {
      const { deadLetterTargetArn } = Properties.RedrivePolicy as { deadLetterTargetArn: Value };
      const queue = only(stack, reference(deadLetterTargetArn));
      expect(queue.Type).toBe('AWS::SQS::Queue');
      const policies = JSON.stringify(stack.all('AWS::SQS::QueuePolicy').filter(({ Properties: policy }) => JSON.stringify(policy.Queues).includes(queue.id)));
      expect(policies).toContain(`{"ArnEquals":{"aws:SourceArn":{"Ref":"${topic}"}}}`);
    }
  });

  test('a function that outlives its log group cannot make it anew', () => {
    for (const role of rolesOf(stack)) expect(JSON.stringify(role.statements)).not.toContain('logs:CreateLogGroup');
    for (const { Properties } of stack.all('AWS::IAM::Role')) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('no alarm is a calculation, and none waits for another: plain metric alarms on the way to a person', () => {
    expect(stack.all('AWS::CloudWatch::CompositeAlarm')).toEqual([]);
    for (const { Properties } of stack.all('AWS::CloudWatch::Alarm')) {
      for (const name of ['Metrics', 'EvaluationCriteria', 'ThresholdMetricId', 'ExtendedStatistic', 'ActionsEnabled'])
        expect(Properties).not.toHaveProperty(name);
      for (const name of ['Namespace', 'MetricName', 'Statistic']) expect(Properties).toHaveProperty(name);
    }
  });

  test('no key of KMS stands between an alarm and its topic, or between a topic and its queue', () => {
    for (const { Properties } of [...stack.all('AWS::SNS::Topic'), ...stack.all('AWS::SQS::Queue')]) {
      expect(Properties).not.toHaveProperty('KmsMasterKeyId');
    }
  });

  test('every name is the one that the functions of all regions compute', () => {
    const region = allRegions(threeRegions.regions).find((candidate) => candidate === stack.region)!;
    expect(topicArn(account, region)).toBe(`arn:aws:sns:${stack.region}:${account}:${stack.one('AWS::SNS::Topic').Properties.TopicName}`);
    const names = stack.all('AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName);
    expect(names).toContain(functionName('watchdog'));
    if (names.includes(functionName('prober')))
      expect(functionArn(account, region, 'prober')).toBe(`arn:aws:lambda:${stack.region}:${account}:function:twinwatch-prober`);
    expect(deployment.home.one('AWS::DynamoDB::GlobalTable').Properties.TableName).toBe(tableName);
  });
});
