import { monitorHash, monitorId } from '../../src/core/basics/brand';
import type { Monitor } from '../../src/core/config/config';
import { deploymentOf, frankfurt, ireland, ohio, threeRegions } from './assembly';
import { allows, rolesOf } from './policy';

const shop: Monitor = {
  id: monitorId('shop'),
  hash: monitorHash('00000000000b'),
  intervalMs: 60_000,
  timeoutMs: 10_000,
  downAfter: 2,
  upAfter: 2,
  severity: 'page',
  regionsToPage: 'all',
  target: 'https://shop.example.com/',
  probe: { kind: 'http', url: 'https://shop.example.com/', expect: { status: [[200, 299]] } },
  secrets: ['shop/key#token', 'shop/key#other', 'ssm:/shop/password'],
};
const deployment = deploymentOf({ ...threeRegions, monitors: [shop] });
const roles = deployment.regions.flatMap(rolesOf);
const may = (role: string, action: string, resource: string) => allows(roles.find(({ RoleName }) => RoleName === role)!.statements, { action, resource });
const secret = (region: string, name: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:${name}`;
const parameter = (region: string, name: string) => `arn:aws:ssm:${region}:111122223333:parameter/${name}`;

describe('a prober', () => {
  it.each([ireland, ohio])('of %s reads the secrets of its monitors there, by name', (region) => {
    const role = `twinwatch-prober-${region}`;
    expect(may(role, 'secretsmanager:GetSecretValue', secret(region, 'shop/key-a1B2c3'))).toBe(true);
    expect(may(role, 'ssm:GetParameter', parameter(region, 'shop/password'))).toBe(true);
  });

  it.each([
    ['another secret', 'secretsmanager:GetSecretValue', secret(ireland, 'shop/keys-a1B2c3')],
    ['one whose name goes on', 'secretsmanager:GetSecretValue', secret(ireland, 'shop/key-live-a1B2c3')],
    ['one of another region', 'secretsmanager:GetSecretValue', secret(ohio, 'shop/key-a1B2c3')],
    ['another parameter', 'ssm:GetParameter', parameter(ireland, 'shop/password2')],
    ['what a secret is made of', 'secretsmanager:DescribeSecret', secret(ireland, 'shop/key-a1B2c3')],
    ['all secrets', 'secretsmanager:ListSecrets', '*'],
    ['many parameters', 'ssm:GetParametersByPath', parameter(ireland, 'shop')],
    ['a change', 'secretsmanager:PutSecretValue', secret(ireland, 'shop/key-a1B2c3')],
  ])('may not touch %s', (_case, action, resource) => {
    expect(may('twinwatch-prober-eu-west-1', action, resource)).toBe(false);
  });
});

it('nobody else reads them, and where nothing refers to a secret nobody reads any', () => {
  const readers = (all: typeof roles) =>
    all.filter(({ statements }) => statements.some(({ Action }) => /secretsmanager|ssm/.test(String(Action)))).map(({ RoleName }) => RoleName);
  expect(readers(roles)).toEqual(['twinwatch-prober-eu-west-1', 'twinwatch-prober-us-east-2']);
  expect(readers(deploymentOf().regions.flatMap(rolesOf))).toEqual([]);
  expect(frankfurt).toBe('eu-central-1');
});
