/** Gate and landing against the whole local system, as they are run against AWS: by the SDK, with nothing but an endpoint that is another one. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gate } from '../../cli/gate';
import { landing } from '../../cli/landing';
import type { StatusView } from '../../src/core/views';
import { eventually } from './eventually';
import { landed } from './landed';
import { clearAway, startSystem, type TestSystem } from './system';

const yaml = (target: string, hook: string): string => `
regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
defaults: { interval: 2s, timeout: 900ms, downAfter: 2, upAfter: 2 }
watch: { tolerate: 5s }
network: { allowPrivate: true }
channels: { hook: { webhook: "${hook}" } }
monitors:
  shop: { http: { url: "${target}", expect: { status: 200 } } }
`;

let dataFolder: string;
let config: string;
let system: TestSystem;
let service: Server;
let receiver: Server;
let isBroken = false;
const received: Readonly<Record<string, unknown>>[] = [];

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const listening = (answer: Parameters<typeof createServer>[1]): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(answer).listen(0, '127.0.0.1', () => resolve(server));
  });

beforeAll(async () => {
  service = await listening((_request, response) => void response.writeHead(isBroken ? 503 : 200).end());
  receiver = await listening((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (more: string) => {
      body += more;
    });
    request.once('end', () => {
      received.push(JSON.parse(JSON.parse(body).Message));
      response.end();
    });
  });
  dataFolder = mkdtempSync(join(tmpdir(), 'twinwatch-landing-'));
  config = join(dataFolder, 'twinwatch.yaml');
  writeFileSync(config, yaml(addressOf(service), addressOf(receiver)));
  system = await startSystem({ dataFolder, configFile: config });
  const { port } = system.regions.find(({ name }) => name === 'eu-west-1')!;
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'SOMEBODY', AWS_SECRET_ACCESS_KEY: 'local' });
  await eventually(async () => (await system.get<StatusView>('/api/status')).monitors[0]!.verdict === 'up');
});

afterAll(async () => {
  await clearAway(system, dataFolder);
  for (const server of [service, receiver]) server.close();
});

it('every region lands: functions, rights, replication, and a test message of each region at a real receiver', async () => {
  const { facts, number } = await landed({ config });
  const said = facts.map((fact) => fact.said);
  for (const sentence of [
    'the prober of us-east-2 writes its own items into every replica',
    'the beat of eu-west-1 can be read in us-east-2',
    'the watch record of eu-central-1 can be read in eu-west-1',
    'hook listens to the topic of eu-central-1',
    'the widget of eu-central-1 draws what the dashboard shows of it',
  ]) {
    expect(said).toContain(sentence);
  }
  // A region whose topic was slow to answer says it twice.
  const tellers = () => new Set(received.filter((message) => message.kind === 'test' && message.number === number).map(({ region }) => region));
  await eventually(() => tellers().size === 3);
  expect([...tellers()].sort()).toEqual(['eu-central-1', 'eu-west-1', 'us-east-2']);
});

it('where rights are to be evaluated, what nobody denies does not land', async () => {
  const { text, exitCode } = await landing({ config, region: 'us-east-2', rights: true });
  expect(exitCode).toBe(1);
  expect(text).toContain(
    'FAIL the prober of us-east-2 is not kept from writing what belongs to eu-west-1: an item of eu-west-1 could be written from here: the role may do too much',
  );
  expect(text).toMatch(/\nus-east-2 HAS NOT LANDED: \d of its checks failed\n$/);
});

it('another configuration than the one that is deployed does not land', async () => {
  const other = join(dataFolder, 'other.yaml');
  writeFileSync(other, yaml(addressOf(service), addressOf(receiver)).replace('900ms', '800ms'));
  const { text, exitCode } = await landing({ config: other, region: 'us-east-2', rights: false });
  expect(exitCode).toBe(1);
  expect(text).toMatch(/FAIL the watchdog of us-east-2 runs the configuration \w+, and this file is \w+: it was deployed from another file/);
});

it('the gate says go while the target is well, and no-go once it is broken, and nothing of it is recorded', async () => {
  expect(await gate({ config, times: '2' })).toMatchObject({ exitCode: 0, text: expect.stringContaining('2 of 2 ok') });
  isBroken = true;
  const { text, exitCode } = await gate({ config, times: '1', regions: 'us-east-2' });
  isBroken = false;
  expect([exitCode, text]).toEqual([1, expect.stringContaining('us-east-2  0 of 1 ok  status: status 503, wanted 200')]);
});

it('the gate does not say go when a region is dark', async () => {
  await system.post('/api/regions/us-east-2', { state: 'dark' });
  const { text, exitCode } = await gate({ config, times: '1' });
  expect([exitCode, text]).toEqual([2, expect.stringContaining('NOT ASKED')]);
  expect(text).toContain('shop       eu-west-1  1 of 1 ok');
});
