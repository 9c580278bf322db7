import { promisesOf } from '../../../src/core/promises';
import { ask } from '../asking';
import { config, eu, openPretendedApi, type PretendedApi, us, witness } from './pretended-api';

let api: PretendedApi;
beforeEach(async () => {
  api = await openPretendedApi();
});
afterEach(() => api.close());

it('tells the truth of this machine', async () => {
  const local = (await ask({ port: api.port, path: '/api/local' })).json();
  expect(local).toMatchObject({
    data: '/d',
    tolerateMs: 60_000,
    beatIntervalMs: 10_000,
    promises: promisesOf(config),
    services: [{ name: 'shop', url: api.shop.url, broken: 'no' }],
    channels: [
      { name: 'hook', kind: 'webhook', endpoint: 'http://127.0.0.1:1/inbox' },
      { name: 'mail', kind: 'email', endpoint: 'ops@example.com' },
    ],
    deliveries: [],
    drills: [],
  });
  expect(local.links).toHaveLength(6);
});

it('shows the alarms of the regions that run', async () => {
  const alarm = { name: 'twinwatch-prober-silent-eu-west-1', description: 'd', state: 'ALARM', reason: 'r', since: '2026-11-21T04:00:00.000Z' } as const;
  api.sound([eu, us].map((region) => ({ ...alarm, region })));
  await api.pretended.system.darken(eu);
  expect((await ask({ port: api.port, path: '/api/local' })).json().alarms).toEqual([{ ...alarm, region: us }]);
  api.sound([]);
});

describe('breaking a service', () => {
  it('is done for everyone or for one region, and mended', async () => {
    expect((await api.post('/api/services/shop', { broken: true, region: eu })).json().broken).toEqual([eu]);
    expect((await api.post('/api/services/shop', { broken: true })).json().broken).toBe('everywhere');
    expect((await api.post('/api/services/shop', { broken: false, region: us })).json().broken).toEqual([eu]);
    expect((await api.post('/api/services/shop', { broken: false })).json().broken).toBe('no');
  });

  it.each([
    ['/api/services/shap', { broken: true }, 404, 'there are: shop'],
    ['/api/services/shop', { broken: 'yes' }, 400, 'say {"broken": true}'],
    ['/api/services/shop', { broken: true, region: witness }, 400, 'there are: eu-west-1, us-east-2'],
    ['/api/services/shop', { broken: true, region: 7 }, 400, 'no region that probes'],
  ])('refuses %s %j', async (path, body, status, sentence) => {
    const answer = await api.post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.json().error).toContain(sentence);
    expect(api.shop.broken).toBe('no');
  });
});

describe('regions and links', () => {
  it('go dark and come back', async () => {
    expect((await api.post(`/api/regions/${us}`, { state: 'dark' })).json()).toMatchObject({ name: us, state: 'dark' });
    expect((await api.post(`/api/regions/${us}`, { state: 'running' })).json()).toMatchObject({ name: us, state: 'running' });
  });

  it('say why a region did not come back', async () => {
    api.pretended.breakForGood();
    const answer = await api.post(`/api/regions/${us}`, { state: 'running' });
    expect(answer.status).toBe(500);
    expect(answer.json().error).toBe('us-east-2 did not come back: its port is taken');
  });

  it('are cut per direction', async () => {
    expect((await api.post('/api/links', { from: eu, to: us, cut: true })).json()).toEqual({ from: eu, to: us, cut: true, delayMs: 0, lagMs: 0 });
    expect(api.pretended.system.isCut(us, eu)).toBe(false);
  });

  it.each([
    ['/api/regions/us-east-9', { state: 'dark' }, 404, 'there are: eu-west-1, us-east-2, eu-central-1'],
    ['/api/regions/us-east-2', { state: 'off' }, 400, 'say {"state": "dark"}'],
    ['/api/links', { from: eu, cut: true }, 400, 'a region is missing'],
    ['/api/links', { from: eu, to: eu, cut: true }, 400, 'the same'],
    ['/api/links', { from: eu, to: us }, 400, '"cut": true'],
  ])('refuse %s %j', async (path, body, status, sentence) => {
    const answer = await api.post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.json().error).toContain(sentence);
  });
});

/** Begins a drill and reads its first line. */
