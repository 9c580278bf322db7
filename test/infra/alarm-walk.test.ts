import { readFileSync } from 'node:fs';
import { type FilterPolicy, isWanted } from '../../local/aws/filter-policy';
import { failedRound } from '../../src/core/failed-round';
import { beatMetricDimensions, beatMetricName, functionRoles, metricNamespace } from '../../src/core/names';
import { account, type Deployed, deploymentOf, type Resource, threeRegions, type Value } from './assembly';
import { allows, rolesOf, type Statement } from './policy';

const deployment = deploymentOf();
const everyAlarm = [deployment.home, ...deployment.regions, deployment.dashboard].flatMap((stack) =>
  stack.all('AWS::CloudWatch::Alarm').map((alarm) => [String(alarm.Properties.AlarmName), stack.region, alarm, stack] as const),
);
const isOnSilence = ({ Properties }: Resource): boolean => String(Properties.AlarmName).includes('-silent-');
/** What fails says only that it does: an alarm that is new comes from no data to OK, and each deployment would tell of all of them. */
const statesOf = (alarm: Resource) => (isOnSilence(alarm) ? (['AlarmActions', 'OKActions', 'InsufficientDataActions'] as const) : (['AlarmActions'] as const));
const referred = (value: Value, stack: Deployed, type: string): Resource | undefined =>
  stack.all(type).find(({ id }) => id === (value as { Ref?: string }).Ref);

/** What is in the way of an alarm's words, from what it measures to the people who hear it. */
function obstacles(alarm: Resource, stack: Deployed): readonly string[] {
  return [...(isOnSilence(alarm) ? measured(alarm) : counted(alarm, stack)), ...statesOf(alarm).flatMap((state) => actionObstacles(alarm, stack, state))];
}

/** A metric that no deployed function may publish here would never be anything but missing. */
function measured({ Properties }: Resource): readonly string[] {
  const { Namespace, MetricName, Dimensions, ActionsEnabled } = Properties;
  const published = deployment.regions.flatMap((stack) => functionRoles.map((role) => beatMetricDimensions(role, stack.region as never)));
  const wanted = Object.fromEntries((Dimensions as unknown as readonly { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]));
  const isPublished = MetricName === beatMetricName && published.some((dimensions) => JSON.stringify(dimensions) === JSON.stringify(wanted));
  const publishers = deployment.regions
    .filter(({ region }) => region === wanted.Region)
    .flatMap(rolesOf)
    .filter(({ RoleName }) => RoleName === `twinwatch-${wanted.Function}-${wanted.Region}`);
  const mayPublish = publishers.some(({ statements }) =>
    allows(statements, { action: 'cloudwatch:PutMetricData', resource: '*', keys: { 'cloudwatch:namespace': [String(Namespace)] } }),
  );
  return [
    ...(ActionsEnabled === false ? ['its actions are off'] : []),
    ...(Namespace === metricNamespace && isPublished ? [] : ['nobody publishes what it measures']),
    ...(mayPublish ? [] : ['whom it hears may not publish']),
  ];
}

/** Where AWS counts, by the name of the dimension: what must stand in the stack under that name, or it counts nothing for ever. */
const countedOf: Readonly<Record<string, readonly [namespace: string, type: string, name: string, metrics: readonly string[]]>> = {
  FunctionName: ['AWS/Lambda', 'AWS::Lambda::Function', 'FunctionName', ['Errors', 'Throttles', 'AsyncEventsDropped']],
  QueueName: ['AWS/SQS', 'AWS::SQS::Queue', 'QueueName', ['ApproximateNumberOfMessagesVisible']],
  TopicName: ['AWS/SNS', 'AWS::SNS::Topic', 'TopicName', ['NumberOfNotificationsFailed']],
};

/** No data is no trouble, so it must come from something that is there and is counted. */
function counted({ Properties }: Resource, stack: Deployed): readonly string[] {
  const { Namespace, MetricName, Dimensions = [], Threshold, ComparisonOperator, TreatMissingData, ActionsEnabled } = Properties;
  const [dimension, ...others] = Dimensions as unknown as readonly { Name: string; Value: string }[];
  const isLoud = Threshold === 1 && ComparisonOperator === 'GreaterThanOrEqualToThreshold' && TreatMissingData === 'notBreaching';
  const wanted = countedOf[dimension?.Name ?? ''];
  const isThere =
    dimension === undefined
      ? countsInLog(stack, String(Namespace), String(MetricName))
      : wanted !== undefined &&
        others.length === 0 &&
        Namespace === wanted[0] &&
        wanted[3].includes(String(MetricName)) &&
        stack.all(wanted[1]).some(({ Properties: { [wanted[2]]: name } }) => name === dimension.Value);
  return [
    ...(ActionsEnabled === false ? ['its actions are off'] : []),
    ...(isLoud ? [] : ['one failure would not be counted']),
    ...(isThere ? [] : ['nothing of its stack is counted so']),
  ];
}

