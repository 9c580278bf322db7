import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportView, StatusView } from '../../src/core/views';
import { eventually } from './eventually';
import { clearAway, startSystem, type TestSystem } from './system';

const token = 'f00dfeed-0123-4567-89ab';
const nightlyToken = `${token}-nightly`;
const yaml = (hook: string): string => `
regions: { probers: [eu-west-1] }
defaults: { interval: 1s, timeout: 400ms }
network: { allowPrivate: true }
channels: { hook: { webhook: "${hook}" } }
monitors:
  backup: { heartbeat: { every: 3s, grace: 6s, token: "\${env:BACKUP_TOKEN}" } }
  nightly: { heartbeat: { every: 8s, grace: 6s, token: "\${env:NIGHTLY_TOKEN}" } }
  quiet: { heartbeat: { every: 1h, token: "\${env:QUIET_TOKEN}" } }
`;

let dataFolder: string;
let configFile: string;
let receiver: Server;
let system: TestSystem;
const told: { readonly key: string; readonly kind: string; readonly facts?: readonly string[] }[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      told.push(JSON.parse(JSON.parse(body).Message));
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  dataFolder = mkdtempSync(join(tmpdir(), 'twinwatch-heartbeat-'));
  configFile = join(dataFolder, 'twinwatch.yaml');
  writeFileSync(configFile, yaml(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`));
  system = await startSystem({
    dataFolder: join(dataFolder, 'data'),
    configFile,
    environment: { BACKUP_TOKEN: token, NIGHTLY_TOKEN: nightlyToken, QUIET_TOKEN: `${token}-quiet` },
  });
});

afterAll(async () => {
  await clearAway(system, dataFolder);
  receiver.close();
});

const edge = () => `http://127.0.0.1:${system.regions[0]!.port}`;
const call = (suffix = '', init: RequestInit = {}, by = token) => fetch(`${edge()}/ping/${by}${suffix}`, init);
const of = async (id: string) => (await system.get<StatusView>('/api/status')).monitors.find((monitor) => monitor.id === id)!;
const verdict = async (id: string) => (await of(id)).verdict;
const tellings = (kind: 'opened' | 'resolved', id = 'backup') => told.filter((one) => one.key === `${id}:availability` && one.kind === kind);

/** Calls again and again until it is told not to. */
function calling(by = token): () => Promise<void> {
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      await call('', {}, by).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return async () => {
    isOver = true;
    await done;
  };
}

/** Its last call was a moment ago. */
async function saidUp(): Promise<void> {
  const stop = calling();
  await eventually(async () => (await verdict('backup')) === 'up');
  await stop();
}

/** However long it takes until its end is told: it goes on calling. */
async function resolved(): Promise<void> {
  const before = tellings('resolved').length;
  const stop = calling();
  await eventually(() => tellings('resolved').length > before);
  await stop();
}

it('a job that calls is up, by any of the forms that the clients of Healthchecks use', async () => {
  for (const [method, suffix] of [
    ['GET', '/start'],
    ['POST', ''],
    ['HEAD', '/0'],
    ['GET', '/log'],
  ] as const) {
    expect((await call(suffix, { method, ...(method === 'POST' ? { body: '12 files saved' } : {}) })).status).toBe(200);
  }
  await eventually(async () => (await verdict('backup')) === 'up');
  expect(await verdict('quiet')).toBe('unknown');
});

it('whoever has no token, or asks for nonsense, is refused', async () => {
  const ask = async (path: string, method = 'GET') => (await fetch(`${edge()}${path}`, { method })).status;
  expect(await ask('/ping/nobody-has-this-token-here')).toBe(404);
  expect(await ask(`/ping/${token}/256`)).toBe(400);
  expect(await ask(`/ping/${token}/start?rid=12345`)).toBe(400);
  expect(await ask(`/ping/${token}`, 'PUT')).toBe(405);
});

it('a job that says it failed is told at once, with what it said, and so is its recovery', async () => {
  await saidUp();
  await call('/3', { method: 'POST', body: 'disk full\nsecond line' });
  await eventually(() => /heartbeat-failed.*it ended with 3, wanted 0 at .* UTC: disk full/.test(JSON.stringify(tellings('opened'))));
  await resolved();
});

it('a job that does not call is missed, and its next call ends that', async () => {
  await saidUp();
  const calledLast = Date.now();
  const before = tellings('opened').length;
  await eventually(() => tellings('opened').length > before);
  expect(Date.now() - calledLast).toBeGreaterThan(8500);
  expect(JSON.stringify(tellings('opened').at(-1))).toMatch(/heartbeat-late.*no ping by .* UTC, due at .* UTC, grace 6 s; last ping at .* UTC/);
  await resolved();
});

it('an inbox that was dark tells no job down, and the time is unknown', async () => {
  const before = calling(nightlyToken);
  await eventually(async () => (await verdict('nightly')) === 'up');
  const darkAt = Date.now();
  process.kill(system.regions[0]!.pid, 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 16_000));
  await before();
  expect((await system.post('/api/regions/eu-west-1', { state: 'running' })).status).toBe(200);
  const lightAt = Date.now();
  // A period with the inbox at work has not passed: the job is healthy, and would be told down by its old deadline.
  await eventually(async () => (await system.get<StatusView>('/api/status')).regions[0]!.lastBeatAgeMs! < 2000);
  expect(await verdict('nightly')).toBe('unknown');
  const after = calling(nightlyToken);
  await eventually(async () => (await verdict('nightly')) === 'up');
  await after();
  expect(tellings('opened', 'nightly')).toEqual([]);

  const [from, to] = [new Date(darkAt), new Date(lightAt)];
  const report = await system.get<ReportView>(`/api/report?monitor=nightly&from=${from.toISOString()}&to=${to.toISOString()}`);
  expect(report.downMs).toBe(0);

  expect(report.unknownMs).toBeGreaterThan(13_000);
});

it('shows its token nowhere', async () => {
  const views = await Promise.all(['/api/status', '/api/announcements', '/api/local', '/api/why?subject=backup'].map((path) => fetch(system.url + path)));
  const shown = [...(await Promise.all(views.map((view) => view.text()))), JSON.stringify(told), ...system.said()].join('\n');
  expect(shown).not.toContain(token);
});
