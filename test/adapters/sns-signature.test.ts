/** Signatures of SNS, with a key of our own and certificates that are served well or badly. */
import { sign } from 'node:crypto';
import { createSignatureCheck } from '../../src/adapters/sns/signature';
import { regionId } from '../../src/core/basics/brand';
import { fixture, startServers } from './servers';
import { certificatePath, signedBySns, whileValid } from './sns-signed';

const region = regionId('eu-west-1');
const servers = startServers();
let place: string;
let elsewhere: string;
let fetched = 0;
let answer: { readonly status: number; readonly body: string } | 'hang' | 'redirect';

beforeAll(async () => {
  const port = await servers.http((_request, response) => {
    fetched += 1;
    if (answer === 'redirect') response.writeHead(302, { location: `${elsewhere}${certificatePath}` }).end();
    else if (answer !== 'hang') response.writeHead(answer.status).end(answer.body);
  });
  place = `http://127.0.0.1:${port}`;
  elsewhere = `http://127.0.0.1:${await servers.http((_request, response) => response.end(fixture('sns.pem')))}`;
});
afterAll(() => servers.close());
beforeEach(() => {
  fetched = 0;
  answer = { status: 200, body: fixture('sns.pem') };
});

const checkAt = (now: number) => createSignatureCheck({ region, now: () => now, endpoint: place });
const check = (over: object) => checkAt(whileValid)({ ...signedBySns(place), ...over });

it('what SNS signed is good, with a subject and without', async () => {
  expect(await check({})).toEqual({ kind: 'good' });
  const { Subject: _, ...without } = signedBySns(place, { Subject: null });
  for (const said of [signedBySns(place, { Subject: null }), without]) expect(await checkAt(whileValid)(said)).toEqual({ kind: 'good' });
});

it('the text to sign is that of the documentation', async () => {
  const text =
    'Message\nmy message\nMessageId\nm-2\nSubject\nhello\nTimestamp\n2026-11-21T04:02:03.000Z\nTopicArn\narn:aws:sns:eu-west-1:1:t\nType\nNotification\n';
  const Signature = sign('RSA-SHA256', Buffer.from(text), fixture('sns.key')).toString('base64');
  expect(await check({ Message: 'my message', MessageId: 'm-2', Subject: 'hello', TopicArn: 'arn:aws:sns:eu-west-1:1:t', Signature })).toEqual({
    kind: 'good',
  });
});

