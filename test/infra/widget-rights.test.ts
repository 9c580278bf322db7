/** Calls that a widget really makes, held against the role that is deployed for it. */
import { isoTime, minute } from '../../src/core/basics/time';
import { itemKinds } from '../../src/core/table';
import { runProber } from '../../src/engine/invocation';
import { answerWidget } from '../../src/engine/widget';
import { at, config, monitor, west } from '../core/builders';
import { smallWorld, timeLeft } from '../engine/small-world';
import { account, deploymentOf, frankfurt, ireland, ohio } from './assembly';
import { allows, type Call, rolesOf } from './policy';
import { notingReplica, replicaArn } from './recorded-calls';

const everywhere = [ireland, ohio, frankfurt];
const deployment = deploymentOf();
const roleIn = (region: string) => rolesOf(deployment.in(region)).find(({ RoleName }) => RoleName === `twinwatch-widget-${region}`)!;
const partitionsOf = ({ keys }: Call) => keys!['dynamodb:LeadingKeys']!;

const before = config({ hash: 'before', beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });
const after = { ...before, hash: 'after' };

/** What the widget of a region asks where another configuration was at work an hour ago. */
async function made(): Promise<readonly Call[]> {
  const small = smallWorld({ config: before, now: at('00:10') });
  await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: timeLeft(small, 10_000) });
  const calls: Call[] = [];
  const replica = notingReplica(small.world.ports.replica(west), (action, resource, keys) =>
    calls.push({ action, resource, ...(keys === undefined ? {} : { keys }) }),
  );
  await answerWidget({ region: west, config: after, clock: small.world.ports.clock, replica }, {});
  return calls;
}

test('everything that a widget asks for is allowed to it, and nothing is allowed that it never asks for', async () => {
  const calls = await made();
  const { statements } = roleIn(ireland);
  expect(calls.length).toBeGreaterThan(8);
  expect(calls.filter((call) => !allows(statements, call))).toEqual([]);
  const asked = new Set(calls.flatMap(partitionsOf).map((partition) => partition.split('#')[0]!));
  const readable = itemKinds.filter((kind) =>
    allows(statements, { action: 'dynamodb:Query', resource: replicaArn(ireland), keys: { 'dynamodb:LeadingKeys': [`${kind}#eu-west-1`] } }),
  );
  expect([...asked].sort()).toEqual([...readable].sort());
  const granted = statements.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('logs:'));
  expect([...new Set(granted)].sort()).toEqual([...new Set(calls.map(({ action }) => action))].sort());
});

test.each(everywhere)('the widget of %s reads the replica of its own region alone, and no pings', (region) => {
  const { statements } = roleIn(region);
  const may = (where: string, partition: string, action = 'dynamodb:Query') =>
    allows(statements, { action, resource: replicaArn(where), keys: { 'dynamodb:LeadingKeys': [partition] } });
  for (const where of everywhere) expect(may(where, 'HEAD#us-east-2')).toBe(where === region);
  expect(may(region, `PING#${region}`)).toBe(false);
  expect(may(region, `PING#${region}#nightly-backup`)).toBe(false);
  expect(allows(statements, { action: 'dynamodb:Query', resource: replicaArn(region) })).toBe(false);
});

test.each(everywhere)('the widget of %s writes nothing but its log, tells nobody and invokes nothing', (region) => {
  const { statements, AssumeRolePolicyDocument } = roleIn(region);
  const actions = statements.flatMap(({ Action }) => Action);
  expect([...actions].sort()).toEqual(['dynamodb:BatchGetItem', 'dynamodb:Query', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  expect(AssumeRolePolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }]);
});

test('nobody is let in: whoever looks needs the right to invoke it', () => {
  for (const stack of deployment.regions) expect(stack.all('AWS::Lambda::Permission').map(({ Properties }) => JSON.stringify(Properties))).toEqual([]);
  expect(deployment.dashboard.text).toContain(`arn:aws:lambda:eu-west-1:${account}:function:twinwatch-widget`);
});
