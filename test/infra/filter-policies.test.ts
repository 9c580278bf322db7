import { publication } from '../../src/adapters/sns/topics';
import type { Channel, Config } from '../../src/core/config/config';
import { type Deployed, deploymentOf, ireland, threeRegions, type Value } from './assembly';

/**
 * What SNS documents of filter policies on attributes, written for this test alone. Of a message without any attribute it says that it is
 * dropped at every such policy, also at one that asks that an attribute be absent.
 */
function passes(policy: Value | undefined, attributes: ReadonlyMap<string, readonly string[]>): boolean {
  if (policy === undefined || JSON.stringify(policy) === '{}') return true;
  if (attributes.size === 0) return false;
  return Object.entries(policy as Record<string, readonly Value[]>).every(([name, rules]) => rules.some((rule) => fits(rule, attributes.get(name))));
}

function fits(rule: Value, values: readonly string[] | undefined): boolean {
  if (typeof rule === 'string') return values?.includes(rule) === true;
  const [[operator, operand]] = Object.entries(rule as Record<string, Value>) as [[string, Value]];
  const present = values ?? [];
  switch (operator) {
    case 'exists':
      return operand === present.some((value) => value !== '');
    case 'prefix':
      return present.some((value) => value.startsWith(String(operand)));
    case 'anything-but':
      return present.some((value) => ![operand].flat().includes(value));
    default:
      throw new Error(`a policy asks for "${operator}", of which this test knows nothing`);
  }
}

const channels: readonly Channel[] = [
  { kind: 'email', name: 'ops', address: 'ops@example.com' },
  { kind: 'email', name: 'ops-mail', address: 'mail@example.com' },
  { kind: 'webhook', name: 'hook', url: 'https://ops.example.com/hook' },
  { kind: 'sms', name: 'phone', number: '+351210000000' },
  { kind: 'sqs', name: 'queue', queue: 'arn:aws:sqs:eu-west-1:111122223333:ops' },
];
const ofSns = channels.map(({ name }) => name);
const chat: Channel = { kind: 'slack', name: 'chat', url: 'https://chat.example.com/' };
const routes = [{ channels: ['ops'], goesOn: false, escalations: [] }];

/** As our code sends it. */
function attributesOf(to: readonly string[] | undefined): ReadonlyMap<string, readonly string[]> {
  const { MessageAttributes = {} } = publication('arn', { subject: 's', text: 't', json: '{}', channels: to });
  return new Map(
    Object.entries(MessageAttributes).map(([name, { DataType, StringValue = '' }]) => [
      name,
      DataType === 'String.Array' ? JSON.parse(StringValue) : [StringValue],
    ]),
  );
}

const synthesised = new Map<Config, Deployed>();

function stackOf(config: Config): Deployed {
  const stack = synthesised.get(config) ?? deploymentOf(config).in(ireland);
  synthesised.set(config, stack);
  return stack;
}

/** Who gets a message with these attributes, by the name of its channel. */
function heardBy(config: Config, topic: 'twinwatch-alerts' | 'twinwatch-alarms', attributes: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const stack = stackOf(config);
  const [{ id }] = stack.all('AWS::SNS::Topic').filter(({ Properties }) => Properties.TopicName === topic) as unknown as [{ id: string }];
  const subscriptions = stack.all('AWS::SNS::Subscription').filter(({ Properties: { TopicArn } }) => (TopicArn as { Ref: string }).Ref === id);
  for (const { Properties } of subscriptions) expect(Properties.FilterPolicyScope ?? 'MessageAttributes').toBe('MessageAttributes');
  const heard = subscriptions.filter(({ Properties: { FilterPolicy } }) => passes(FilterPolicy, attributes)).map(({ Properties }) => Properties.Endpoint);
  return channels.flatMap((channel) => (heard.includes(endpointOf(channel)) ? [channel.name] : []));
}

const endpointOf = (channel: Channel): string =>
  channel.kind === 'email'
    ? channel.address
    : channel.kind === 'webhook'
      ? channel.url
      : channel.kind === 'sms'
        ? channel.number
        : 'queue' in channel
          ? channel.queue
          : '';

const files: readonly (readonly [string, Config])[] = [
  ['with routes', { ...threeRegions, channels, routes }],
  ['with a channel of the relay', { ...threeRegions, channels: [...channels, chat] }],
];

describe.each(files)('a file %s', (_which, config) => {
  it.each([
    ['for everybody', undefined, ofSns],
    ['for one', ['ops'], ['ops']],
    ['for one whose name begins like another', ['ops-mail'], ['ops-mail']],
    ['for several', ['hook', 'phone', 'queue'], ['hook', 'phone', 'queue']],
    ['for the relay alone', ['chat'], []],
    ['for nobody', [], []],
  ])('a message %s reaches those, and no others', (_what, to, heard) => {
    expect(heardBy(config, 'twinwatch-alerts', attributesOf(to))).toEqual(heard);
  });

  it('what an alarm of CloudWatch says, which has no attributes, reaches everybody by a topic of its own', () => {
    expect(heardBy(config, 'twinwatch-alarms', new Map())).toEqual(ofSns);
    expect(heardBy(config, 'twinwatch-alerts', new Map())).toEqual([]);
  });
});

it('a file in which every message is for everybody has one topic, which nobody filters', () => {
  const config = { ...threeRegions, channels };
  expect(heardBy(config, 'twinwatch-alerts', attributesOf(undefined))).toEqual(ofSns);
  expect(heardBy(config, 'twinwatch-alerts', new Map())).toEqual(ofSns);
  expect(stackOf(config).all('AWS::SNS::Topic')).toHaveLength(1);
});

it.each([
  [[{ exists: false }], {}, false],
  [[{ exists: false }], { team: ['a'] }, true],
  [[{ exists: true }], { channels: ['ops'] }, true],
  [[{ prefix: 'op' }], { channels: ['mail', 'ops'] }, true],
  [[{ 'anything-but': ['ops'] }], { channels: ['ops'] }, false],
  [[{ 'anything-but': ['ops'] }], { channels: ['mail'] }, true],
  [['ops'], { channels: ['ops-mail'] }, false],
])('by the rules of SNS %j and %j: %j', (rules, attributes, wanted) => {
  expect(passes({ channels: rules } as never, new Map(Object.entries(attributes)))).toBe(wanted);
});
