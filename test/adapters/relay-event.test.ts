import { messagesIn } from '../../src/adapters/lambda/relay-event';
import type { Checked } from '../../src/adapters/sns/signature';
import { regionId } from '../../src/core/basics/brand';

const region = regionId('eu-west-1');
const said = (over: object = {}) => ({
  MessageId: 'm-1',
  TopicArn: 'arn:aws:sns:eu-west-1:111122223333:twinwatch-alerts',
  Subject: 'PAGE checkout is DOWN',
  Message: 'hello',
  Timestamp: '2026-11-21T04:02:03.000Z',
  MessageAttributes: {},
  ...over,
});

/** What is brought on of an event, and what is noted. */
async function read(event: unknown, checked: Checked = { kind: 'good' }) {
  const notes: [string, unknown][] = [];
  const diary = { note: (what: string, facts: unknown) => void notes.push([what, facts]) };
  const messages = await messagesIn(event, { account: '111122223333', region, check: async () => checked, diary });
  return { messages, notes };
}
const readOne = (over: object, checked?: Checked) => read({ Records: [{ EventSource: 'aws:sns', Sns: said(over) }] }, checked);
const of = { messageId: 'm-1', topic: said().TopicArn };

it('what SNS hands over is a message of the region', async () => {
  const message = {
    messageId: 'm-1',
    subject: 'PAGE checkout is DOWN',
    message: 'hello',
    region: 'eu-west-1',
    at: '2026-11-21T04:02:03.000Z',
    channels: undefined,
  };
  expect(await readOne({})).toEqual({ messages: [message], notes: [] });
  expect((await readOne({ Subject: null })).messages).toMatchObject([{ subject: '' }]);
});

it.each([
  [{ channels: { Type: 'String.Array', Value: '["pager","chat"]' } }, ['pager', 'chat']],
  [{ channels: { Type: 'String.Array', Value: '[]' } }, []],
  [{ channels: { Type: 'String.Array', Value: '["~all"]' } }, undefined],
  [{ channels: { Type: 'String', Value: 'pager' } }, undefined],
  [{ channels: { Type: 'String', Value: '{"a":1}' } }, undefined],
  [undefined, undefined],
])('the attribute %j names the channels %j', async (MessageAttributes, channels) => {
  expect((await readOne({ MessageAttributes })).messages).toMatchObject([{ channels }]);
});

it('what comes by the topic of the alarms is a message, too', async () => {
  const { messages } = await readOne({ TopicArn: 'arn:aws:sns:eu-west-1:111122223333:twinwatch-alarms' });
  expect(messages).toMatchObject([{ region: 'eu-west-1', channels: undefined }]);
});

it.each(['unsigned', 'foreign', 'forged'] as const)('what is %s is refused and noted', async (kind) => {
  expect(await readOne({}, { kind })).toEqual({ messages: [], notes: [[`${kind} message refused`, of]] });
});

it('what could not be checked is brought on and noted: a page may come twice, and must not be lost', async () => {
  const error = new Error('no answer');
  const { messages, notes } = await readOne({}, { kind: 'unchecked', error });
  expect(messages).toMatchObject([{ messageId: 'm-1', message: 'hello' }]);
  expect(notes).toEqual([['signature not checked', { ...of, error }]]);
});

it('what the watchdog hands over again never went through SNS, and needs no signature', async () => {
  const { messages, notes } = await read({ handed: said() }, { kind: 'unsigned' });
  expect(messages).toMatchObject([{ messageId: 'm-1', message: 'hello' }]);
  expect(notes).toEqual([]);
});

const wrong = [
  { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:somebody-elses' },
  { TopicArn: 'arn:aws:sns:eu-west-1:999999999999:twinwatch-alerts' },
  { TopicArn: 'arn:aws:sns:us-east-2:111122223333:twinwatch-alerts' },
  { TopicArn: 'arn:aws:sqs:eu-west-1:111122223333:twinwatch-alerts' },
  { TopicArn: undefined },
  { Message: 7 },
  { MessageId: undefined },
];

it.each(wrong)('what names another topic, or is no message, is refused, however well it is signed: %j', async (over) => {
  const { messages, notes } = await readOne(over);
  expect([messages, notes]).toMatchObject([[], [['foreign message refused', {}]]]);
});

it.each(wrong)('and so it is when it is handed over again: %j', async (over) => {
  expect((await read({ handed: said(over) })).messages).toEqual([]);
});

it('of several messages, each is believed for itself', async () => {
  const event = { Records: [{ Sns: said() }, { Sns: said({ TopicArn: 'x' }) }, { Sns: said({ MessageId: 'm-2' }) }] };
  const { messages, notes } = await read(event);
  expect(messages.map(({ messageId }) => messageId)).toEqual(['m-1', 'm-2']);
  expect(notes).toHaveLength(1);
});

it.each([undefined, null, 'x', {}, { Records: 'x' }, { Records: [null] }, { handed: null }])('what is no event of SNS is none: %j', async (event) => {
  expect((await read(event)).messages).toEqual([]);
});
