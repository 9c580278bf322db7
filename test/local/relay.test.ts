// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
/** The relay in the whole local system: secrets from a file, a chat and a pager that answer badly at first, and the rights that are deployed. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testChannels } from '../../cli/test-channels';
import type { AnnouncementView, StatusView } from '../../src/core/views';
import { parse } from '../core/config/config-text';
import { eventually } from './eventually';
import { landed } from './landed';
import { type CallsOfRegion, refused } from './recorded-rights';
import { clearAway, startSystem, type TestSystem } from './system';

const yaml = (target: string, receiver: string): string => `
regions: { probers: [eu-west-1, us-east-2] }
defaults: { interval: 1s, timeout: 400ms, downAfter: 2, upAfter: 2 }
watch: { tolerate: 30s }
network: { allowPrivate: true }
channels:
  chat: { slack: "\${secret:ssm:/twinwatch/chat}" }
  pager: { pagerduty: { key: "\${secret:twinwatch/pager#key}", url: "${receiver}/pager" } }
monitors:
  shop: { http: { url: "${target}", bearer: "\${secret:twinwatch/shop}", expect: { status: 200 } } }
`;

interface Got {
  readonly path: string;
  readonly body: { readonly text?: string; readonly event_action?: string; readonly routing_key?: string; readonly dedup_key?: string };
}

const listening = (answer: Parameters<typeof createServer>[1]): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(answer).listen(0, '127.0.0.1', () => resolve(server));
  });
const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

let dataFolder: string;
let text: string;
let system: TestSystem;
let service: Server;
let receiver: Server;
let isBroken = false;
let chatFailures = 1;
const tokens = new Set<string | undefined>();
const got: Got[] = [];

beforeAll(async () => {
  service = await listening((request, response) => {
    if (request.headers.authorization !== undefined) tokens.add(request.headers.authorization);
    response.writeHead(isBroken ? 503 : 200).end();
  });
  receiver = await listening((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (more: string) => {
      body += more;
    });
    request.once('end', () => {
      if (request.url === '/chat' && chatFailures-- > 0) return void response.writeHead(503).end();
      got.push({ path: request.url ?? '', body: JSON.parse(body) });
      response.writeHead(202).end();
    });
  });
  dataFolder = mkdtempSync(join(tmpdir(), 'twinwatch-relay-'));
  const configFile = join(dataFolder, 'twinwatch.yaml');
  const secretsFile = join(dataFolder, 'secrets.yaml');
  text = yaml(`${addressOf(service)}/`, addressOf(receiver));
  writeFileSync(configFile, text);
  writeFileSync(secretsFile, `twinwatch/pager: { key: k-1234567 }\nssm:/twinwatch/chat: ${addressOf(receiver)}/chat\ntwinwatch/shop: shop-token-1\n`);
  system = await startSystem({ dataFolder: join(dataFolder, 'data'), configFile, secretsFile });
  await eventually(async () => (await system.get<StatusView>('/api/status')).monitors[0]!.verdict === 'up');
});

afterAll(async () => {
  await clearAway(system, dataFolder);
  for (const server of [service, receiver]) server.close();
});

const at = (path: string): readonly Got['body'][] => got.filter((one) => one.path === path).map(({ body }) => body);
/** On a machine with much else to do more may be told than of the service. */
const ofShop = (path: string): readonly Got['body'][] => at(path).filter((body) => JSON.stringify(body).includes('shop'));
const actions = (): readonly (string | undefined)[] => ofShop('/pager').map(({ event_action }) => event_action);

/** How often it was told to topics: two regions that conclude it in the same moment both tell it. */
const tellings = async (): Promise<number> =>
  (await system.get<readonly AnnouncementView[]>('/api/announcements')).filter(({ subject }) => subject === 'shop').length;

it('an outage reaches the chat, at its second try, and the pager, and so does its end, as often as it is told', async () => {
  isBroken = true;
  await eventually(() => ofShop('/chat').some(({ text: line }) => /^PAGE shop is DOWN/.test(line ?? '')) && actions().includes('trigger'));
  expect(ofShop('/pager').find(({ event_action }) => event_action === 'trigger')).toMatchObject({
    routing_key: 'k-1234567',
    dedup_key: 'twinwatch:shop:availability',
  });
  isBroken = false;
  await eventually(() => actions().includes('resolve') && ofShop('/chat').some(({ text: line }) => line === 'RESOLVED shop is up again'));
  await eventually(async () => ofShop('/chat').length >= (await tellings()) && actions().length >= (await tellings()));
  expect([...new Set(actions())]).toEqual(['trigger', 'resolve']);
  expect([...tokens]).toEqual(['Bearer shop-token-1']);
});

