import { cdkTrouble } from '../../cli/deploy/cdk-trouble';
import { findHurdles } from '../../cli/deploy/hurdles';
import { type DeployStep, planOf, stepWords } from '../../cli/deploy/plan';
import { rollOut } from '../../cli/deploy/roll-out';
import type { Account } from '../../src/adapters/aws/account';
import { config, east, middle, west } from '../core/builders';

const ours = { keys: 'pk HASH S, sk RANGE S', replicas: [west, east, middle] };

/** An account in which nothing is deployed and everything is ready for it. */
const ready = (over: Partial<Account> = {}): Account => ({
  id: async () => '111122223333',
  bootstrapVersion: async () => 30,
  stackStatus: async () => undefined,
  table: async () => undefined,
  hasFunction: async () => false,
  ...over,
});
/** One in which all of it is deployed. */
const deployed = (over: Partial<Account> = {}): Account =>
  ready({ stackStatus: async () => 'UPDATE_COMPLETE', table: async () => ours, hasFunction: async () => true, ...over });

const named = (name: string): Error => Object.assign(new Error(name), { name });
const hurdlesOf = async (account: Account, wanted?: string) => (await findHurdles(account, config(), wanted)).hurdles;

describe('what would stop a deployment is found before it begins', () => {
  it.each([
    ['an account that is ready', ready()],
    ['one in which it is deployed already', deployed()],
  ])('nothing, in %s', async (_case, account) => {
    expect(await findHurdles(account, config(), '111122223333')).toEqual({ account: '111122223333', hurdles: [] });
  });

  it.each<[string, Account, string]>([
    [
      'a region without bootstrap',
      ready({ bootstrapVersion: async (region) => (region === east ? undefined : 30) }),
      'us-east-2 is not bootstrapped for CDK: run `npx cdk bootstrap aws://111122223333/us-east-2` once',
    ],
    [
      'an old bootstrap',
      ready({ bootstrapVersion: async (region) => (region === east ? 4 : 30) }),
      'us-east-2 was bootstrapped by an old CDK (version 4, needed 6): run `npx cdk bootstrap aws://111122223333/us-east-2` once again',
    ],
    [
      'a region that is not enabled',
      ready({ bootstrapVersion: async (region) => (region === east ? Promise.reject(named('UnrecognizedClientException')) : 30) }),
      'AWS in us-east-2 does not know these credentials: they are of no account, or us-east-2 is not enabled for it; enable it with `aws account enable-region --region-name us-east-2`, or choose another region',
    ],
    [
      'no credentials',
      ready({ id: () => Promise.reject(named('CredentialsProviderError')) }),
      'there are no AWS credentials here: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws login`',
    ],
    [
      'a table of somebody else',
      ready({ table: async (region) => (region === west ? { keys: 'id HASH N', replicas: [west] } : undefined) }),
      'a table "twinwatch" exists in eu-west-1 with the keys id HASH N, and twinwatch needs pk HASH S, sk RANGE S: it is somebody else\'s; rename or delete that table, or use another account',
    ],
    [
      'a table that was kept',
      ready({ table: async (region) => (region === west ? { ...ours, replicas: [west] } : undefined) }),
      'the table "twinwatch" exists in eu-west-1, and the stack twinwatch-home does not: an earlier `cdk destroy` has kept it. Take it over with `npx cdk import twinwatch-home`, or delete it with all its history',
    ],
    [
      'a table in the place of a replica',
      deployed({ table: async (region) => (region === middle ? ours : { ...ours, replicas: [west, east] }) }),
      'a table "twinwatch" exists in eu-central-1 and is no replica of ours: delete it, so that the replica can be made',
    ],
    [
      'a name that is taken',
      ready({ hasFunction: async (region, role) => region === east && role === 'prober' }),
      'a function "twinwatch-prober" exists in us-east-2, and the stack twinwatch-us-east-2 does not: the name is taken; delete that function first',
    ],
    [
      'somebody else who deploys',
      deployed({ stackStatus: async (_region, name) => (name === `twinwatch-${east}` ? 'UPDATE_IN_PROGRESS' : 'UPDATE_COMPLETE') }),
      'the stack twinwatch-us-east-2 in us-east-2 is being changed by somebody else (UPDATE_IN_PROGRESS): wait until it is done',
    ],
    [
      'a stack that is stuck',
      deployed({ stackStatus: async (_region, name) => (name === 'twinwatch-home' ? 'UPDATE_ROLLBACK_FAILED' : 'UPDATE_COMPLETE') }),
      'the stack twinwatch-home in eu-west-1 is stuck (UPDATE_ROLLBACK_FAILED): `npx cdk rollback twinwatch-home`, then deploy again',
    ],
  ])('%s', async (_case, account, sentence) => {
    expect(await hurdlesOf(account)).toEqual([sentence]);
  });

  it('another account than the one that was meant, before anything else is asked', async () => {
    const account = ready({ bootstrapVersion: () => Promise.reject(new Error('nobody should ask')) });
    const sentence = 'these credentials are of account 111122223333, and you asked for 444455556666: set AWS_PROFILE to one of 444455556666';
    expect(await hurdlesOf(account, '444455556666')).toEqual([sentence]);
  });

  it('all of them at once', async () => {
    expect(await hurdlesOf(ready({ bootstrapVersion: async () => undefined }))).toHaveLength(3);
  });
});

