import { functionVariables } from '../../src/core/names';
import { deploymentOf, frankfurt, ireland, ohio, threeRegions } from './assembly';
import { allows, rolesOf } from './policy';

const deployment = deploymentOf({
  ...threeRegions,
  channels: [
    ...threeRegions.channels,
    { kind: 'sms', name: 'phone', number: '+351210000000' },
    { kind: 'amazonq', name: 'team', topic: 'arn:aws:sns:eu-west-1:111122223333:ops-chat' },
    { kind: 'sqs', name: 'queue', queue: 'arn:aws:sqs:eu-west-1:111122223333:ops' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how references are written.
    { kind: 'pagerduty', name: 'pager', key: '${secret:twinwatch/pager}', url: 'https://events.pagerduty.com/v2/enqueue' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how references are written.
    { kind: 'slack', name: 'chat', url: '${secret:ssm:/twinwatch/slack}' },
  ],
});
const everywhere = [ireland, ohio, frankfurt];
const replica = (region: string) => `arn:aws:dynamodb:${region}:111122223333:table/twinwatch`;
const roleIn = (region: string) => rolesOf(deployment.in(region)).find(({ RoleName }) => RoleName === `twinwatch-relay-${region}`)!;
const relayIn = (region: string) =>
  deployment
    .in(region)
    .all('AWS::Lambda::Function')
    .find(({ Properties }) => Properties.FunctionName === 'twinwatch-relay');

it('stands in every region, once for all of its channels, and nowhere where SNS serves all', () => {
  expect(everywhere.map((region) => relayIn(region) !== undefined)).toEqual([true, true, true]);
  const none = deploymentOf();
  expect(none.regions.flatMap((stack) => stack.all('AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName))).not.toContain('twinwatch-relay');
});

it.each(everywhere)('in %s listens to its own topics, which alone may invoke it', (region) => {
  const stack = deployment.in(region);
  const relay = { 'Fn::GetAtt': [relayIn(region)!.id, 'Arn'] };
  const topics = stack.all('AWS::SNS::Topic').map(({ id }) => ({ Ref: id }));
  expect(stack.all('AWS::SNS::Topic').map(({ Properties }) => Properties.TopicName)).toEqual(['twinwatch-alerts', 'twinwatch-alarms']);
  const heardAt = (topic: (typeof topics)[number]) =>
    stack
      .all('AWS::SNS::Subscription')
      .filter(({ Properties: { TopicArn } }) => JSON.stringify(TopicArn) === JSON.stringify(topic))
      .map(({ Properties: { Protocol, Endpoint } }) => [Protocol, Endpoint]);
  for (const topic of topics) {
    expect(heardAt(topic)).toEqual([
      ['email', 'ops@example.com'],
      ['https', 'https://ops.example.com/hook'],
      ['sms', '+351210000000'],
      ['sqs', 'arn:aws:sqs:eu-west-1:111122223333:ops'],
      ['lambda', relay],
    ]);
  }
  const permissions = stack.all('AWS::Lambda::Permission').map(({ Properties }) => Properties);
  expect(permissions).toEqual(
    topics.map((topic) => ({ Action: 'lambda:InvokeFunction', FunctionName: relay, Principal: 'sns.amazonaws.com', SourceArn: topic })),
  );
});

it.each(everywhere)('in %s both topics sign as it wants it, before it is deployed itself', (region) => {
  const topics = deployment.in(region).all('AWS::SNS::Topic');
  expect(topics.map(({ Properties }) => Properties.SignatureVersion)).toEqual(['2', '2']);
  expect(relayIn(region)!.DependsOn).toEqual(expect.arrayContaining(topics.map(({ id }) => id)));
  expect(relayIn(region)!.Properties.Environment).toEqual({ Variables: functionVariables });
});

it('and so does the only topic where nothing is filtered', () => {
  for (const stack of deploymentOf().regions) expect(stack.one('AWS::SNS::Topic').Properties.SignatureVersion).toBe('2');
});

it.each(everywhere)('in %s may read logs at home, write its own, read its secrets, and nothing else', (region) => {
  const { statements } = roleIn(region);
  const may = (action: string, where: string, partition?: string) =>
    allows(statements, { action, resource: replica(where), keys: partition === undefined ? {} : { 'dynamodb:LeadingKeys': [partition] } });
  for (const of of everywhere) {
    expect(may('dynamodb:Query', region, `LOG#${of}#2026-11`)).toBe(true);
    expect(may('dynamodb:PutItem', region, `LOG#${of}#2026-11`)).toBe(of === region);
    if (of !== region) expect(may('dynamodb:PutItem', of, `LOG#${region}@${of}#2026-11`)).toBe(true);
    if (of !== region) expect(may('dynamodb:PutItem', of, `LOG#${region}#2026-11`)).toBe(false);
    if (of !== region) expect(may('dynamodb:Query', of, `LOG#${of}#2026-11`)).toBe(false);
  }
  for (const partition of [`HEAD#${region}`, `WATCH#${region}`, `PING#${region}`, `LOG#${region}0#2026-11`, '*'])
    for (const action of ['dynamodb:PutItem', 'dynamodb:Query'])
      expect([partition, action, may(action, region, partition) && !partition.startsWith('LOG')]).toEqual([partition, action, false]);
  expect(may('dynamodb:Query', region)).toBe(false);
  const mayRead = (action: string, resource: string) => allows(statements, { action, resource });
  expect(mayRead('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${region}:111122223333:secret:twinwatch/pager-a1B2c3`)).toBe(true);
  expect(mayRead('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${region}:111122223333:secret:twinwatch/other-a1B2c3`)).toBe(false);
  expect(mayRead('ssm:GetParameter', `arn:aws:ssm:${region}:111122223333:parameter/twinwatch/slack`)).toBe(true);
  expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([
    'dynamodb:PutItem',
    'dynamodb:PutItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'secretsmanager:GetSecretValue',
    'sns:Publish',
    'ssm:GetParameter',
  ]);
  expect(mayRead('sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:ops-chat')).toBe(true);
  expect(mayRead('sns:Publish', `arn:aws:sns:${region}:111122223333:twinwatch-alerts`)).toBe(false);
});

it.each(everywhere)('in %s its watchdog may hand messages to it, and nobody else may', (region) => {
  const arn = (of: string) => `arn:aws:lambda:${of}:111122223333:function:twinwatch-relay`;
  for (const stack of deployment.regions)
    for (const { RoleName, statements } of rolesOf(stack))
      expect([RoleName, allows(statements, { action: 'lambda:InvokeFunction', resource: arn(region) })]).toEqual([
        RoleName,
        RoleName === `twinwatch-watchdog-${region}`,
      ]);
});

it('no template holds a key, and none of the other functions may read one', () => {
  for (const stack of deployment.regions)
    for (const { RoleName, statements } of rolesOf(stack))
      if (!RoleName.includes('relay')) expect(JSON.stringify(statements)).not.toMatch(/secretsmanager|ssm:/);
});
