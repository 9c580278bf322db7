import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AlarmView } from '../../../local/alarm-book';
import { localRoutes } from '../../../local/api/local-routes';
import { type ApiServer, openApi } from '../../../local/api/server';
import { type LittleServer, openLittleServer } from '../../../local/demo/little-server';
import { Drills } from '../../../local/drills';
import { Links } from '../../../local/links';
import type { LocalSystem } from '../../../local/local-system';
import type { RegionState, RegionView } from '../../../local/region';
import { type RegionId, regionId } from '../../../src/core/basics/brand';
import type { Config } from '../../../src/core/config/config';
import { ask, askJson } from '../asking';
import { eventually } from '../eventually';

const [eu, us, witness] = [regionId('eu-west-1'), regionId('us-east-2'), regionId('eu-central-1')];
const regions = [eu, us, witness];

/** Regions that are dark or not, and nothing else. */
function pretendSystem() {
  const states = new Map<RegionId, RegionState>(regions.map((name) => [name, 'running']));
  const links = new Links(regions);
  let canComeBack = true;
  const view = (name: RegionId): RegionView => ({
    name,
    role: name === witness ? 'witness' : 'prober',
    state: states.get(name) ?? 'dark',
    pid: 1,
    port: 2,
    engine: 'dynalite',
    processes: [],
  });
  const system: Pick<LocalSystem, 'regions' | 'links' | 'darken' | 'bringBack' | 'setLink' | 'isCut'> = {
    regions: () => regions.map(view),
    links: () => links.list(),
    darken: async (name) => void states.set(name, 'dark'),
    bringBack: async (name) => {
      if (!canComeBack) throw new Error('its port is taken');
      states.set(name, 'running');
    },
    setLink: (link) => links.set(link),
    isCut: (from, to) => links.isCut(from, to),
  };
  return { system, stateOf: (name: RegionId) => states.get(name), breakForGood: () => (canComeBack = false) };
}

const config = {
  regions: { probers: [eu, us], witness },
  watch: { tolerateMs: 60_000 },
  beatIntervalMs: 10_000,
  channels: [
    { kind: 'webhook', name: 'hook', url: 'http://127.0.0.1:1/inbox' },
    { kind: 'email', name: 'mail', address: 'ops@example.com' },
  ],
} as unknown as Config;

let api: ApiServer;
let pretended: ReturnType<typeof pretendSystem>;
let drills: Drills;
let shop: LittleServer;
let alarms: readonly AlarmView[] = [];

beforeEach(async () => {
  api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  pretended = pretendSystem();
  drills = new Drills(pretended.system);
  shop = await openLittleServer({ name: 'shop', port: 0, probers: [eu, us] });
  const inbox = { url: 'http://127.0.0.1:1/inbox', port: 1, list: () => [], close: async () => undefined };
  const demo = { services: [shop], inbox };
  api.serve(
    localRoutes({
      startedAt: '',
      dataFolder: '/d',
      config,
      system: pretended.system,
      deliveries: { list: () => [] },
      alarms: { list: () => alarms },
      drills,
      demo,
    }),
  );
});
afterEach(() => Promise.all([api.close(), shop.close()]));

const post = (path: string, body: unknown) => askJson(api.port, path, body);

it('tells the truth of this machine', async () => {
  const local = (await ask({ port: api.port, path: '/api/local' })).json();
  expect(local).toMatchObject({
    data: '/d',
    tolerateMs: 60_000,
    beatIntervalMs: 10_000,
    services: [{ name: 'shop', url: shop.url, broken: 'no' }],
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
  alarms = [eu, us].map((region) => ({ ...alarm, region }));
  await pretended.system.darken(eu);
  expect((await ask({ port: api.port, path: '/api/local' })).json().alarms).toEqual([{ ...alarm, region: us }]);
  alarms = [];
});

describe('breaking a service', () => {
  it('is done for everyone or for one region, and mended', async () => {
    expect((await post('/api/services/shop', { broken: true, region: eu })).json().broken).toEqual([eu]);
    expect((await post('/api/services/shop', { broken: true })).json().broken).toBe('everywhere');
    expect((await post('/api/services/shop', { broken: false, region: us })).json().broken).toEqual([eu]);
    expect((await post('/api/services/shop', { broken: false })).json().broken).toBe('no');
  });

  it.each([
    ['/api/services/shap', { broken: true }, 404, 'there are: shop'],
    ['/api/services/shop', { broken: 'yes' }, 400, 'say {"broken": true}'],
    ['/api/services/shop', { broken: true, region: witness }, 400, 'there are: eu-west-1, us-east-2'],
    ['/api/services/shop', { broken: true, region: 7 }, 400, 'no region that probes'],
  ])('refuses %s %j', async (path, body, status, sentence) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.json().error).toContain(sentence);
    expect(shop.broken).toBe('no');
  });
});

