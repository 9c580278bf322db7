import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgedIn } from '../../infra/inventory/template';
import { addStacks, type TwinwatchStacks } from '../../infra/stacks';
import { account, newApp, threeRegions } from './assembly';

function checked(app: App): App {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

const configurations = [
  ['beats of a minute', threeRegions],
  ['beats of 10 s', { ...threeRegions, beatIntervalMs: 10_000 }],
] as const;

describe.each(configurations)('with %s', (_case, config) => {
  const app = checked(newApp());
  const stacks: TwinwatchStacks = addStacks(app, config, account);
  const acknowledged = [stacks.home, ...stacks.regions, stacks.dashboard].flatMap(acknowledgedIn);

  test('cdk-nag has nothing to say that nobody has answered', () => {
    expect(() => app.synth()).not.toThrow();
  });

  test('each acknowledgement says why, and is of one of the rules that we know about', () => {
    const known = ['AwsSolutions::AwsSolutions-IAM5[Resource::*]', 'AwsSolutions::AwsSolutions-SQS3'];
    expect(new Set(acknowledged.map(({ rule }) => rule))).toEqual(new Set(known));
    for (const { reason } of acknowledged) expect(reason.split(' ').length).toBeGreaterThan(8);
  });
});

test('an acknowledgement is of one resource: the same finding in another one is refused', () => {
  const app = checked(newApp());
  const { home } = addStacks(app, threeRegions, account);
  new Queue(home, 'Planted', { enforceSSL: true });
  expect(() => app.synth()).toThrow('AwsSolutions-SQS');
});

test('a stack that is not ours would be checked, too', () => {
  const app = checked(newApp());
  new Queue(new Stack(app, 'planted'), 'Queue');
  expect(() => app.synth()).toThrow('AwsSolutions-SQS');
});
