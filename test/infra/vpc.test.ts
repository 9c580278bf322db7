import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { inventoryOf } from '../../infra/inventory/document';
import { exampleConfig } from '../../infra/inventory/example-config';
import { addStacks } from '../../infra/stacks';
import { billOf } from '../../src/core/cost/bill';
import { account, deploymentOf, frankfurt, ireland, newApp, ohio, threeRegions } from './assembly';
import { allows, rolesOf } from './policy';

const place = { region: ireland, subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'], securityGroups: ['sg-0a1b2c3d'] };
const network = { allowPrivate: true, vpc: [place] };
const deployment = deploymentOf({ ...threeRegions, network });
const everyFunction = deployment.regions.flatMap((stack) => stack.all('AWS::Lambda::Function').map((one) => [stack.region, one.Properties] as const));

it('the prober of that region stands in its subnets; its watchdog, and all others, stand in none', () => {
  const standing = everyFunction.flatMap(([region, { FunctionName, VpcConfig }]) => (VpcConfig === undefined ? [] : [[region, FunctionName, VpcConfig]]));
  expect(standing).toEqual([[ireland, 'twinwatch-prober', { SubnetIds: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'], SecurityGroupIds: ['sg-0a1b2c3d'] }]]);
});

it('Lambda may connect it, in the name of its role; what the function itself runs may not, and no other role has the right', () => {
  const roles = deployment.regions.flatMap(rolesOf);
  const able = (byItself: boolean) =>
    roles
      .filter(({ statements }) => {
        const keys: Readonly<Record<string, readonly string[]>> = byItself
          ? { 'lambda:SourceFunctionArn': [`arn:aws:lambda:${ireland}:${account}:function:twinwatch-prober`] }
          : {};
        return allows(statements, { action: 'ec2:CreateNetworkInterface', resource: '*', keys });
      })
      .map(({ RoleName }) => RoleName);
  expect(able(false)).toEqual([`twinwatch-prober-${ireland}`]);
  expect(able(true)).toEqual([]);
});

it('nothing else of the deployment is changed by it', () => {
  const without = deploymentOf({ ...threeRegions, network: { allowPrivate: true } });
  for (const region of [ohio, frankfurt]) expect(deployment.in(region).text).toBe(without.in(region).text);
});

it('cdk-nag has nothing to say that nobody has answered', () => {
  const app = newApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  addStacks(app, { ...threeRegions, network }, account);
  expect(() => app.synth()).not.toThrow();
});

it('the inventory lists its rights with their reasons, what is denied as such, and why they are on all resources', () => {
  const written = inventoryOf({ ...exampleConfig, network });
  expect(written).toMatch(/^- (`ec2:\w+`, )+`ec2:\w+`: Lambda connects the function to its subnets/m);
  expect(written).toMatch(/^- denied: (`ec2:\w+`, )+`ec2:\w+`: Lambda connects the function to its subnets/m);
  expect(written).toContain('- `ec2:DeleteNetworkInterface` on `*`: Lambda checks it on all resources');
});

it('the bill has its way out, in that region alone', () => {
  const lines = billOf({ ...threeRegions, network }).lines.filter(({ service }) => service === 'VPC');
  expect(lines.map(({ region, what }) => [region, what])).toEqual([
    [ireland, 'a NAT gateway'],
    [ireland, 'through the NAT gateway'],
  ]);
  expect(lines[0]?.usd).toBeCloseTo(730 * 0.048);
  expect(billOf(threeRegions).lines.filter(({ service }) => service === 'VPC')).toEqual([]);
});
