import { messagesIn } from '../../src/adapters/lambda/relay';

const record = (over: object = {}) => ({
  EventSource: 'aws:sns',
  Sns: {
    MessageId: 'm-1',
    TopicArn: 'arn:aws:sns:eu-west-1:111122223333:twinwatch-alerts',
    Subject: 'PAGE checkout is DOWN',
    Message: 'hello',
    Timestamp: '2026-11-21T04:02:03.000Z',
    MessageAttributes: {},
    ...over,
  },
});
const only = (over: object) => messagesIn({ Records: [record(over)] })[0];

it('what SNS hands over is a message of the region of its topic', () => {
  expect(only({})).toEqual({
    messageId: 'm-1',
    subject: 'PAGE checkout is DOWN',
    message: 'hello',
    region: 'eu-west-1',
    at: '2026-11-21T04:02:03.000Z',
    channels: undefined,
  });
  expect(only({ Subject: null })).toMatchObject({ subject: '' });
});

it.each([
  [{ channels: { Type: 'String.Array', Value: '["pager","chat"]' } }, ['pager', 'chat']],
  [{ channels: { Type: 'String.Array', Value: '[]' } }, []],
  [{ channels: { Type: 'String.Array', Value: '["~all"]' } }, undefined],
  [{ channels: { Type: 'String', Value: 'pager' } }, undefined],
  [{ channels: { Type: 'String', Value: '{"a":1}' } }, undefined],
  [undefined, undefined],
])('the attribute %j names the channels %j', (MessageAttributes, channels) => {
  expect(only({ MessageAttributes })).toMatchObject({ channels });
});

it('what comes by the topic of the alarms is a message, too', () => {
  expect(only({ TopicArn: 'arn:aws:sns:us-east-2:111122223333:twinwatch-alarms' })).toMatchObject({ region: 'us-east-2', channels: undefined });
});

it.each([
  { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:somebody-elses' },
  { TopicArn: 'arn:aws:sqs:eu-west-1:111122223333:twinwatch-alerts' },
  { TopicArn: undefined },
  { Message: 7 },
  { MessageId: undefined },
])('what names another topic, or is no message, is refused: %j', (over) => {
  expect(only(over)).toBe('foreign');
});

it.each([undefined, null, 'x', {}, { Records: 'x' }, { Records: [null] }])('what is no event of SNS is none: %j', (event) => {
  expect(messagesIn(event).every((message) => message === 'foreign')).toBe(true);
});
