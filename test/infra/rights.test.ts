import { type RegionId, regionId, slotAt } from '../../src/core/basics/brand';
import { functionArn, topicArn } from '../../src/core/names';
import { beatKey, beginningsKey, claimKey, headKey, hourKey, itemKinds, logKey, onlyShard, rosterKey, watchKey, writerAt } from '../../src/core/table';
import { account, deploymentOf, frankfurt, ireland, ohio, threeRegions } from './assembly';
import { allows, type RoleDeployed, rolesOf } from './policy';

const deployment = deploymentOf();
const replica = (region: string) => `arn:aws:dynamodb:${region}:${account}:table/twinwatch`;
const allRoles = deployment.regions.flatMap((stack) => rolesOf(stack).map((role) => ({ role, region: stack.region })));
/** Of those that run by themselves. */
const functionRoles = allRoles.filter(({ role }) => /-(prober|watchdog)-(?!schedule)/.test(role.RoleName));
const scheduleRoles = allRoles.filter(({ role }) => role.RoleName.includes('schedule'));
const proberOfIreland = rolesOf(deployment.in(ireland)).find(({ RoleName }) => RoleName === 'twinwatch-prober-eu-west-1')!;

const mayPut = (role: RoleDeployed, where: string, ...partitions: string[]) =>
  allows(role.statements, { action: 'dynamodb:PutItem', resource: replica(where), keys: { 'dynamodb:LeadingKeys': partitions } });

test('every function and every schedule has a role of its own, named after its region', () => {
  expect(allRoles.map(({ role }) => role.RoleName).sort()).toEqual([
    'twinwatch-prober-eu-west-1',
    'twinwatch-prober-schedule-eu-west-1',
    'twinwatch-prober-schedule-us-east-2',
    'twinwatch-prober-us-east-2',
    'twinwatch-watchdog-eu-central-1',
    'twinwatch-watchdog-eu-west-1',
    'twinwatch-watchdog-schedule-eu-central-1',
    'twinwatch-watchdog-schedule-eu-west-1',
    'twinwatch-watchdog-schedule-us-east-2',
    'twinwatch-watchdog-us-east-2',
    'twinwatch-widget-eu-central-1',
    'twinwatch-widget-eu-west-1',
    'twinwatch-widget-us-east-2',
  ]);
});

const everywhere = [ireland, ohio, frankfurt];
const someTime = slotAt(1_795_000_000);

/** The partitions that a function of a region writes in a replica, by how the functions make their keys. */
function writtenBy(roleName: string, region: RegionId, replica: RegionId): readonly string[] {
  const writer = writerAt(region, replica);
  const log = logKey(writer, '2026-11', 1).pk;
  if (!roleName.includes('watchdog')) {
    const claim = replica === region ? [claimKey(writer, onlyShard).pk] : [];
    return [...claim, headKey(writer, onlyShard).pk, beatKey(writer, onlyShard, someTime).pk, rosterKey(writer, 'c0ffee').pk, log];
  }
  if (region === frankfurt) return [watchKey(writer).pk, log];
  return [watchKey(writer).pk, log, hourKey(writer, someTime, { revision: 0, part: 0 }).pk, beginningsKey(writer).pk, rosterKey(writer, 'c0ffee').pk];
}

const everyKey = functionRoles.flatMap(({ role, region }) => everywhere.flatMap((replica) => writtenBy(role.RoleName, regionId(region), replica)));

