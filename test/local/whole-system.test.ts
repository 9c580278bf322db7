import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedCall } from '../../local/aws/call-record';
import { createPokes } from '../../src/adapters/lambda/pokes';
import { instant, regionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { parseConfig } from '../../src/core/config/parse-config';
import type { AnnouncementView, ReportView, StatusView } from '../../src/core/views';
import { eventually } from './eventually';
import { type CallsOfRegion, refused } from './recorded-rights';
import { clearAway, startSystem, type TestSystem } from './system';

interface Told {
  readonly key: string;
  readonly kind: string;
  readonly region: string;
  readonly condition: string;
  readonly certainty: string;
}

const yaml = (target: string, hook: string): string => `
regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
defaults: { interval: 2s, timeout: 900ms, downAfter: 2, upAfter: 2 }
watch: { tolerate: 5s }
network: { allowPrivate: true }
channels:
  hook: { webhook: "${hook}" }
monitors:
  shop: { http: { url: "${target}", expect: { status: 200 } } }
`;

let dataFolder: string;
let configFile: string;
let service: Server;
let receiver: Server;
let isBroken = false;
const made: CallsOfRegion[] = [];
let system: TestSystem;
const received: { readonly type: unknown; readonly envelope: Record<string, string>; readonly told: Told }[] = [];

beforeAll(async () => {
  service = await listening((_body, response) => response.writeHead(isBroken ? 503 : 200).end());
  receiver = await listening((body, response, headers) => {
    const envelope = JSON.parse(body);
    received.push({ type: headers['x-amz-sns-message-type'], envelope, told: JSON.parse(envelope.Message) });
    response.end();
  });
  dataFolder = mkdtempSync(join(tmpdir(), 'twinwatch-whole-'));
  configFile = join(dataFolder, 'twinwatch.yaml');
  writeFileSync(configFile, yaml(addressOf(service), addressOf(receiver)));
  system = await startSystem({ dataFolder, configFile });
});

afterAll(async () => {
  await clearAway(system, dataFolder);
  for (const server of [service, receiver]) server.close();
});

const told = (key: string, kind: string) => received.find((message) => message.told.key === key && message.told.kind === kind);
const status = () => system.get<StatusView>('/api/status');

it('a real outage of a real server reaches a real receiver in the envelope of SNS, and so does its end', async () => {
  await eventually(async () => (await status()).monitors[0]!.verdict === 'up');
  isBroken = true;
  await eventually(() => told('shop:availability', 'opened') !== undefined);
  const page = told('shop:availability', 'opened')!;
  expect(page.type).toBe('Notification');
  expect(page.envelope).toMatchObject({
    Type: 'Notification',
    Subject: 'PAGE shop is DOWN (confirmed)',
    TopicArn: expect.stringMatching(/^arn:aws:sns:[\w-]+:000000000000:twinwatch-alerts$/),
  });
  expect(page.told).toMatchObject({ monitor: 'shop', condition: 'down', certainty: 'confirmed' });
  isBroken = false;
  await eventually(() => told('shop:availability', 'resolved') !== undefined);
});

it('a prober answers a poke from another region while its rounds go on, and none that a cut link swallows', async () => {
  const [ireland, ohio] = ['eu-west-1', 'us-east-2'].map((name) => system.regions.find((region) => region.name === name)!);
  const asker = { AWS_ENDPOINT_URL: `http://127.0.0.1:${ohio!.port}`, AWS_ACCESS_KEY_ID: 'TWINWATCHWATCHDOG', AWS_SECRET_ACCESS_KEY: 'local' };
  Object.assign(process.env, asker);
  const pokes = createPokes({ account: '000000000000' });
  // A busy machine may take longer than a poke may.
  const answer = await eventually(() => pokes.poke(regionId(ireland!.name), 'nonce-of-a-test').catch(() => undefined));
  expect(answer).toMatchObject({ nonce: 'nonce-of-a-test', region: 'eu-west-1', store: 'answers' });
  for (const slot of [answer.claimed!, answer.finished!]) expect(Math.abs(Date.now() - slot * second)).toBeLessThan(10 * second);
  expect(answer.claimed!).toBeGreaterThanOrEqual(answer.finished!);

  const link = { from: 'us-east-2', to: 'eu-west-1' };
  expect((await system.post('/api/links', { ...link, cut: true })).status).toBe(200);
  await expect(pokes.poke(regionId(ireland!.name), 'swallowed')).rejects.toThrow(/^prober eu-west-1: Invoke /);
  await system.post('/api/links', { ...link, cut: false });
});

it('a region that is killed is named by another one, what only it saw becomes unknown, and its return is told', async () => {
  process.kill(system.regions.find((region) => region.name === 'eu-west-1')!.pid, 'SIGKILL');
  await eventually(() => told('prober:eu-west-1:watch', 'opened') !== undefined);
  const page = told('prober:eu-west-1:watch', 'opened')!;
  expect(page.told.condition).toBe('silent');
  expect(['us-east-2', 'eu-central-1']).toContain(page.told.region);
  const shop = await eventually(async () => (await status()).monitors.find(({ certainty }) => certainty === 'single-witness'));
  expect(shop).toMatchObject({ verdict: 'up', regions: { 'eu-west-1': { health: 'unknown' }, 'us-east-2': { health: 'up' } } });

  expect((await system.post('/api/regions/eu-west-1', { state: 'running' })).status).toBe(200);
  await eventually(() => told('prober:eu-west-1:watch', 'resolved') !== undefined);
});

it('the widget of the dashboard is drawn by the function that is deployed, as the region that is asked has it', async () => {
  const draw = async () => (await fetch(`http://127.0.0.1:${system.port}/widget?region=eu-central-1&theme=dark`)).text();
  const drawn = await eventually(async () => {
    const html = await draw();
    return html.includes('<b>shop</b>') && html;
  });
  expect(drawn).toContain('As the replica in eu-central-1 has it');
  expect(drawn).toContain('tw-theme-dark');
});

it('after everything was killed at once nothing acknowledged is lost, and the dark time is unknown', async () => {
  const announcements = () => system.get<readonly AnnouncementView[]>('/api/announcements');
  await eventually(async () => (await announcements()).filter((one) => one.receipt !== null).length >= 4);
  const before = await announcements();
  await keepCalls();
  const darkAt = Date.now();
  await system.killEverything();
  await new Promise((resolve) => setTimeout(resolve, 6000));
  const lightAt = Date.now();
  system = await startSystem({ dataFolder, configFile });
  await eventually(async () => (await status()).monitors[0]!.verdict === 'up');

  const isKept = async (id: string): Promise<boolean> => (await announcements()).some((announcement) => announcement.id === id);
  for (const { id } of before) await eventually(() => isKept(id));

  const [from, to] = [new Date(darkAt - 10_000), new Date(lightAt + 2000)];
  const report = await system.get<ReportView>(`/api/report?monitor=shop&from=${from.toISOString()}&to=${to.toISOString()}`);
  expect(report.upMs + report.downMs + report.unknownMs + report.pausedMs).toBe(to.getTime() - from.getTime());
  const dark = report.gaps.find((gap) => Date.parse(gap.from) < lightAt && Date.parse(gap.to) > lightAt - 1000);
  expect(dark).toMatchObject({ cause: 'no prober reported' });
  expect(Date.parse(dark!.to) - Date.parse(dark!.from)).toBeGreaterThan(2000);
});

it('made no call in all that time that the roles of its functions would not allow', async () => {
  await keepCalls();
  const kinds = new Set(made.flatMap(({ calls }) => calls).map(({ service, action }) => `${service} ${action}`));
  expect([...kinds].sort()).toEqual([
    'dynamodb BatchGetItem',
    'dynamodb PutItem',
    'dynamodb Query',
    'lambda Invoke',
    'monitoring PutMetricData',
    'sns Publish',
  ]);
  const parsed = parseConfig({ text: readFileSync(configFile, 'utf8'), file: configFile, environment: {}, madeAt: instant(0) });
  if (parsed.kind === 'invalid') throw new Error('the file of this test has mistakes');
  expect(refused(made, parsed.config)).toEqual([]);
});

it('ends all its processes when it is asked to stop', async () => {
  const pids = system.pids();
  expect(pids.length).toBeGreaterThan(6);
  expect(await system.stop()).toBe(0);
  await eventually(() => pids.every((pid) => !isAlive(pid)));
});

/** A region that is killed forgets its calls. */
async function keepCalls(): Promise<void> {
  for (const { name, port } of system.regions) {
    const answer = await fetch(`http://127.0.0.1:${port}/_twinwatch/calls`).catch(() => undefined);
    const calls = answer === undefined ? [] : ((await answer.json()) as readonly RecordedCall[]);
    made.push({ region: name, calls: calls.filter((call) => call.function.startsWith('twinwatch-')) });
  }
}

type Answer = (body: string, response: import('node:http').ServerResponse, headers: import('node:http').IncomingHttpHeaders) => void;

async function listening(answer: Answer): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => answer(body, response, request.headers));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