it.each([
  { Message: 'all is well' },
  { MessageId: 'm-2' },
  { Subject: 'RESOLVED checkout' },
  { Subject: null },
  { Timestamp: '2026-11-22T04:02:03.000Z' },
  { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:twinwatch-alarms' },
  { Type: 'SubscriptionConfirmation' },
  { Signature: '' },
  { Signature: 'bm8=' },
])('what was changed after it was signed is forged: %j', async (over) => {
  expect(await check(over)).toEqual({ kind: 'forged' });
});

it('what somebody else signed is forged', async () => {
  answer = { status: 200, body: fixture('good.pem') };
  expect(await check({})).toEqual({ kind: 'forged' });
});

it.each(['2026-11-20T00:00:00Z', '2027-11-23T00:00:00Z'])('a certificate is good for nothing outside its time: %s', async (at) => {
  expect(await checkAt(Date.parse(at))(signedBySns(place))).toEqual({ kind: 'forged' });
});

it.each(['1', '2', undefined])('SHA-256 is what counts, and SHA-1 never does, whatever is said of the version: %j', async (SignatureVersion) => {
  expect(await check({ SignatureVersion })).toEqual({ kind: 'good' });
  const { Subject: _, Signature: __, ...said } = signedBySns(place);
  const text = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'].map((name) => `${name}\n${said[name]}\n`).join('');
  const signedWith = (hash: string) => ({ ...said, SignatureVersion, Signature: sign(hash, Buffer.from(text), fixture('sns.key')).toString('base64') });
  expect(await checkAt(whileValid)(signedWith('RSA-SHA256'))).toEqual({ kind: 'good' });
  expect(await checkAt(whileValid)(signedWith('RSA-SHA1'))).toEqual({ kind: 'forged' });
});

it.each([{ Signature: undefined }, { Signature: 7 }, { SigningCertUrl: undefined }])('without a signature it is unsigned: %j', async (over) => {
  expect(await check(over)).toEqual({ kind: 'unsigned' });
  expect(fetched).toBe(0);
});

it.each([403, 404])('a certificate that its own place does not have (%d) is a forger’s', async (status) => {
  answer = { status, body: 'no such key' };
  expect(await check({})).toEqual({ kind: 'forged' });
});

describe('a certificate of somewhere else is foreign, and not even fetched:', () => {
  const fetching = jest.spyOn(globalThis, 'fetch');
  const deployed = createSignatureCheck({ region, now: () => whileValid });
  const checkBy = (url: string) => deployed({ ...signedBySns(''), SigningCertUrl: url });
  beforeEach(() => fetching.mockReset().mockImplementation(async () => new Response(fixture('sns.pem'))));
  afterAll(() => fetching.mockRestore());

  const sns = 'https://sns.eu-west-1.amazonaws.com';
  it.each([sns, `${sns}.cn`])('not %s', async (own) => {
    expect(await checkBy(`${own}${certificatePath}`)).toEqual({ kind: 'good' });
    expect(fetching.mock.calls.map(([url]) => url)).toEqual([`${own}${certificatePath}`]);
  });

  it.each([
    `https://sns.us-east-2.amazonaws.com${certificatePath}`,
    `http://sns.eu-west-1.amazonaws.com${certificatePath}`,
    `${sns}.evil.test${certificatePath}`,
    `${sns}:8443${certificatePath}`,
    `${sns}@evil.test${certificatePath}`,
    `https://evil.test@sns.eu-west-1.amazonaws.com${certificatePath}`,
    `https://evil.test/${sns}${certificatePath}`,
    `https://s3.eu-west-1.amazonaws.com${certificatePath}`,
    `${sns}/SimpleNotificationService-.pem`,
    `${sns}/SimpleNotificationService-0a.pem?x=1`,
    `${sns}/SimpleNotificationService-0a.pem\n`,
    `${sns}/x/../SimpleNotificationService-0a.pem`,
    `${sns}/mine.pem`,
    'not a URL',
    '',
  ])('%j', async (url) => {
    expect(await checkBy(url)).toEqual({ kind: 'foreign' });
    expect(fetching).not.toHaveBeenCalled();
  });

  it('and where somebody answers for AWS, that of AWS, too', async () => {
    expect(await checkAt(whileValid)(signedBySns(sns))).toEqual({ kind: 'foreign' });
    expect(fetching).not.toHaveBeenCalled();
  });
});

it('one certificate is fetched once for many messages, also when they come together', async () => {
  const of = checkAt(whileValid);
  const several = ['m-1', 'm-2', 'm-3'].map((MessageId) => signedBySns(place, { MessageId }));
  for (const _round of [1, 2]) expect(await Promise.all(several.map(of))).toEqual(several.map(() => ({ kind: 'good' })));
  expect(fetched).toBe(1);
});

describe('a certificate that cannot be had leaves a message unchecked:', () => {
  it.each([
    ['an answer of trouble', { status: 503, body: fixture('sns.pem') }, /status 503/],
    ['no certificate', { status: 200, body: '<html>' }, /PEM/],
    ['a redirect', 'redirect', /fetch failed/],
  ] as const)('%s', async (_what, given, said) => {
    answer = given;
    expect(await check({})).toEqual({ kind: 'unchecked', error: expect.objectContaining({ message: expect.stringMatching(said) }) });
  });

  it('nobody who listens', async () => {
    const nowhere = `http://127.0.0.1:${await servers.closedPort()}`;
    const closed = createSignatureCheck({ region, now: () => whileValid, endpoint: nowhere });
    expect(await closed(signedBySns(nowhere))).toMatchObject({ kind: 'unchecked' });
  });

  it('a server that hangs, within two seconds; the next message asks again', async () => {
    answer = 'hang';
    const of = checkAt(whileValid);
    const begun = performance.now();
    expect(await of(signedBySns(place))).toMatchObject({ kind: 'unchecked', error: { name: 'TimeoutError' } });
    expect(performance.now() - begun).toBeLessThan(10_000);
    answer = { status: 200, body: fixture('sns.pem') };
    expect(await of(signedBySns(place))).toEqual({ kind: 'good' });
  });
});