describe('a role can write only what its function writes, under its own region’s name', () => {
  const roles = functionRoles.map(({ role, region }) => [role.RoleName, regionId(region), role] as const);

  test.each(roles)('%s writes the items of %s that are its own, in each replica under the key that says so, and no others', (name, region, role) => {
    for (const replica of everywhere) {
      const own = writtenBy(name, region, replica);
      for (const partition of everyKey) expect([partition, replica, mayPut(role, replica, partition)]).toEqual([partition, replica, own.includes(partition)]);
    }
  });

  test.each(roles)('%s writes nothing of a region that is not %s', (_name, region, role) => {
    const ofOthers = everyKey.filter((partition) => partition.split(/[#@]/)[1] !== region);
    expect(ofOthers.length).toBeGreaterThan(20);
    for (const replica of everywhere)
      for (const partition of ofOthers) expect([partition, replica, mayPut(role, replica, partition)]).toEqual([partition, replica, false]);
  });

  test.each([
    ['a region whose name only begins alike', 'HEAD#eu-west-10'],
    ['a beat of such a region', 'BEAT#eu-west-10#0#2026-11-21T04'],
    ['a kind that nobody knows', 'SECRET#eu-west-1'],
    ['no kind at all', 'eu-west-1'],
    ['everything', '*'],
  ])('%s is not its own', (_case, partition) => {
    expect(mayPut(proberOfIreland, ireland, partition)).toBe(false);
  });

  test('one foreign key among its own spoils the call', () => {
    expect(mayPut(proberOfIreland, ireland, 'HEAD#eu-west-1', 'HEAD#us-east-2')).toBe(false);
  });

  test('a call that names no key is refused', () => {
    expect(allows(proberOfIreland.statements, { action: 'dynamodb:PutItem', resource: replica(ireland) })).toBe(false);
  });

  test('no kind of item is forgotten, but for pings, which only an inbox writes, and orders, which operators give', () => {
    const inIreland = functionRoles.filter(({ region }) => region === ireland);
    for (const kind of itemKinds.filter((each) => each !== 'PING' && each !== 'ORDER'))
      expect([kind, inIreland.some(({ role }) => mayPut(role, ireland, `${kind}#eu-west-1`))]).toEqual([kind, true]);
  });
});

test.each(functionRoles.map(({ role }) => [role.RoleName, role] as const))('%s reads every replica, tells every topic, and deletes nothing', (_name, role) => {
  const may = (action: string, resource: string) => allows(role.statements, { action, resource });
  for (const region of [ireland, ohio, frankfurt]) {
    for (const read of ['BatchGetItem', 'Query']) expect(may(`dynamodb:${read}`, replica(region))).toBe(true);
    for (const other of ['GetItem', 'DeleteItem', 'UpdateItem', 'BatchWriteItem', 'Scan', 'DeleteTable'])
      expect(may(`dynamodb:${other}`, replica(region))).toBe(false);
    expect(may('sns:Publish', topicArn(account, region))).toBe(true);
  }
  expect(may('sns:Publish', `arn:aws:sns:eu-west-1:${account}:somebody-elses`)).toBe(false);
  expect(may('dynamodb:Query', `arn:aws:dynamodb:eu-west-1:${account}:table/somebody-elses`)).toBe(false);
});

describe('a poke', () => {
  const mayInvoke = (role: RoleDeployed, arn: string) => allows(role.statements, { action: 'lambda:InvokeFunction', resource: arn });

  const probers = [ireland, ohio];

  test.each([
    'twinwatch-prober-eu-west-1',
    'twinwatch-prober-us-east-2',
    'twinwatch-watchdog-eu-west-1',
    'twinwatch-watchdog-us-east-2',
    'twinwatch-watchdog-eu-central-1',
  ])('%s may invoke every prober and no other function', (name) => {
    const { role } = functionRoles.find((candidate) => candidate.role.RoleName === name)!;
    for (const region of [ireland, ohio, frankfurt]) {
      expect([region, mayInvoke(role, functionArn(account, region, 'prober'))]).toEqual([region, probers.includes(region)]);
      expect(mayInvoke(role, functionArn(account, region, 'watchdog'))).toBe(false);
    }
    expect(mayInvoke(role, `${functionArn(account, ohio, 'prober')}:7`)).toBe(false);
    expect(mayInvoke(role, functionArn('444455556666', ohio, 'prober'))).toBe(false);
    expect(mayInvoke(role, `arn:aws:lambda:us-east-2:${account}:function:somebody-elses`)).toBe(false);
    expect(role.statements.flatMap(({ Action }) => Action).filter((action) => action.startsWith('lambda:'))).toEqual(['lambda:InvokeFunction']);
  });

  test('reaches a function that is deployed under just that name', () => {
    const names = deployment.in(ohio).all('AWS::Lambda::Function');
    expect(names.map(({ Properties }) => `arn:aws:lambda:us-east-2:${account}:function:${Properties.FunctionName}`)).toContain(
      functionArn(account, ohio, 'prober'),
    );
  });
});

test('a watchdog takes its own turns out of their queue, and puts none in; a prober touches no queue', () => {
  for (const { role, region } of functionRoles) {
    const may = (action: string, queue: string) => allows(role.statements, { action: `sqs:${action}`, resource: `arn:aws:sqs:${region}:${account}:${queue}` });
    const isWatchdog = role.RoleName.includes('watchdog');
    for (const taking of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
      expect(may(taking, 'twinwatch-watchdog-turns')).toBe(isWatchdog);
      expect(may(taking, 'twinwatch-undelivered')).toBe(false);
    }
    expect(may('SendMessage', 'twinwatch-watchdog-turns')).toBe(false);
  }
});

test('beats are published into the namespace of twinwatch and no other', () => {
  const publish = (namespace: string) => ({ action: 'cloudwatch:PutMetricData', resource: '*', keys: { 'cloudwatch:namespace': [namespace] } });
  for (const { role } of functionRoles) {
    expect(allows(role.statements, publish('twinwatch'))).toBe(true);
    expect(allows(role.statements, publish('AWS/Billing'))).toBe(false);
  }
});

test('a function logs into its own log group, which forgets after a while', () => {
  for (const stack of deployment.regions) {
    const groups = stack.all('AWS::Logs::LogGroup');
    for (const { Properties } of stack.all('AWS::Lambda::Function')) {
      const group = groups.find(({ Properties: { LogGroupName } }) => LogGroupName === `/aws/lambda/${Properties.FunctionName}`)!;
      expect(group.Properties.RetentionInDays).toBe(30);
      expect(Properties.LoggingConfig).toMatchObject({ LogGroup: { Ref: group.id } });
      const role = rolesOf(stack).find(({ RoleName }) => RoleName === `${Properties.FunctionName}-${stack.region}`)!;
      for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) {
        expect(allows(role.statements, { action, resource: { 'Fn::GetAtt': [group.id, 'Arn'] } })).toBe(true);
      }
      expect(Properties.Role).toEqual({ 'Fn::GetAtt': [role.id, 'Arn'] });
    }
  }
});

test('no right is a wildcard, but for the metrics, which AWS has no resource for', () => {
  for (const { role } of allRoles) {
    for (const { Action, Resource } of role.statements) {
      expect(JSON.stringify(Action)).not.toContain('*');
      if (Action !== 'cloudwatch:PutMetricData') expect(JSON.stringify(Resource)).not.toContain('*');
    }
  }
});

test('a schedule may reach exactly its function, or the queue where its turn waits, and only schedules of its group may take its role', () => {
  for (const stack of deployment.regions) {
    const group = stack.one('AWS::Scheduler::ScheduleGroup');
    for (const { Properties } of stack.all('AWS::Scheduler::Schedule')) {
      const { Arn: target, RoleArn: roleArn } = Properties.Target as { Arn: unknown; RoleArn: { 'Fn::GetAtt': [string, string] } };
      const role = rolesOf(stack).find(({ id }) => id === roleArn['Fn::GetAtt'][0])!;
      const action = Properties.Name === 'twinwatch-watchdog' ? 'sqs:SendMessage' : 'lambda:InvokeFunction';
      expect(role.statements).toEqual([{ Effect: 'Allow', Action: action, Resource: target }]);
      expect(role.AssumeRolePolicyDocument.Statement).toEqual([
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': { 'Fn::GetAtt': [group.id, 'Arn'] } } },
        },
      ]);
    }
  }
  expect(scheduleRoles).toHaveLength(5);
});

test('the rights of a role fit into what IAM takes, with nine probers and a witness as well', () => {
  const probers = ['eu-west-1', 'eu-west-2', 'eu-north-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'ap-southeast-2', 'ap-northeast-1', 'sa-east-1'].map(
    regionId,
  );
  const wide = deploymentOf({ ...threeRegions, regions: { probers, witness: frankfurt } });
  const lengths = wide.regions.flatMap((stack) =>
    rolesOf(stack).map(({ Policies }) => JSON.stringify(Policies.map(({ PolicyDocument }) => PolicyDocument)).length),
  );
  expect(Math.max(...lengths)).toBeLessThan(10_240);
});