/** A filter over the log of a function that is there, for words that the function really notes. */
function countsInLog(stack: Deployed, namespace: string, metric: string): boolean {
  return stack.all('AWS::Logs::MetricFilter').some(({ Properties: { FilterPattern, LogGroupName, MetricTransformations } }) => {
    const [counts] = MetricTransformations as unknown as readonly { MetricNamespace: string; MetricName: string; MetricValue: string }[];
    const log = referred(LogGroupName!, stack, 'AWS::Logs::LogGroup');
    const isOfProber = log?.Properties.LogGroupName === '/aws/lambda/twinwatch-prober';
    const isNoted = Object.values(failedRound).every((words) => String(FilterPattern).includes(`?"${words}"`));
    return counts?.MetricNamespace === namespace && counts.MetricName === metric && counts.MetricValue === '1' && isOfProber && isNoted;
  });
}

function actionObstacles({ Properties }: Resource, stack: Deployed, state: 'AlarmActions' | 'OKActions' | 'InsufficientDataActions'): readonly string[] {
  const actions = (Properties[state] ?? []) as readonly Value[];
  if (actions.length === 0) return [`${state} are none`];
  return actions.flatMap((action) => {
    const topic = referred(action, stack, 'AWS::SNS::Topic');
    if (topic === undefined) return [`${state} lead out of the stack`];
    const own = `arn:aws:cloudwatch:${stack.region}:${account}:alarm:${String(Properties.AlarmName)}`;
    const subscribed = stack
      .all('AWS::SNS::Subscription')
      .filter((subscription) => referred(subscription.Properties.TopicArn!, stack, 'AWS::SNS::Topic') === topic);
    return [
      ...(mayTell(own, topic, stack) ? [] : [`the topic of ${state} does not let it publish`]),
      ...(subscribed.length === threeRegions.channels.length ? [] : [`not every channel hears ${state}`]),
      ...(subscribed.every(({ Properties: { FilterPolicy } }) => isWanted(FilterPolicy as FilterPolicy | undefined, {}))
        ? []
        : ['a filter drops what alarms say, which has no attributes']),
    ];
  });
}

function mayTell(alarmArn: string, { id }: Resource, stack: Deployed): boolean {
  const policies = stack.all('AWS::SNS::TopicPolicy').filter(({ Properties: { Topics } }) => JSON.stringify(Topics).includes(`{"Ref":"${id}"}`));
  const statements = policies.flatMap(({ Properties }) => (Properties.PolicyDocument as unknown as { Statement: readonly Statement[] }).Statement);
  const forCloudWatch = statements.filter(({ Principal }) => Principal === '*' || JSON.stringify(Principal) === '{"Service":"cloudwatch.amazonaws.com"}');
  const keys = { 'aws:SourceArn': [alarmArn], 'aws:SourceAccount': [account], 'aws:SecureTransport': ['true'] };
  return allows(forCloudWatch, { action: 'sns:Publish', resource: { Ref: id }, keys });
}

const ofTrouble = [
  'twinwatch-notifications-fail',
  'twinwatch-prober-fails',
  'twinwatch-prober-throttled',
  'twinwatch-rounds-fail',
  'twinwatch-undelivered',
  'twinwatch-watchdog-fails',
];

describe('what an alarm says reaches people: what it measures is published, its topic takes it, every channel is subscribed', () => {
  test.each(everyAlarm)('%s in %s', (_name, _region, alarm, stack) => {
    expect(obstacles(alarm, stack)).toEqual([]);
  });

  test.each(everyAlarm)('%s in %s names a section of the runbook that is there', (_name, _region, { Properties }) => {
    const [, section] = /docs\/runbook\.md#([a-z-]+)$/.exec(String(Properties.AlarmDescription)) ?? [];
    expect(readFileSync('docs/runbook.md', 'utf8')).toContain(`\n## ${section}\n`);
  });

  test('of every function in every region, and of what fails in each', () => {
    expect(everyAlarm.filter(([, , alarm]) => isOnSilence(alarm))).toHaveLength(15);
    expect(
      everyAlarm
        .filter(([, region, alarm]) => region === 'eu-west-1' && !isOnSilence(alarm))
        .map(([name]) => name)
        .sort(),
    ).toEqual(ofTrouble);
    expect(everyAlarm.filter(([, region, alarm]) => region === 'eu-central-1' && !isOnSilence(alarm))).toHaveLength(4);
  });
});

