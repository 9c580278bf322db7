import { readFileSync } from 'node:fs';
import { inventoryOf } from '../../infra/inventory/document';
import { exampleConfig, grownConfig } from '../../infra/inventory/example-config';
import { purposeOf } from '../../infra/inventory/purposes';
import { rolesOf } from '../../infra/inventory/roles';
import { type StackTemplate, templatesOf } from '../../infra/inventory/template';

const stacks = templatesOf(exampleConfig);
const written = inventoryOf(exampleConfig, grownConfig);
const [usual = '', added = ''] = written.split('## Where the monitors are more');

test('docs/INVENTORY.md is what is deployed; `npm run inventory` writes it anew', () => {
  expect(readFileSync('docs/INVENTORY.md', 'utf8')).toBe(written);
});

test('every resource of every stack stands in it, with what it is for', () => {
  const rows = usual.split('\n').filter((line) => /^- \w+::\w+( `.+`)?: \S/.test(line));
  expect(rows).toHaveLength(stacks.reduce((sum, { resources }) => sum + resources.length, 0));
});

test('every right of every role stands in it, with its reason', () => {
  const rights = stacks.flatMap(rolesOf).flatMap((role) => role.rights);
  expect(rights.length).toBeGreaterThan(40);
  for (const { actions, reason } of rights) {
    for (const action of actions) expect(written).toContain(`\`${action}\``);
    expect(written).toContain(reason);
  }
});

test('what the path of a webhook holds is not shown', () => {
  const secret = { kind: 'webhook' as const, name: 'chat', url: 'https://chat.example.com/T0/very-secret?key=1' };
  const own = inventoryOf({ ...exampleConfig, channels: [secret] });
  expect(own).toContain('https to https://chat.example.com.');
  expect(own).not.toContain('very-secret');
});

test('what is added where the monitors outgrow one function is said by itself: the worker, its role, its log and alarms, and the right to ask it', () => {
  expect(added).toContain('- Lambda::Function `twinwatch-probe-worker`');
  expect(added).toContain('- IAM::Role `twinwatch-probe-worker-eu-west-1`');
  expect(added).toContain('- `lambda:InvokeFunction`: The configuration is more than one function can probe');
  expect(added).toContain('#### twinwatch-probe-worker-us-east-2');
  expect(added).not.toContain('eu-central-1');
  expect(added).not.toContain('dynamodb');
});

describe('what nobody explained is refused', () => {
  const stack = (resource: Partial<StackTemplate['resources'][number]>): StackTemplate => ({
    ...stacks[1]!,
    resources: [{ id: 'New', type: 'AWS::Lambda::Function', properties: {}, isRetained: false, ...resource }],
  });

  test.each([
    ['a kind of resource', { type: 'AWS::S3::Bucket' }, 'say what it is for'],
    ['a function', { properties: { FunctionName: 'twinwatch-cleaner' } }, 'is a function that nobody knows'],
  ])('%s', (_case, resource, refusal) => {
    const one = stack(resource);
    expect(() => purposeOf(one.resources[0]!, one)).toThrow(refusal);
  });

  test('a right', () => {
    const Statement = [{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::anything' }];
    const properties = { Policies: [{ PolicyName: 'more', PolicyDocument: { Statement } }], AssumeRolePolicyDocument: { Statement: [] } };
    expect(() => rolesOf(stack({ type: 'AWS::IAM::Role', properties }))).toThrow('grants "more" without a reason');
  });
});
