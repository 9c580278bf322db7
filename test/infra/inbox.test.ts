import { monitorHash, monitorId } from '../../src/core/basics/brand';
import type { Monitor } from '../../src/core/config/config';
import { inboxCanaryKey, pingKey, pingLogKey, writerAt } from '../../src/core/table';
import { at } from '../core/builders';
import { account, deploymentOf, frankfurt, ireland, ohio, threeRegions } from './assembly';
import { allows, rolesOf } from './policy';

const backup: Monitor = {
  id: monitorId('backup'),
  hash: monitorHash('00000000000a'),
  intervalMs: 60_000,
  timeoutMs: 10_000,
  downAfter: 1,
  upAfter: 1,
  severity: 'page',
  regionsToPage: 'majority',
  target: 'pings us every 1h',
  probe: { kind: 'heartbeat', token: 'f00dfeed-0123-4567-89ab', times: { kind: 'every', everyMs: 3_600_000 }, graceMs: 300_000 },
};
const deployment = deploymentOf({ ...threeRegions, monitors: [backup] });
const functionIn = (region: string, name: string) =>
  deployment
    .in(region)
    .all('AWS::Lambda::Function')
    .find(({ Properties }) => Properties.FunctionName === name);
const roleIn = (region: string) => rolesOf(deployment.in(region)).find(({ RoleName }) => RoleName === `twinwatch-inbox-${region}`)!;
const replica = (region: string) => `arn:aws:dynamodb:${region}:${account}:table/twinwatch`;

it('stands in every region that probes, and nowhere where no monitor calls us', () => {
  expect([ireland, ohio, frankfurt].map((region) => functionIn(region, 'twinwatch-inbox') !== undefined)).toEqual([true, true, false]);
  expect(deploymentOf().regions.flatMap((stack) => stack.all('AWS::Lambda::Url'))).toEqual([]);
});

it('is called under a URL without credentials, which the prober of its region knows', () => {
  for (const region of [ireland, ohio]) {
    const stack = deployment.in(region);
    const url = stack.one('AWS::Lambda::Url');
    expect(url.Properties).toMatchObject({ AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': [functionIn(region, 'twinwatch-inbox')!.id, 'Arn'] } });
    expect(functionIn(region, 'twinwatch-prober')!.Properties.Environment).toMatchObject({
      Variables: { TWINWATCH_INBOX_URL: { 'Fn::GetAtt': [url.id, 'FunctionUrl'] } },
    });
    const allowed = stack.all('AWS::Lambda::Permission').map(({ Properties }) => Properties);
    expect(allowed).toContainEqual(expect.objectContaining({ Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' }));
    for (const { Action, InvokedViaFunctionUrl } of allowed) expect(Action === 'lambda:InvokeFunctionUrl' || InvokedViaFunctionUrl === true).toBe(true);
  }
});

describe('its role', () => {
  const may = (action: string, where: string, partition?: string) =>
    allows(roleIn(ireland).statements, { action, resource: replica(where), keys: partition === undefined ? {} : { 'dynamodb:LeadingKeys': [partition] } });
  const own = [
    pingKey(ireland, 'backup').pk,
    pingKey(writerAt(ireland, ohio), 'backup').pk,
    inboxCanaryKey(ireland).pk,
    pingLogKey(ireland, 'backup', { at: at('08:00'), name: 'request' }).pk,
    pingLogKey(writerAt(ireland, frankfurt), 'backup', { at: at('08:00'), name: 'request' }).pk,
  ];

  it('reads and writes the pings of its own region, in every replica', () => {
    for (const where of [ireland, ohio, frankfurt]) {
      for (const partition of own)
        for (const action of ['BatchGetItem', 'PutItem']) expect([partition, may(`dynamodb:${action}`, where, partition)]).toEqual([partition, true]);
    }
  });

  it.each(['PING#us-east-2', 'PING#eu-west-10', 'HEAD#eu-west-1', 'LOG#eu-west-1#2026-11', 'CLAIM#eu-west-1', '*'])('touches nothing else: %s', (partition) => {
    for (const action of ['BatchGetItem', 'PutItem']) expect(may(`dynamodb:${action}`, ireland, partition)).toBe(false);
  });

  it('may do nothing else at all', () => {
    expect(may('dynamodb:PutItem', ireland)).toBe(false);
    expect(
      roleIn(ireland)
        .statements.flatMap(({ Action }) => Action)
        .toSorted(),
    ).toEqual(['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  });
});

it('no template holds a token', () => {
  for (const stack of [deployment.home, ...deployment.regions, deployment.dashboard]) expect(stack.text).not.toContain('f00dfeed');
});
