import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { order, orders } from '../../cli/orders';
import { orderRoutes } from '../../local/api/order-routes';
import { type ApiServer, openApi } from '../../local/api/server';
import { regionId } from '../../src/core/basics/brand';
import { encodeLogEntry } from '../../src/core/log-item';
import { createOverview } from '../../src/engine/overview';
import { at, config, east, entry, middle, opened, west } from '../core/builders';
import { type SmallWorld, smallWorld } from '../engine/small-world';

const say = () => undefined;
const named = (): (() => string) => {
  let count = 0;
  return () => `o-${++count}`;
};

async function systemWith(small: SmallWorld): Promise<ApiServer> {
  const replicas = [west, east, middle].map(small.world.ports.replica);
  await replicas[0]!.put(encodeLogEntry(entry(opened())));
  const overview = createOverview({ config: config(), clock: small.world.ports.clock, replicas, nameOf: named() });
  const api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  api.serve(orderRoutes({ overview }));
  return api;
}

describe('orders to the local system', () => {
  let api: ApiServer;
  let small: SmallWorld;
  beforeEach(async () => {
    small = smallWorld({ now: at('00:10:04') });
    api = await systemWith(small);
  });
  afterEach(() => api.close());

  const reach = () => ({ port: String(api.port), config: '', say, by: 'ana' });

  it('an incident is taken under the name of what it is about, and the order is in the table of one region', async () => {
    const { text, exitCode } = await order('ack', ['shop'], { ...reach(), for: '4h', why: 'the disk' });
    expect(text.split('\n')).toEqual([
      'order      o-1  ack of b8484703d354 (shop:availability)',
      '           from 2026-11-21 00:10:04 UTC until 2026-11-21 04:10:04 UTC, by ana (the disk)',
      '           to end it before: twinwatch unsilence o-1',
      '',
    ]);
    expect(exitCode).toBe(0);
    expect([...small.stores].map(([region, store]) => [region, store.query('ORDER#eu-west-1', ' ', '~').length])).toEqual([
      [west, 1],
      [east, 0],
      [middle, 0],
    ]);
  });

  it('are taken by another region where the first one does not answer', async () => {
    small.refusing.replicas.add(west);
    expect(await order('silence', ['shop'], { ...reach(), for: '1h' })).toMatchObject({ exitCode: 0 });
    expect(small.stores.get(east)?.query('ORDER#us-east-2', ' ', '~')).toHaveLength(1);
  });

  it('are listed, what holds first, and are over when somebody ends them', async () => {
    expect((await orders(reach())).text).toBe('no orders: nothing is silenced, taken or under maintenance by anybody\n');
    await order('silence', ['shop'], { ...reach(), for: '1h' });
    await order('maintenance', [], { ...reach(), all: true, for: '1h', from: '2026-11-21T22:00:00+01:00', why: 'move' });
    expect((await order('end', ['shop'], reach())).text).toBe('ended      o-1  silence of shop: it is over now\n');
    expect((await orders(reach())).text.split('\n')).toEqual([
      'orders     o-2  maintenance  to come  all monitors: from 2026-11-21 21:00:00 UTC until 2026-11-21',
      '                                      22:00:00 UTC, by ana (move)',
      '           o-1  silence      over     shop: until 2026-11-21 00:10:04 UTC, by ana',
      '',
    ]);
    expect(JSON.parse((await orders({ ...reach(), json: true })).text)).toMatchObject([
      { id: 'o-2', state: 'to come' },
      { id: 'o-1', state: 'over' },
    ]);
  });

  it('that are ended by the name of a monitor say what goes on to hold for it', async () => {
    await order('silence', ['shop'], { ...reach(), for: '1h' });
    await order('silence', [], { ...reach(), all: true, for: '2h', why: 'deploy' });
    expect((await order('end', ['shop'], reach())).text.split('\n')).toEqual([
      'ended      o-1  silence of shop: it is over now',
      'goes on    o-2  silence of all monitors until 2026-11-21 02:10:04 UTC, by ana (deploy)',
      '           to end it, too: twinwatch unsilence o-2',
      '',
    ]);
    expect((await order('end', ['o-2'], reach())).text).toBe('ended      o-2  silence of all monitors: it is over now\n');
  });

  it('that were ended before they began are over, and cannot be ended again', async () => {
    await order('maintenance', ['shop'], { ...reach(), for: '1h', from: '2026-11-21T22:00:00Z' });
    expect((await order('end', ['shop'], reach())).text).toBe('ended      o-1  maintenance of shop: it is over now\n');
    expect((await orders(reach())).text).toMatch(/^orders {5}o-1 {2}maintenance {2}over {2}shop: /);
    expect(await order('end', ['shop'], reach())).toMatchObject({ exitCode: 2, text: expect.stringContaining('no order "shop" stands; none does at all') });
  });

  it.each([
    ['ack', ['nope'], {}, 'twinwatch: nothing is open under the name "nope"; open are: b8484703d354 (shop)\n'],
    ['silence', ['shop'], { for: '2' }, 'twinwatch: "2" is no duration; write it with its unit, as in --for 2h\n'],
    ['maintenance', ['shop'], { for: '2h', from: '22:00' }, 'twinwatch: "22:00" is no time with a zone; write it as in --from 2026-11-21T22:00:00Z\n'],
    ['silence', ['shop'], {}, 'twinwatch: a silence has to end: write how long it lasts, as in --for 2h\n'],
  ] as const)('%s %j %j says what to write instead', async (kind, names, options, text) => {
    expect(await order(kind, names, { ...reach(), ...options })).toEqual({ text, exitCode: 2 });
  });

  it.each([
    [{ kind: 'forget' }, '"kind" is none of ack, silence, maintenance, end'],
    [{ kind: 'ack', of: 'shop' }, '"of" and "groups" are lists of names'],
    [{ kind: 'ack', of: ['shop'] }, '"by" is missing'],
    [{ kind: 'ack', of: ['shop'], by: 'ana', forMs: '1h' }, '"forMs" is a number of milliseconds'],
    [{ kind: 'ack', of: ['shop'], by: 'ana', why: 7 }, '"why" is text'],
    [{ kind: 'ack', of: ['shop'], by: 'ana', from: 'now' }, '"from" is an ISO time with a zone'],
  ])('a program that posts %j is told what is wrong', async (body, words) => {
    const response = await fetch(`http://127.0.0.1:${api.port}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('orders to what is deployed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twinwatch-orders-'));
    await writeFile(join(folder, 'c.yaml'), 'regions: { probers: [eu-west-1, us-east-2] }\nmonitors: { shop: { http: https://shop.example.com/ } }\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const reach = (small: SmallWorld) => ({
    aws: true,
    port: '',
    config: join(folder, 'c.yaml'),
    say,
    by: 'ana',
    replicaOf: small.world.ports.replica,
  });

  it('are written into the table and read from it', async () => {
    const small = smallWorld();
    expect(await order('silence', ['shop'], { ...reach(small), for: '1h' })).toMatchObject({ exitCode: 0 });
    expect((await orders(reach(small))).text).toMatch(/^orders {5}o-[0-9a-f]{8} {2}silence {2}holds {2}shop: until .* UTC, by ana\n$/);
  });

  it('are refused where no table answers', async () => {
    const small = smallWorld();
    for (const region of ['eu-west-1', 'us-east-2']) small.refusing.replicas.add(regionId(region));
    expect(await order('silence', ['shop'], { ...reach(small), for: '1h' })).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('the replica of eu-west-1 refuses; check your AWS credentials'),
    });
  });
});
