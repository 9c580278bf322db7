import { topicName } from '../../src/core/names';
import { account, type Deployed, deploymentOf, frankfurt, ireland, ohio, type Resource, threeRegions } from './assembly';
import { allows, type Statement } from './policy';

const deployment = deploymentOf();
const watched = [
  ['prober', ireland],
  ['prober', ohio],
  ['watchdog', ireland],
  ['watchdog', ohio],
  ['watchdog', frankfurt],
] as const;
const everyPair = deployment.regions.flatMap((stack) => watched.map(([role, region]) => [stack.region, role, region, stack] as const));

function alarmOf(stack: Deployed, role: string, region: string): Resource {
  return stack.all('AWS::CloudWatch::Alarm').find(({ Properties }) => Properties.AlarmName === `twinwatch-${role}-silent-${region}`)!;
}

describe('every region has an alarm for every prober and every watchdog', () => {
  test('and no other', () => {
    const silent = (stack: Deployed) => stack.all('AWS::CloudWatch::Alarm').filter(({ Properties }) => String(Properties.AlarmName).includes('-silent-'));
    for (const stack of deployment.regions) expect(silent(stack)).toHaveLength(watched.length);
  });

  test.each(everyPair)('%s hears the %s of %s fall silent after two empty minutes by the clock', (_observer, role, region, stack) => {
    expect(alarmOf(stack, role, region).Properties).toMatchObject({
      Namespace: 'twinwatch',
      MetricName: 'Beat',
      Dimensions: [
        { Name: 'Function', Value: role },
        { Name: 'Region', Value: region },
      ],
      Statistic: 'SampleCount',
      Period: 60,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      EvaluationWindow: { WallClockWindow: { Timezone: 'UTC' } },
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 10 },
    });
  });

  test.each(everyPair)('%s says about the %s of %s what it means, which incident it is, and where to look', (observer, role, region, stack) => {
    const description = String(alarmOf(stack, role, region).Properties.AlarmDescription);
    expect(description).toContain(`No beat of the ${role} of ${region} has reached ${observer}`);
    expect(description).toContain(`${role}:${region}:watch`);
    expect(description).toContain(`docs/runbook.md#${role === 'prober' ? 'silent' : 'watcher-silent'}`);
    expect(description.length).toBeLessThan(1024);
  });
});

test('with `runbook:` every alarm leads to where it can be read', () => {
  const told = deploymentOf({ ...threeRegions, runbookUrl: 'https://wiki.example.com/runbook' });
  for (const stack of told.regions) {
    const descriptions = stack.all('AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmDescription));
    expect(descriptions.length).toBeGreaterThan(6);
    for (const description of descriptions) expect(description).toMatch(/What to do: https:\/\/wiki\.example\.com\/runbook#[a-z-]+$/);
  }
});

describe('no alarm falls on deaf ears', () => {
  const policyOf = (stack: Deployed) =>
    stack.one('AWS::SNS::TopicPolicy').Properties as unknown as { Topics: unknown; PolicyDocument: { Statement: Statement[] } };

  test.each(everyPair)('%s tells its own topic about the %s of %s: silence, recovery, and missing data', (_observer, role, region, stack) => {
    const topic = stack.one('AWS::SNS::Topic');
    const { Properties } = alarmOf(stack, role, region);
    for (const actions of ['AlarmActions', 'OKActions', 'InsufficientDataActions']) expect(Properties[actions]).toEqual([{ Ref: topic.id }]);
    expect(topic.Properties.TopicName).toBe(topicName);
  });

  test.each(deployment.regions.map((stack) => [stack.region, stack] as const))(
    'the topic of %s lets CloudWatch publish for alarms of this account and region alone',
    (region, stack) => {
      const topic = { Ref: stack.one('AWS::SNS::Topic').id };
      const { Topics, PolicyDocument } = policyOf(stack);
      expect(Topics).toEqual([topic]);
      const publishing = (source: string, owner = account, secure = 'true') =>
        allows(forService(PolicyDocument.Statement, 'cloudwatch.amazonaws.com'), {
          action: 'sns:Publish',
          resource: topic,
          keys: { 'aws:SourceArn': [source], 'aws:SourceAccount': [owner], 'aws:SecureTransport': [secure] },
        });
      const alarm = `arn:aws:cloudwatch:${region}:${account}:alarm:twinwatch-prober-silent-eu-west-1`;
      expect(publishing(alarm)).toBe(true);
      expect(publishing(alarm, account, 'false')).toBe(false);
      expect(publishing(alarm, '999999999999')).toBe(false);
      expect(publishing(`arn:aws:cloudwatch:${region}:999999999999:alarm:any`)).toBe(false);
    },
  );

  test.each(deployment.regions.map((stack) => [stack.region, stack] as const))('the topic of %s is heard by every channel', (_region, stack) => {
    const topic = { Ref: stack.one('AWS::SNS::Topic').id };
    const subscriptions = stack.all('AWS::SNS::Subscription').map(({ Properties }) => Properties);
    expect(subscriptions.map(({ Protocol, Endpoint, TopicArn }) => ({ Protocol, Endpoint, TopicArn }))).toEqual([
      { Protocol: 'email', Endpoint: 'ops@example.com', TopicArn: topic },
      { Protocol: 'https', Endpoint: 'https://ops.example.com/hook', TopicArn: topic },
    ]);
  });
});

function forService(statements: readonly Statement[], service: string): readonly Statement[] {
  return statements.filter(({ Principal }) => Principal === '*' || JSON.stringify(Principal) === JSON.stringify({ Service: service }));
}

describe('a webhook that is away for a while', () => {
  const stack = deployment.in(ireland);
  const webhook = stack.all('AWS::SNS::Subscription').find(({ Properties }) => Properties.Protocol === 'https')!;

  test('is tried for longer than the minute that SNS gives it, and less than the hour it allows', () => {
    const { healthyRetryPolicy: retry } = webhook.Properties.DeliveryPolicy as { healthyRetryPolicy: { numRetries: number; maxDelayTarget: number } };
    expect(retry.numRetries).toBeGreaterThan(10);
    expect(retry.numRetries * retry.maxDelayTarget).toBeLessThanOrEqual(3600);
  });

  test('loses nothing: what it does not take goes to a queue that SNS may write and that insists on TLS', () => {
    const queue = stack.all('AWS::SQS::Queue').find(({ Properties }) => Properties.QueueName === 'twinwatch-undelivered')!;
    const arn = { 'Fn::GetAtt': [queue.id, 'Arn'] };
    expect(webhook.Properties.RedrivePolicy).toEqual({ deadLetterTargetArn: arn });
    const policies = stack.all('AWS::SQS::QueuePolicy').map(({ Properties }) => Properties as unknown as { PolicyDocument: { Statement: Statement[] } });
    expect(policies.find(({ PolicyDocument }) => JSON.stringify(PolicyDocument).includes(queue.id))?.PolicyDocument.Statement).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        expect.objectContaining({ Effect: 'Allow', Action: 'sqs:SendMessage', Principal: { Service: 'sns.amazonaws.com' }, Resource: arn }),
      ]),
    );
  });

  test('may be plain http', () => {
    const plain = deploymentOf({ ...threeRegions, channels: [{ kind: 'webhook', name: 'inside', url: 'http://hooks.example.com/' }] });
    expect(plain.in(ohio).one('AWS::SNS::Subscription').Properties).toMatchObject({ Protocol: 'http', Endpoint: 'http://hooks.example.com/' });
  });
});
