import { channelOf, notice, openChannels, openReceiver, type Receiver } from './receiver';

let receiver: Receiver;
const before = { ...process.env };
beforeAll(async () => {
  receiver = await openReceiver();
  Object.assign(process.env, { AWS_ENDPOINT_URL: receiver.url, AWS_ACCESS_KEY_ID: 'SOMEBODY', AWS_SECRET_ACCESS_KEY: 'local' });
});
afterAll(async () => {
  await receiver.close();
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

const topic = 'arn:aws:sns:us-east-2:111122223333:ops-chat';
const deliver = () => openChannels().deliver(channelOf(`amazonq: ${topic}`), notice(), 2000);
const xml = (content: string) =>
  `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>${content}</PublishResult></PublishResponse>`;

it('gets a custom notification at its own topic, in that topic’s region, with one thread per incident', async () => {
  receiver.answer = (response) => response.writeHead(200, { 'content-type': 'text/xml' }).end(xml('<MessageId>m-1</MessageId>'));
  expect(await deliver()).toEqual({ kind: 'delivered' });
  const form = new URLSearchParams(receiver.got[0]!.body);
  expect(form.get('TopicArn')).toBe(topic);
  expect(receiver.got[0]!.headers.authorization).toContain('/us-east-2/sns/aws4_request');
  expect(JSON.parse(form.get('Message')!)).toEqual({
    version: '1.0',
    source: 'custom',
    id: notice().id,
    content: {
      textType: 'client-markdown',
      title: ':rotating_light: PAGE checkout is DOWN (confirmed)',
      description: notice().details,
      keywords: ['page', 'eu-west-1', 'down'],
    },
    metadata: { threadId: 'twinwatch:checkout:availability:i-1', summary: 'PAGE checkout is DOWN (confirmed)', enableCustomActions: false },
  });
});

it.each([
  [403, 'AuthorizationError', 'refused'],
  [404, 'NotFound', 'refused'],
  [500, 'InternalError', 'failed'],
])('a topic that answers %i (%s): %s', async (status, code, kind) => {
  const error = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
  receiver.answer = (response) => response.writeHead(status, { 'content-type': 'text/xml' }).end(error);
  expect(await deliver()).toMatchObject({ kind });
});