it('a numbered test is taken by every channel, from every region', async () => {
  const { port } = system.regions[0]!;
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'SOMEBODY', AWS_SECRET_ACCESS_KEY: 'local' });
  const { text: said, exitCode } = await testChannels({ config: join(dataFolder, 'twinwatch.yaml') });
  expect(said.replace(/\d{4}/, 'n')).toBe(
    'test n\neu-west-1  chat   delivered\neu-west-1  pager  delivered\nus-east-2  chat   delivered\nus-east-2  pager  delivered\n',
  );
  expect(exitCode).toBe(0);
  expect(
    at('/chat')
      .slice(2)
      .map(({ text: line }) => line?.replace(/\d{4}/, 'n')),
  ).toContain('TEST n of twinwatch in eu-west-1: nothing is wrong');
});

const relayLog = (): string => readFileSync(join(dataFolder, 'data', 'eu-west-1', 'logs', 'twinwatch-relay.log'), 'utf8');
const forgery = (over: object) => ({
  MessageId: 'm-forged',
  TopicArn: 'arn:aws:sns:eu-west-1:000000000000:twinwatch-alerts',
  Subject: 'PAGE nothing is well',
  Message: 'nothing is well',
  Timestamp: new Date().toISOString(),
  MessageAttributes: {},
  ...over,
});
const signed = (port: number, folder: string) => ({
  SignatureVersion: '1',
  Signature: 'bm9ib2R5',
  SigningCertUrl: `http://127.0.0.1:${port}/${folder}SimpleNotificationService-7477696e7761746368.pem`,
});

it('what SNS did not sign reaches nobody, and is noted; what it did sign was believed', async () => {
  expect(relayLog()).not.toMatch(/message refused|signature not checked/);
  const { port } = system.regions[0]!;
  for (const over of [{}, signed(port, 'x/'), signed(port, '')]) {
    const told = await fetch(`http://127.0.0.1:${port}/2015-03-31/functions/twinwatch-relay/invocations`, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=SOMEBODY/20261121/eu-west-1/lambda/aws4_request' },
      body: JSON.stringify({ Records: [{ EventSource: 'aws:sns', Sns: forgery(over) }] }),
    });
    expect(told.status).toBe(200);
  }
  await eventually(() => relayLog().includes('forged message refused'));
  for (const what of ['unsigned', 'foreign']) expect(relayLog()).toContain(`${what} message refused`);
  expect(JSON.stringify(got)).not.toContain('nothing is well');
});

it('every call was one that the deployed roles allow, and none of the secrets stands in what is said', async () => {
  const made: CallsOfRegion[] = await Promise.all(
    system.regions.map(
      async ({ name, port }) => ({ region: name, calls: await (await fetch(`http://127.0.0.1:${port}/_twinwatch/calls`)).json() }) as CallsOfRegion,
    ),
  );
  const parsed = parse(text);
  if (parsed.kind !== 'valid') throw new Error('the configuration has mistakes');
  const relayed = made.flatMap(({ calls }) => calls).filter((call) => call.function === 'twinwatch-relay');
  expect([...new Set(relayed.map(({ service: of, action }) => `${of} ${action}`))].toSorted()).toEqual([
    'dynamodb PutItem',
    'dynamodb Query',
    'secretsmanager GetSecretValue',
    'ssm GetParameter',
  ]);
  const ofFunctions = made.map(({ region, calls }) => ({ region, calls: calls.filter((call) => call.function.startsWith('twinwatch-')) }));
  expect(refused(ofFunctions, parsed.config)).toEqual([]);
  const everything = JSON.stringify([system.said(), await system.get('/api/local'), await system.get('/api/status'), await system.get('/api/announcements')]);
  for (const secret of ['k-1234567', '/chat', 'shop-token']) expect(everything).not.toContain(secret);
});

it('what has landed can read the secrets that it needs: the prober those of monitors, the relay those of channels', async () => {
  const { facts } = await landed({ config: join(dataFolder, 'twinwatch.yaml'), region: 'eu-west-1' });
  expect(facts.map((fact) => fact.said).filter((sentence) => sentence.includes('secret'))).toEqual([
    'the prober of eu-west-1 can read every secret that it needs',
    'the relay of eu-west-1 can read every secret that it needs',
  ]);
  for (const secret of ['k-1234567', '/chat', 'shop-token']) expect(JSON.stringify(facts)).not.toContain(secret);
});
