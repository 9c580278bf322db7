import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addStacks } from '../../infra/stacks';
import { monitorHash, monitorId, regionId } from '../../src/core/basics/brand';
import { functionLines } from '../../src/core/cost/function-lines';
import { usual } from '../../src/core/cost/typical';
import { workerMemoryMb, workerTimeoutMs } from '../../src/core/function-size';
import { functionArn } from '../../src/core/names';
import { observe } from '../../src/engine/observing';
import { dueIn } from '../../src/engine/probing';
import { monitor } from '../core/builders';
import { smallWorld } from '../engine/small-world';
import { account, deploymentOf, frankfurt, ireland, newApp, ohio, threeRegions } from './assembly';
import { allows, type RoleDeployed, rolesOf } from './policy';

const fleet = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    monitor({
      id: monitorId(`service-${n}`),
      hash: monitorHash(n.toString(16).padStart(12, '0')),
      intervalMs: 1000,
      ...(n === 0 ? { secrets: ['twinwatch/shop', 'ssm:/twinwatch/token'] } : {}),
    }),
  );
const config = { ...threeRegions, beatIntervalMs: 1000, monitors: fleet(500) };
const deployment = deploymentOf(config);
const worker = 'twinwatch-probe-worker';
const everyRole = deployment.regions.flatMap(rolesOf);
const roleOf = (name: string, region: string): RoleDeployed => everyRole.find(({ RoleName }) => RoleName === `${name}-${region}`)!;
const functionsIn = (of: typeof deployment, region: string) =>
  of
    .in(region)
    .all('AWS::Lambda::Function')
    .map(({ Properties }) => Properties);

it('a configuration that one function can probe has no worker, and is deployed as if there were none', () => {
  const small = deploymentOf({ ...config, monitors: fleet(225) });
  for (const stack of small.regions) expect(stack.text).not.toContain('probe-worker');
  const types = (of: typeof deployment) => of.in(frankfurt).text;
  expect(types(small)).toBe(types(deployment));
});

it('each region that probes has one, as large and as patient as its shards need; no schedule runs it, and nothing is retried', () => {
  for (const region of [ireland, ohio]) {
    const found = functionsIn(deployment, region).find(({ FunctionName }) => FunctionName === worker);
    expect(found).toMatchObject({ MemorySize: workerMemoryMb(config), Timeout: workerTimeoutMs(config) / 1000, Architectures: ['arm64'] });
    expect(JSON.stringify(deployment.in(region).all('AWS::Scheduler::Schedule'))).not.toContain('worker');
    expect(
      deployment
        .in(region)
        .all('AWS::Logs::LogGroup')
        .map(({ Properties }) => Properties.LogGroupName),
    ).toContain(`/aws/lambda/${worker}`);
    const invoked = deployment.in(region).all('AWS::Lambda::EventInvokeConfig');
    expect(invoked.every(({ Properties }) => Properties.MaximumRetryAttempts === 0)).toBe(true);
  }
  expect(functionsIn(deployment, frankfurt).map(({ FunctionName }) => FunctionName)).not.toContain(worker);
});

it('it may write its log and read the secrets of what it probes, and nothing else', () => {
  const { statements } = roleOf(worker, ireland);
  expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
  ]);
  const secret = (name: string) => ({
    action: 'secretsmanager:GetSecretValue',
    resource: `arn:aws:secretsmanager:${ireland}:${account}:secret:${name}-a1B2c3`,
  });
  expect([allows(statements, secret('twinwatch/shop')), allows(statements, secret('twinwatch/pager'))]).toEqual([true, false]);
});

it('the prober of its own region may invoke it, and nobody else may', () => {
  for (const region of [ireland, ohio])
    for (const { RoleName, statements } of everyRole)
      expect([RoleName, allows(statements, { action: 'lambda:InvokeFunction', resource: functionArn(account, region, 'probe-worker') })]).toEqual([
        RoleName,
        RoleName === `twinwatch-prober-${region}`,
      ]);
  for (const stack of deployment.regions)
    expect(
      stack
        .all('AWS::Lambda::Permission')
        .map(({ Properties }) => JSON.stringify(Properties))
        .join(),
    ).not.toContain('worker');
});

it('what a prober asks of workers in a round is what its role allows', async () => {
  const small = smallWorld({ config });
  const made: string[] = [];
  const shards = {
    probe: async () => {
      made.push(functionArn(account, regionId(small.world.self.region), 'probe-worker'));
      throw new Error('nobody is there');
    },
  };
  const world = { ...small.world, ports: { ...small.world.ports, shards } };
  await observe(world, { monitors: dueIn(world, 0 as never), slot: 0 as never, giveUpAt: (small.now + 800) as never });
  expect(made).toHaveLength(3);
  const { statements } = roleOf('twinwatch-prober', ireland);
  for (const resource of made) expect([resource, allows(statements, { action: 'lambda:InvokeFunction', resource })]).toEqual([resource, true]);
});

it('its errors, and that it is not let run, tell the topic of its region', () => {
  const alarms = (region: string) => deployment.in(region).all('AWS::CloudWatch::Alarm');
  for (const region of [ireland, ohio]) {
    const topic = { Ref: deployment.in(region).one('AWS::SNS::Topic').id };
    const own = alarms(region).filter(({ Properties }) => String(Properties.AlarmName).startsWith(worker));
    expect(own.map(({ Properties }) => [Properties.AlarmName, Properties.MetricName, Properties.AlarmActions])).toEqual([
      [`${worker}-fails`, 'Errors', [topic]],
      [`${worker}-throttled`, 'Throttles', [topic]],
    ]);
  }
  expect(alarms(frankfurt).some(({ Properties }) => String(Properties.AlarmName).includes('worker'))).toBe(false);
});

it('cdk-nag has nothing to say of it, in a VPC neither, where it stands beside its prober', () => {
  const network = { allowPrivate: true, vpc: [{ region: ireland, subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }] };
  const app = newApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  addStacks(app, { ...config, network }, account);
  expect(() => app.synth()).not.toThrow();
  const standing = functionsIn(deploymentOf({ ...config, network }), ireland).filter(({ VpcConfig }) => VpcConfig !== undefined);
  expect(standing.map(({ FunctionName }) => FunctionName)).toEqual(['twinwatch-prober', worker]);
});

it('the bill has it with the memory that is deployed, once for each shard and round', () => {
  const of = (what: string) => functionLines(config, usual).filter((line) => line.region === ireland && line.what === `probe-worker ${what}`);
  expect(of('requests').map(({ quantity }) => quantity)).toEqual([3 * 60 * 60 * 730]);
  expect(of('running')[0]!.quantity).toBeGreaterThan((3 * 60 * 60 * 730 * 0.2 * workerMemoryMb(config)) / 1024);
});
