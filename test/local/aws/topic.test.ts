import { createVerify, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { PublishCommand, type PublishCommandInput, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { notificationEvent } from '../../../local/aws/sns-envelope';
import { signingKey } from '../../../local/aws/sns-key';
import { createSignatureCheck } from '../../../src/adapters/sns/signature';
import { regionId } from '../../../src/core/basics/brand';
import { eventually } from '../eventually';
import { credentials } from './dynamo-client';
import { openWorkshop, regionA, type TestEdge, type Workshop } from './edge-fixture';

const topic = 'arn:aws:sns:eu-west-1:000000000000:twinwatch-alerts';

describe('the topic of a region', () => {
  let workshop: Workshop;
  let edge: TestEdge;
  let receiver: Receiver;
  let sns: SNSClient;

  beforeAll(async () => {
    workshop = openWorkshop();
    receiver = await openReceiver();
    const hook = (name: string) => ({ name, protocol: 'http' as const, endpoint: `${receiver.url}/${name}` });
    const subscriptions = [hook('ops-hook'), hook('gone'), hook('ill'), { name: 'ops-mail', protocol: 'email' as const, endpoint: 'ops@example.com' }];
    edge = await workshop.start({ subscriptions });
    sns = new SNSClient({ endpoint: edge.url, region: regionA, credentials, maxAttempts: 1 });
  });
  afterAll(async () => {
    receiver.server.close();
    await workshop.close();
  });

  const publish = (changes: Partial<PublishCommandInput> = {}) =>
    sns.send(new PublishCommand({ TopicArn: topic, Subject: 'checkout is down', ...changes, Message: changes.Message ?? 'hello' }));

  it('posts a notification in the envelope of SNS, signed by the certificate it names', async () => {
    const bodies = { default: 'any', http: '{"incident":"x"}', email: 'checkout is down\nfrom everywhere' };
    const { MessageId } = await publish({
      MessageStructure: 'json',
      Message: JSON.stringify(bodies),
      MessageAttributes: { severity: { DataType: 'String', StringValue: 'page' } },
    });
    const post = await eventually(() => receiver.posts.find(({ path }) => path === '/ops-hook'));
    expect(post.headers).toMatchObject({ 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-message-id': MessageId, 'x-amz-sns-topic-arn': topic });
    expect(post.headers['content-type']).toBe('text/plain; charset=UTF-8');
    const envelope = JSON.parse(post.body);
    expect(envelope).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: topic,
      Subject: 'checkout is down',
      Message: bodies.http,
      SignatureVersion: '2',
    });
    expect(envelope.MessageAttributes).toEqual({ severity: { Type: 'String', Value: 'page' } });
    const certificate = new X509Certificate(await (await fetch(envelope.SigningCertURL)).text());
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    const signedText = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'].map((name) => `${name}\n${envelope[name]}\n`).join('');
    expect(createVerify('RSA-SHA256').update(signedText).verify(certificate.publicKey, envelope.Signature, 'base64')).toBe(true);
    expect(createVerify('RSA-SHA256').update(`${signedText} `).verify(certificate.publicKey, envelope.Signature, 'base64')).toBe(false);
  });

  it.each(['checkout is down', undefined])('what functions are handed has the signature that the relay checks: subject %j', async (subject) => {
    const event = notificationEvent({
      messageId: 'm-1',
      topicArn: topic,
      subscriptionArn: `${topic}:~relay`,
      message: { subject, attributes: {} },
      body: 'héllo\nworld',
      at: '2026-11-21T04:02:03.000Z',
      edgeUrl: edge.url,
      privateKey: signingKey(join(edge.spec.dataDir, 'sns-key.pem'))().privateKey,
    }) as { readonly Records: readonly { readonly Sns: Readonly<Record<string, unknown>> }[] };
    const check = createSignatureCheck({ region: regionId(regionA), now: Date.now, endpoint: edge.url });
    const [{ Sns }] = event.Records as [{ Sns: Readonly<Record<string, unknown>> }];
    expect(Sns).toMatchObject({ Subject: subject ?? null, MessageAttributes: {}, SignatureVersion: '1' });
    expect(await check(Sns)).toEqual({ kind: 'good' });
    expect(await check({ ...Sns, Message: 'other' })).toEqual({ kind: 'forged' });
  });

  it.each([
    ['ops-hook', 'delivered', 'status 200'],
    ['gone', 'failed', 'status 404'],
    ['ill', 'retrying', 'status 503'],
    ['ops-mail', 'delivered', 'checkout-is-down.txt'],
  ])('reports what became of a message: %s %s', async (subscription, status, detail) => {
    await publish();
    const delivery = await edge.message('delivery', (message) => message.subscription === subscription);
    expect(delivery).toMatchObject({ topic, status, attempts: 1, detail: expect.stringContaining(detail) });
  });

  it('writes mails as files that can be read', () => {
    const folder = join(dirname(edge.spec.dataDir), 'mail');
    const [file = ''] = readdirSync(folder).sort();
    expect(file).toMatch(/^\d{4}-\d\d-\d\dT.*-eu-west-1-checkout-is-down\.txt$/);
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^To: ops@example\.com\n(?:.+\n)+\ncheckout is down\nfrom everywhere\n$/);
  });

  it.each<[string, Partial<PublishCommandInput>, string]>([
    ['another topic', { TopicArn: `${topic}-2` }, 'NotFoundException'],
    ['a subject of two lines', { Subject: 'one\ntwo' }, 'InvalidParameterException'],
    ['a subject that is too long', { Subject: 'x'.repeat(101) }, 'InvalidParameterException'],
    ['bodies without a default', { MessageStructure: 'json', Message: '{"http":"x"}' }, 'InvalidParameterException'],
  ])('refuses %s', async (_what, changes, name) => {
    await expect(publish(changes)).rejects.toMatchObject({ name });
  });

  it('says which action it does not have', async () => {
    const subscribing = sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sms', Endpoint: '+1' }));
    await expect(subscribing).rejects.toThrow('the small AWS of twinwatch has no Subscribe');
  });
});

interface Receiver {
  readonly server: Server;
  readonly url: string;
  readonly posts: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }[];
}

async function openReceiver(): Promise<Receiver> {
  const posts: Receiver['posts'] = [];
  const statuses: Record<string, number> = { '/gone': 404, '/ill': 503 };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    posts.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(statuses[request.url ?? ''] ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posts };
}
