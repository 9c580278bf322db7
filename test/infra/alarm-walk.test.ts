import { beatMetricDimensions, beatMetricName, functionRoles, metricNamespace } from '../../src/core/names';
import { account, type Deployed, deploymentOf, type Resource, threeRegions, type Value } from './assembly';
import { allows, rolesOf, type Statement } from './policy';

const deployment = deploymentOf();
const everyAlarm = [deployment.home, ...deployment.regions, deployment.dashboard].flatMap((stack) =>
  stack.all('AWS::CloudWatch::Alarm').map((alarm) => [String(alarm.Properties.AlarmName), stack.region, alarm, stack] as const),
);
const states = ['AlarmActions', 'OKActions', 'InsufficientDataActions'] as const;
const referred = (value: Value, stack: Deployed, type: string): Resource | undefined =>
  stack.all(type).find(({ id }) => id === (value as { Ref?: string }).Ref);

/** What is in the way of an alarm's words, from what it measures to the people who hear it. */
function obstacles(alarm: Resource, stack: Deployed): readonly string[] {
  return [...measured(alarm), ...states.flatMap((state) => actionObstacles(alarm, stack, state))];
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

function actionObstacles({ Properties }: Resource, stack: Deployed, state: (typeof states)[number]): readonly string[] {
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
      ...(subscribed.every(({ Properties: { FilterPolicy } }) => FilterPolicy === undefined)
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

describe('what an alarm says reaches people: what it measures is published, its topic takes it, every channel is subscribed', () => {
  test.each(everyAlarm)('%s in %s', (_name, _region, alarm, stack) => {
    expect(obstacles(alarm, stack)).toEqual([]);
  });

  test('of every function in every region', () => {
    expect(everyAlarm).toHaveLength(15);
  });
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

  test('where the topic has no word for CloudWatch', () => {
    const silent: Deployed = { ...stack, all: (type) => (type === 'AWS::SNS::TopicPolicy' ? [] : stack.all(type)) };
    expect(obstacles(alarm, silent)).toContain('the topic of AlarmActions does not let it publish');
  });

  test('where a channel is not subscribed', () => {
    const fewer: Deployed = { ...stack, all: (type) => (type === 'AWS::SNS::Subscription' ? stack.all(type).slice(1) : stack.all(type)) };
    expect(obstacles(alarm, fewer)).toContain('not every channel hears AlarmActions');
  });
});
