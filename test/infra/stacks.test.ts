import { Stack } from 'aws-cdk-lib';
import { TwinwatchRegion } from '../../infra/index';
import type { Config } from '../../src/core/config/config';
import { channelPolicy } from '../../src/core/names';
import { account, deploymentOf, frankfurt, ireland, newApp, ohio, threeRegions } from './assembly';

const deployment = deploymentOf();
const twoRegions = deploymentOf({ ...threeRegions, regions: { probers: [ireland, ohio] } });
const everyStack = [deployment.home, ...deployment.regions, deployment.dashboard];

describe('the table', () => {
  const { Properties, DeletionPolicy } = deployment.home.one('AWS::DynamoDB::GlobalTable');
  const replicas = Properties.Replicas as { Region: string; DeletionProtectionEnabled: boolean; PointInTimeRecoverySpecification: unknown }[];

  test('lives in every region, the witness included', () => {
    expect(replicas.map(({ Region }) => Region).sort()).toEqual([frankfurt, ireland, ohio]);
    expect(deployment.home.region).toBe(ireland);
  });

  test('keeps itself: it cannot be deleted, outlives its stack, and can be restored in every region', () => {
    expect(DeletionPolicy).toBe('Retain');
    for (const replica of replicas) {
      expect(replica).toMatchObject({ DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    }
  });

  test('has the keys that the code writes, forgets what is past its time, and costs nothing at rest', () => {
    expect(Properties).toMatchObject({
      TableName: 'twinwatch',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('never waits for another region to write', () => {
    expect(deployment.home.text).not.toContain('MultiRegionConsistency');
  });
});

describe('the functions', () => {
  const namesIn = (stack: { all: typeof deployment.home.all }) => stack.all('AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName);

  test('a prober region has a prober and a watchdog', () => {
    expect(namesIn(deployment.in(ireland))).toEqual(['twinwatch-prober', 'twinwatch-watchdog', 'twinwatch-widget']);
    expect(namesIn(deployment.in(ohio))).toEqual(['twinwatch-prober', 'twinwatch-watchdog', 'twinwatch-widget']);
  });

  test('a witness has no prober', () => {
    expect(namesIn(deployment.in(frankfurt))).toEqual(['twinwatch-watchdog', 'twinwatch-widget']);
  });

  test('two regions need no witness', () => {
    expect(twoRegions.regions.map(({ region }) => region)).toEqual([ireland, ohio]);
    for (const stack of twoRegions.regions)
      expect(stack.all('AWS::CloudWatch::Alarm').filter(({ Properties }) => String(Properties.AlarmName).includes('-silent-'))).toHaveLength(4);
  });

  test('run on a runtime with years to live, and no function has reserved concurrency', () => {
    for (const stack of deployment.regions) {
      for (const { Properties } of stack.all('AWS::Lambda::Function')) {
        expect(Properties).toMatchObject({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          MemorySize: 256,
          Environment: { Variables: { UV_THREADPOOL_SIZE: '128', NODE_OPTIONS: '--max-semi-space-size=16' } },
        });
        expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
      }
    }
  });

  test.each([
    ['beats of a minute end before the next minute', 60_000, 55, 50],
    ['beats of 10 s loop until a successor takes over', 10_000, 120, 120],
  ])('with %s', (_case, beatIntervalMs, prober, watchdog) => {
    const stack = deploymentOf({ ...threeRegions, beatIntervalMs }).in(ireland);
    expect(stack.all('AWS::Lambda::Function').map(({ Properties }) => Properties.Timeout)).toEqual([prober, watchdog, 15]);
  });
});

describe('the schedules', () => {
  const schedules = deployment.regions.flatMap((stack) => stack.all('AWS::Scheduler::Schedule').map(({ Properties }) => ({ stack, Properties })));

  test('run every function once in every calendar minute', () => {
    expect(schedules).toHaveLength(5);
    for (const { Properties } of schedules) {
      expect(Properties).toMatchObject({
        ScheduleExpression: 'cron(* * * * ? *)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        State: 'ENABLED',
        GroupName: 'twinwatch',
      });
    }
  });

  test('never retry, and neither does the queue of Lambda', () => {
    for (const { Properties } of schedules) {
      expect(Properties.Target).toMatchObject({ RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } });
    }
    for (const stack of deployment.regions) {
      const configured = stack.all('AWS::Lambda::EventInvokeConfig');
      expect(configured).toHaveLength(stack.all('AWS::Lambda::Function').length);
      for (const { Properties } of configured) expect(Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
    }
  });

  test('tell the function for which minute it runs', () => {
    for (const { Properties } of schedules) {
      const { Input } = Properties.Target as { Input: string };
      const delayed = Properties.Name === 'twinwatch-watchdog' ? { delaySeconds: 30 } : {};
      expect(JSON.parse(Input)).toEqual({ kind: 'schedule', scheduledTime: '<aws.scheduler.scheduled-time>', ...delayed });
    }
  });
});

describe('the turn of a watchdog', () => {
  test('waits half a minute in a queue, so that a region gives a sign of life twice a minute', () => {
    for (const stack of deployment.regions) {
      const [queue, ...others] = stack.all('AWS::SQS::Queue').filter(({ Properties }) => Properties.QueueName === 'twinwatch-watchdog-turns');
      expect(others).toEqual([]);
      expect(queue!.Properties).toMatchObject({ DelaySeconds: 30, SqsManagedSseEnabled: true });
      const watchdog = stack.all('AWS::Lambda::Function').find(({ Properties }) => Properties.FunctionName === 'twinwatch-watchdog')!;
      const arn = { 'Fn::GetAtt': [queue!.id, 'Arn'] };
      expect(stack.one('AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
        EventSourceArn: arn,
        FunctionName: { Ref: watchdog.id },
        BatchSize: 1,
      });
      const schedule = stack.all('AWS::Scheduler::Schedule').find(({ Properties }) => Properties.Name === 'twinwatch-watchdog')!;
      expect(schedule.Properties.Target).toMatchObject({ Arn: arn });
    }
  });

  test('that failed, or waited too long, is not taken up again: it is out of sight until it is forgotten', () => {
    for (const stack of deployment.regions) {
      const { Properties } = stack.all('AWS::SQS::Queue').find((queue) => queue.Properties.QueueName === 'twinwatch-watchdog-turns')!;
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 60, VisibilityTimeout: 60 });
      const timeouts = stack.all('AWS::Lambda::Function').filter((one) => one.Properties.FunctionName === 'twinwatch-watchdog');
      for (const watchdog of timeouts) expect(watchdog.Properties.Timeout).toBeLessThanOrEqual(Number(Properties.VisibilityTimeout));
    }
  });

  test('waits for nothing where the watchdog looks every few seconds', () => {
    const looping = deploymentOf({ ...threeRegions, beatIntervalMs: 10_000 });
    for (const { text } of looping.regions) {
      for (const part of ['twinwatch-watchdog-turns', 'EventSourceMapping', 'delaySeconds']) expect(text).not.toContain(part);
    }
  });
});

describe('the roll-out', () => {
  test('goes home first, then region by region, the dashboard last', () => {
    expect([...deployment.after]).toEqual([
      ['twinwatch-home', []],
      ['twinwatch-eu-west-1', ['twinwatch-home']],
      ['twinwatch-us-east-2', ['twinwatch-eu-west-1']],
      ['twinwatch-eu-central-1', ['twinwatch-us-east-2']],
      ['twinwatch-dashboard', ['twinwatch-eu-central-1']],
    ]);
  });

  test('nothing refers to another region’s stack', () => {
    for (const { text } of everyStack) {
      for (const reference of ['Fn::ImportValue', 'Fn::GetStackOutput', '"Outputs"', 'Custom::']) {
        expect(text).not.toContain(reference);
      }
    }
  });

  test('nothing makes a custom resource, a bucket or a key on the side', () => {
    const kinds = new Set(everyStack.flatMap(({ text }) => [...text.matchAll(/"Type":"(AWS::[^"]+)"/g)].map(([, kind]) => kind)));
    expect([...kinds].filter((kind) => !kind!.startsWith('AWS::SSM')).sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::DynamoDB::GlobalTable',
      'AWS::IAM::Role',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::Logs::MetricFilter',
      'AWS::SNS::Subscription',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
      'AWS::Scheduler::Schedule',
      'AWS::Scheduler::ScheduleGroup',
    ]);
  });

  test('a channel gets everything, and has a filter policy only where messages are not for all', () => {
    const policiesOf = (config: Config) =>
      deploymentOf(config)
        .in(ireland)
        .all('AWS::SNS::Subscription')
        .map(({ Properties }) => [Properties.Endpoint, Properties.FilterPolicy]);
    expect(policiesOf(threeRegions)).toEqual([
      ['ops@example.com', {}],
      ['https://ops.example.com/hook', {}],
    ]);
    const routes = [{ channels: ['ops-mail'], goesOn: false, escalations: [] }];
    expect(policiesOf({ ...threeRegions, routes })).toEqual([
      ['ops@example.com', channelPolicy('ops-mail')],
      ['ops@example.com', undefined],
      ['https://ops.example.com/hook', channelPolicy('ops-hook')],
      ['https://ops.example.com/hook', undefined],
    ]);
  });

  test('a construct in a region that the configuration does not name says so', () => {
    const stack = new Stack(newApp(), 'elsewhere', { env: { account, region: 'ap-south-1' } });
    expect(() => new TwinwatchRegion(stack, 'Region', { config: threeRegions })).toThrow('is in "ap-south-1", which the configuration does not name');
  });
});
