import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, openDemo } from '../../local/demo';
import { signatureHeaders } from '../../src/adapters/channels/post/signature';
import { instant } from '../../src/core/basics/brand';
import { parseConfig } from '../../src/core/config/parse-config';
import { ask, askJson } from './asking';

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-demo-'));
let demo: Demo;

beforeEach(async () => {
  demo = await openDemo(folder);
});
afterEach(() => demo.close());
afterAll(() => rmSync(folder, { recursive: true }));

const askAs = async (region: string): Promise<number> => {
  const [{ port } = { port: 0 }] = demo.services;
  return (await ask({ port, path: '/health', headers: { 'user-agent': `twinwatch/0.1.0 (${region})` } })).status;
};

it('brings a configuration without a mistake, and without a warning', () => {
  const parsed = parseConfig({ text: demo.configText, file: demo.configFile, environment: {}, madeAt: instant(0) });
  expect(parsed).toMatchObject({ kind: 'valid', warnings: [] });
  if (parsed.kind !== 'valid') return;
  expect(parsed.config.beatIntervalMs).toBe(10_000);
  expect(parsed.config.monitors.map(({ target }) => target)).toEqual(demo.services.map(({ url }) => url));
  expect(parsed.config.channels.map(({ name }) => name).toSorted()).toEqual(['demo-hook', 'demo-relay', 'ops-mail']);
  expect(parsed.config.anchors).toHaveLength(2);
});

it('breaks a service for everyone, also for who is no probe', async () => {
  demo.services[0]!.setBroken(true);
  expect([await askAs('eu-west-1'), await askAs('us-east-2'), await askAs('?')]).toEqual([503, 503, 503]);
  demo.services[0]!.setBroken(false);
  expect(await askAs('eu-west-1')).toBe(200);
});

it('breaks a service for one region, which is known by its User-Agent', async () => {
  demo.services[0]!.setBroken(true, 'us-east-2');
  expect([await askAs('eu-west-1'), await askAs('us-east-2'), await askAs('?')]).toEqual([200, 503, 200]);
});

it('keeps what its receiver was told, newest first, at most a hundred', async () => {
  for (let n = 1; n <= 101; n += 1) await askJson(demo.inbox.port, '/inbox', { n });
  expect(demo.inbox.list()).toHaveLength(100);
  expect(demo.inbox.list()[0]).toMatchObject({ envelope: { n: 101 } });
  expect((await ask({ port: demo.inbox.port, path: '/inbox', method: 'POST', body: 'no JSON' })).status).toBe(400);
  expect((await ask({ port: demo.inbox.port, path: '/inbox' })).status).toBe(404);
});

it('believes what the relay signed, and nothing else', async () => {
  const secret = readFileSync(demo.secretsFile, 'utf8').split(': ')[1]!.trim();
  const body = JSON.stringify({ kind: 'opened' });
  const post = async (over: Readonly<Record<string, string>> = {}, text = body): Promise<number> => {
    const headers = { ...signatureHeaders({ id: 'i-1', seconds: Math.floor(Date.now() / 1000), body, secret }), ...over };
    return (await ask({ port: demo.inbox.port, path: '/signed', method: 'POST', headers, body: text })).status;
  };
  expect(await post()).toBe(200);
  expect(demo.inbox.signed()).toMatchObject([{ id: 'i-1', event: { kind: 'opened' } }]);
  const old = signatureHeaders({ id: 'i-1', seconds: 1, body, secret });
  const refusals = [await post({}, '{"kind":"resolved"}'), await post({ 'webhook-id': 'i-2' }), await post({ 'webhook-signature': 'v1,x' }), await post(old)];
  expect(refusals).toEqual([401, 401, 401, 401]);
  expect(demo.inbox.signed()).toHaveLength(1);
});

it('keeps its addresses over a restart, so that each monitor stays the same one', async () => {
  const before = demo.configText;
  await demo.close();
  demo = await openDemo(folder);
  expect(demo.configText).toBe(before);
});

it('finds another address where its own was taken meanwhile', async () => {
  const [taken] = demo.services;
  await demo.close();
  const thief = createServer();
  await new Promise<void>((resolve) => thief.listen(taken!.port, '127.0.0.1', resolve));
  demo = await openDemo(folder);
  expect(demo.services[0]!.port).not.toBe(taken!.port);
  expect(await askAs('eu-west-1')).toBe(200);
  await new Promise((resolve) => thief.close(resolve));
});