it('region by region: nothing is touched before what came before has landed and its gate says go', () => {
  expect(planOf(config()).map(stepWords)).toEqual([
    'deploy twinwatch-home',
    'deploy twinwatch-eu-west-1',
    'landing of eu-west-1',
    'gate: eu-west-1',
    'deploy twinwatch-us-east-2',
    'landing of us-east-2',
    'gate: eu-west-1, us-east-2',
    'deploy twinwatch-eu-central-1',
    'landing of eu-central-1',
    'deploy twinwatch-dashboard',
  ]);
});

describe('a roll-out', () => {
  async function rolled(failing: string | undefined) {
    const done: string[] = [];
    const said: string[] = [];
    const carryOut = async (step: DeployStep) => {
      done.push(stepWords(step));
      return stepWords(step) === failing ? { isGood: false, said: 'because' } : { isGood: true, said: '' };
    };
    const outcome = await rollOut({ plan: planOf(config()), carryOut, say: (text) => void said.push(text) });
    return { outcome, done, last: said.at(-1) ?? '', said };
  }

  it('goes through all steps', async () => {
    expect(await rolled(undefined)).toMatchObject({ outcome: 'done', done: { length: 10 } });
  });

  it('stops where a gate says no-go: the next region is not touched, and what to do is said', async () => {
    const { outcome, done, last, said } = await rolled('gate: eu-west-1');
    expect([outcome, done.at(-1), said.includes('because')]).toEqual(['stopped', 'gate: eu-west-1', true]);
    expect(last.trim().split('\n')).toEqual([
      'Stopped at 4/10: gate: eu-west-1',
      '  deployed:      twinwatch-home, twinwatch-eu-west-1',
      '  not touched:   twinwatch-us-east-2, twinwatch-eu-central-1, twinwatch-dashboard: they go on as they were',
      expect.stringMatching(/^ {2}what to do: {4}if the services are really down, wait, .*--exclusively twinwatch-eu-west-1`$/),
    ]);
  });

  it('whose stack fails counts that stack as rolled back, not as deployed', async () => {
    const { last } = await rolled('deploy twinwatch-us-east-2');
    expect(last).toContain('deployed:      twinwatch-home, twinwatch-eu-west-1\n');
    expect(last).toContain('not touched:   twinwatch-eu-central-1, twinwatch-dashboard');
    expect(last).toContain('CloudFormation has rolled twinwatch-us-east-2 back; mend the cause above');
  });
});

it.each<[string, RegExp | undefined]>([
  [
    'Need to perform AWS calls for account 111122223333, but the current credentials are for 444455556666',
    /^it is to go into account 111122223333, and these credentials are of 444455556666/,
  ],
  ["SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped? Please run 'cdk bootstrap'", /not bootstrapped for CDK/],
  ['UnrecognizedClientException: The security token included in the request is invalid', /not enabled for this account/],
  [
    "Resource of type 'AWS::Lambda::Function' with identifier 'twinwatch-prober' already exists.",
    /^AWS::Lambda::Function "twinwatch-prober" exists already and is in no stack of ours/,
  ],
  ['CREATE_FAILED | twinwatch already exists', /^something exists already/],
  [
    'User: arn:aws:iam::1:user/x is not authorized to perform: cloudformation:CreateChangeSet on resource',
    /\(cloudformation:CreateChangeSet\): use a role that may assume/,
  ],
  ['"--require-approval" is enabled and stack includes security-sensitive updates, but terminal (TTY) is not attached', /deploy again with --yes$/],
  ["decreases account's UnreservedConcurrentExecution below its minimum value of [10]", /^a quota of the account is reached/],
  ['something that nobody has heard of', undefined],
])('what CDK says becomes a sentence: %s', (said, sentence) => {
  const trouble = cdkTrouble(said);
  if (sentence === undefined) expect(trouble).toBeUndefined();
  else expect(trouble).toMatch(sentence);
});