test('a relay, where there is one, is missed when it fails, and when it loses a message', () => {
  const chat = { kind: 'slack', name: 'chat', url: `\${secret:ssm:/twinwatch/slack}` } as const;
  for (const stack of deploymentOf({ ...threeRegions, channels: [...threeRegions.channels, chat] }).regions) {
    const ofRelay = stack.all('AWS::CloudWatch::Alarm').filter(({ Properties }) => String(Properties.AlarmName).startsWith('twinwatch-relay-'));
    expect(ofRelay.map(({ Properties }) => Properties.MetricName).sort()).toEqual(['AsyncEventsDropped', 'Errors']);
    for (const alarm of ofRelay) expect(counted(alarm, stack)).toEqual([]);
  }
});

test('where messages are filtered, alarms have a topic of their own, at which nobody has a filter policy', () => {
  const routes = [{ channels: ['ops-mail'], goesOn: false, escalations: [] }];
  for (const stack of deploymentOf({ ...threeRegions, routes }).regions) {
    const alarms = stack.all('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(4);
    for (const alarm of alarms) expect(statesOf(alarm).flatMap((state) => actionObstacles(alarm, stack, state))).toEqual([]);
    const topics = new Set(
      alarms.map(({ Properties }) => referred((Properties.AlarmActions as readonly Value[])[0]!, stack, 'AWS::SNS::Topic')!.Properties.TopicName),
    );
    expect([...topics]).toEqual(['twinwatch-alarms']);
    const ofTopics = alarms.filter(({ Properties }) => Properties.Namespace === 'AWS/SNS');
    expect(ofTopics.map(({ Properties: { Dimensions } }) => (Dimensions as unknown as readonly { Value: string }[])[0]?.Value)).toEqual([
      'twinwatch-alerts',
      'twinwatch-alarms',
    ]);
    for (const alarm of ofTopics) expect(counted(alarm, stack)).toEqual([]);
  }
});

describe('an alarm on deaf ears is noticed', () => {
  const [, , alarm, stack] = everyAlarm[0]!;
  const changed = (properties: Readonly<Record<string, Value>>): Resource => ({ ...alarm, Properties: { ...alarm.Properties, ...properties } });

  test.each([
    ['nothing is done when it fires', { AlarmActions: [] }, 'AlarmActions are none'],
    ['it tells the topic of somebody else', { OKActions: ['arn:aws:sns:us-east-2:111122223333:twinwatch-alerts'] }, 'OKActions lead out of the stack'],
    ['its actions are off', { ActionsEnabled: false }, 'its actions are off'],
    ['nobody publishes its metric', { MetricName: 'Heartbeat' }, 'nobody publishes what it measures'],
    ['its metric is of another namespace', { Namespace: 'AWS/Lambda' }, 'whom it hears may not publish'],
  ])('where %s', (_case, properties, obstacle) => {
    expect(obstacles(changed(properties), stack)).toContain(obstacle);
  });

  const [, , onErrors, there] = everyAlarm.find(([name]) => name === 'twinwatch-prober-fails')!;
  const [, , onRounds] = everyAlarm.find(([name]) => name === 'twinwatch-rounds-fail')!;
  const named = (Name: string, Value: string) => ({ Dimensions: [{ Name, Value }] });
  test.each([
    ['counts a function that is not deployed', onErrors, named('FunctionName', 'twinwatch-probe')],
    ['counts what AWS does not', onErrors, { MetricName: 'Failures' }],
    ['counts in words that no log has', onRounds, { MetricName: 'FailedRound' }],
  ])('where one on trouble %s', (_case, of, properties) => {
    expect(obstacles({ ...of, Properties: { ...of.Properties, ...properties } }, there)).toContain('nothing of its stack is counted so');
  });

  test('where one on trouble needs two failures at once', () => {
    expect(obstacles({ ...onErrors, Properties: { ...onErrors.Properties, Threshold: 2 } }, there)).toContain('one failure would not be counted');
  });

  test('where the topic has no word for CloudWatch', () => {
    const silent: Deployed = { ...stack, all: (type) => (type === 'AWS::SNS::TopicPolicy' ? [] : stack.all(type)) };
    expect(obstacles(alarm, silent)).toContain('the topic of AlarmActions does not let it publish');
  });

  test('where a channel takes only what names it', () => {
    const picky = stack.all('AWS::SNS::Subscription').map((one) => ({ ...one, Properties: { ...one.Properties, FilterPolicy: { channels: ['ops-mail'] } } }));
    const deaf: Deployed = { ...stack, all: (type) => (type === 'AWS::SNS::Subscription' ? picky : stack.all(type)) };
    expect(obstacles(alarm, deaf)).toContain('a filter drops what alarms say, which has no attributes');
  });

  test('where a channel is not subscribed', () => {
    const fewer: Deployed = { ...stack, all: (type) => (type === 'AWS::SNS::Subscription' ? stack.all(type).slice(1) : stack.all(type)) };
    expect(obstacles(alarm, fewer)).toContain('not every channel hears AlarmActions');
  });
});