describe('regions and links', () => {
  it('go dark and come back', async () => {
    expect((await post(`/api/regions/${us}`, { state: 'dark' })).json()).toMatchObject({ name: us, state: 'dark' });
    expect((await post(`/api/regions/${us}`, { state: 'running' })).json()).toMatchObject({ name: us, state: 'running' });
  });

  it('say why a region did not come back', async () => {
    pretended.breakForGood();
    const answer = await post(`/api/regions/${us}`, { state: 'running' });
    expect(answer.status).toBe(500);
    expect(answer.json().error).toBe('us-east-2 did not come back: its port is taken');
  });

  it('are cut per direction', async () => {
    expect((await post('/api/links', { from: eu, to: us, cut: true })).json()).toEqual({ from: eu, to: us, cut: true, delayMs: 0 });
    expect(pretended.system.isCut(us, eu)).toBe(false);
  });

  it.each([
    ['/api/regions/us-east-9', { state: 'dark' }, 404, 'there are: eu-west-1, us-east-2, eu-central-1'],
    ['/api/regions/us-east-2', { state: 'off' }, 400, 'say {"state": "dark"}'],
    ['/api/links', { from: eu, cut: true }, 400, 'a region is missing'],
    ['/api/links', { from: eu, to: eu, cut: true }, 400, 'the same'],
    ['/api/links', { from: eu, to: us }, 400, '"cut": true'],
  ])('refuse %s %j', async (path, body, status, sentence) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.json().error).toContain(sentence);
  });
});

/** Begins a drill and reads its first line. */
async function beginDrill(order: unknown): Promise<{ readonly response: IncomingMessage; readonly begun: { readonly id: string; readonly event: string } }> {
  const asking = request({
    host: '127.0.0.1',
    port: api.port,
    path: '/api/drills',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
  });
  asking.end(JSON.stringify(order));
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  const [line] = (await once(response, 'data')) as [Buffer];
  return { response, begun: JSON.parse(line.toString()) };
}

describe('a drill', () => {
  const cut = { kind: 'cut', from: eu, to: us, both: true };

  it('is undone when its connection is lost', async () => {
    const { response, begun } = await beginDrill({ kind: 'kill', region: us });
    expect(begun.event).toBe('begun');
    expect(pretended.stateOf(us)).toBe('dark');
    expect((await ask({ port: api.port, path: '/api/local' })).json().drills).toMatchObject([{ id: begun.id, kind: 'kill', what: us }]);
    response.destroy();
    await eventually(() => pretended.stateOf(us) === 'running' && drills.list().length === 0);
  });

  it('is undone when it is asked to end, and says so', async () => {
    const { response, begun } = await beginDrill(cut);
    expect([pretended.system.isCut(eu, us), pretended.system.isCut(us, eu)]).toEqual([true, true]);
    const [last, ended] = [once(response, 'data'), once(response, 'end')];
    expect((await ask({ port: api.port, path: `/api/drills/${begun.id}`, method: 'DELETE' })).status).toBe(200);
    expect(JSON.parse(String((await last)[0]))).toMatchObject({ event: 'undone', id: begun.id });
    await ended;
    expect([pretended.system.isCut(eu, us), pretended.system.isCut(us, eu)]).toEqual([false, false]);
  });

  it('is undone when the supervisor stops', async () => {
    const { response } = await beginDrill(cut);
    const last = once(response, 'data');
    await drills.endAll();
    expect(JSON.parse(String((await last)[0])).event).toBe('undone');
    expect(pretended.system.isCut(eu, us)).toBe(false);
  });

  it('says when it could not be undone', async () => {
    const { response } = await beginDrill({ kind: 'kill', region: us });
    pretended.breakForGood();
    const last = once(response, 'data');
    await drills.endAll();
    expect(JSON.parse(String((await last)[0]))).toMatchObject({ event: 'failed', problem: 'us-east-2 could not be brought back: its port is taken' });
  });

  it('is refused where another one is on, whichever way the link is named', async () => {
    await beginDrill(cut);
    const answer = await post('/api/drills', { ...cut, from: us, to: eu });
    expect(answer.status).toBe(409);
    expect(answer.json().error).toContain('the drill "eu-west-1 ⇄ us-east-2" is on');
    await drills.endAll();
  });

  it('keeps the page from undoing half of it', async () => {
    await beginDrill({ kind: 'kill', region: us });
    expect((await post(`/api/regions/${us}`, { state: 'running' })).status).toBe(409);
    await drills.endAll();
  });

  it.each([
    [{ kind: 'kill', region: us }, 'us-east-2 is dark already'],
    [cut, 'the link of eu-west-1 and us-east-2 is cut already'],
  ])('is refused where the fault is there already: %j', async (order, sentence) => {
    await post(`/api/regions/${us}`, { state: 'dark' });
    await post('/api/links', { from: us, to: eu, cut: true });
    const answer = await post('/api/drills', order);
    expect(answer.status).toBe(409);
    expect(answer.json().error).toContain(sentence);
    expect(drills.list()).toEqual([]);
  });

  it.each([
    [{ kind: 'freeze' }, 'say {"kind": "kill"'],
    [{ kind: 'kill' }, 'a region is missing'],
    [{ kind: 'kill', region: 'mars-1' }, 'there is no region "mars-1"'],
    [{ kind: 'cut', from: eu, to: eu, both: true }, 'the same'],
    [{ kind: 'cut', from: eu, to: us }, 'both directions'],
  ])('is refused where it makes no sense: %j', async (order, sentence) => {
    const answer = await post('/api/drills', order);
    expect(answer.status).toBe(400);
    expect(answer.json().error).toContain(sentence);
  });

  it('that is not on cannot be ended', async () => {
    expect((await ask({ port: api.port, path: '/api/drills/9', method: 'DELETE' })).status).toBe(404);
  });
});
