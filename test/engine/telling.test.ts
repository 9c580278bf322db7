import { instant, monitorId, type RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { Finding } from '../../src/core/conclusion';
import type { Config } from '../../src/core/config/config';
import type { Opened } from '../../src/core/log';
import { publishedText } from '../../src/core/message/published';
import { encodeOrder, type Order } from '../../src/core/orders/order';
import { announce } from '../../src/engine/announce';
import type { Replica } from '../../src/engine/ports';
import { append, incidentsOf, readLogs } from '../../src/engine/region-log';
import { saveLater } from '../../src/engine/save-later';
import type { World } from '../../src/engine/world';
import { at, config, monitor, opened, resolved, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const alone = (over: Partial<Config> = {}): Config => config({ regions: { probers: [west] }, ...over });
const finds = (condition: Finding['condition'], ...subjects: string[]) => new Map(subjects.map((subject) => [`${subject}:availability`, condition] as const));
const shops = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `shop-${index}`);
const opening = (subject: string, over: Partial<Opened> = {}) =>
  opened({ key: `${subject}:availability`, subject, evidence: { [west]: slot('00:10') }, ...over });
const said = (small: SmallWorld): readonly string[] => small.published.map(({ message }) => message.subject);

async function tellAt(small: SmallWorld, time: number, known: ReturnType<typeof finds>): Promise<string> {
  small.now = instant(time);
  return announce(small.world, known);
}

describe('many things that are due at once', () => {
  it('with one cause leave as one message, and are told then, each of them', async () => {
    const small = smallWorld({ config: alone() });
    const causes = ['host shop.example.com'];
    for (const subject of shops(8)) await append(small.world, opening(subject, { causes }));
    await announce(small.world, finds('down', ...shops(8)));
    expect(said(small)).toEqual(['PAGE 8 monitors are DOWN, with one cause: host shop.example.com']);
    await tellAt(small, small.now + minute, finds('down', ...shops(8)));
    expect(small.published).toHaveLength(1);
    for (const subject of shops(8)) {
      await append(small.world, resolved({ key: `${subject}:availability`, subject, evidence: { [west]: slot('00:20') } }));
    }
    await tellAt(small, at('00:20'), finds('well', ...shops(8)));
    expect(said(small).slice(1)).toEqual(['RESOLVED 8 monitors with one cause: host shop.example.com']);
  });

  it('beyond the cap are gathered every half minute, and none is lost', async () => {
    const small = smallWorld({ config: alone({ cap: { messages: 3, withinMs: 10 * minute } }) });
    const names = shops(40);
    for (const subject of names.slice(0, 10)) await append(small.world, opening(subject));
    expect(await announce(small.world, finds('down', ...names))).toBe('settled');
    expect(said(small).slice(3)).toEqual(['PAGE 7 more at once: the cap of 3 messages in 10 min is reached']);
    for (const subject of names.slice(10)) await append(small.world, opening(subject));
    expect(await tellAt(small, at('00:10:20'), finds('down', ...names))).toBe('waiting');
    expect(small.published).toHaveLength(4);
    await tellAt(small, at('00:10:32'), finds('down', ...names));
    expect(said(small).slice(4)).toEqual(['PAGE 30 more at once: the cap of 3 messages in 10 min is reached']);
    const told = small.published.flatMap(({ message }) => {
      const json = JSON.parse(message.json) as { subject?: string; incidents?: { subject: string }[] };
      return json.incidents?.map(({ subject }) => subject) ?? [json.subject];
    });
    expect(told.toSorted()).toEqual(names.toSorted());
  });
});

describe('a storm', () => {
  const names = Array.from({ length: 250 }, (_, index) => `a-service-with-a-name-as-long-as-it-may-be-in-a-large-house-${String(index).padStart(3, '0')}`);
  const toldIn = (small: SmallWorld): readonly string[] =>
    small.published.flatMap(({ message }) => {
      const json = JSON.parse(message.json) as { subject?: string; incidents?: { subject: string }[] };
      return json.incidents?.map(({ subject }) => subject) ?? [json.subject ?? ''];
    });

  it('is told in messages that a topic takes, each incident once, also when all of it ends', async () => {
    const small = smallWorld({ config: alone({ cap: { messages: 3, withinMs: 10 * minute } }) });
    for (const subject of names) await append(small.world, opening(subject));
    await announce(small.world, finds('down', ...names));
    for (const { message } of small.published) expect(Buffer.byteLength(publishedText(message))).toBeLessThan(256 * 1024);
    expect(toldIn(small).toSorted()).toEqual(names.toSorted());
    const opened = small.published.splice(0);
    for (const subject of names) await append(small.world, resolved({ key: `${subject}:availability`, subject, evidence: { [west]: slot('00:20') } }));
    await tellAt(small, at('00:20'), finds('well', ...names));
    for (const { message } of small.published) expect(Buffer.byteLength(publishedText(message))).toBeLessThan(256 * 1024);
    expect(toldIn(small).toSorted()).toEqual(names.toSorted());
    expect(opened.length).toBeLessThanOrEqual(3 + 6);
  });
});

it('a message names those who are told, and nobody where everybody is', async () => {
  const routes = [{ severities: ['page'] as const, channels: ['pager'], goesOn: false, escalations: [{ afterMs: 15 * minute, channels: ['boss'] }] }];
  const small = smallWorld({ config: alone({ routes, monitors: [monitor({ id: monitorId('shop') })] }) });
  await append(small.world, opening('shop'));
  await append(small.world, opening('docs', { severity: 'ticket' }));
  await announce(small.world, finds('down', 'shop', 'docs'));
  expect(small.published.map(({ message }) => [message.subject.split(' ')[0], message.channels])).toEqual([
    ['TICKET', undefined],
    ['PAGE', ['pager']],
  ]);
  await tellAt(small, at('00:25'), finds('down', 'shop', 'docs'));
  expect(small.published.slice(2).map(({ message }) => [message.subject, message.channels])).toEqual([
    ['PAGE shop is DOWN (nobody took it for 15 min, confirmed)', ['boss']],
  ]);
});

it('what is told is written down with what it is about, where no replica had accepted that', async () => {
  const small = smallWorld({ config: alone() });
  small.refusing.replicas.add(west);
  await append(small.world, opening('shop'));
  small.refusing.replicas.clear();
  await announce(small.world, finds('down', 'shop'));
  expect(said(small)).toEqual(['PAGE shop is DOWN (confirmed)']);
  const other = small.another();
  await readLogs(other.memory.log, other.ports.replica(west), [west], small.now);
  expect(incidentsOf(other.memory.log)).toMatchObject([{ subject: 'shop', condition: 'down' }]);
});

it('whoever has not the time to tell all before it is killed leaves the rest to the next look', async () => {
  const small = smallWorld({ config: alone() });
  const names = shops(4);
  for (const subject of names) await append(small.world, opening(subject));
  const replica = small.world.ports.replica(west);
  const slow: Replica = {
    ...replica,
    putIfAbsent: async (item) => {
      small.now = instant(small.now + 5 * second);
      return replica.putIfAbsent(item);
    },
  };
  const world = { ...small.world, ports: { ...small.world.ports, replica: () => slow } };
  expect(await announce({ ...world, invocation: timeLeft(small, 40 * second) }, finds('down', ...names))).toBe('waiting');
  expect(small.published).toHaveLength(2);
  expect(await announce({ ...world, invocation: timeLeft(small, 1 * second) }, finds('down', ...names))).toBe('waiting');
  expect(small.published).toHaveLength(2);
  expect(await announce({ ...world, invocation: timeLeft(small, minute) }, finds('down', ...names))).toBe('settled');
  expect(said(small).toSorted()).toEqual(names.map((name) => `PAGE ${name} is DOWN (confirmed)`));
});

it('what was sent is not sent again where another environment of the region writes much meanwhile', async () => {
  const small = smallWorld({ config: alone() });
  await append(small.world, opening('shop'));
  const other = small.another();
  let left = 10;
  const replica = small.world.ports.replica(west);
  const contested: Replica = {
    ...replica,
    putIfAbsent: async (item) => {
      if (String(item.body).includes('"receipt"') && left > 0) {
        left -= 1;
        await readLogs(other.memory.log, replica, [west], small.now);
        await append(other, opening(`other-${left}`, { severity: 'note' }));
      }
      return replica.putIfAbsent(item);
    },
  };
  const world = { ...small.world, ports: { ...small.world.ports, replica: () => contested } };
  expect(await announce(world, finds('down', 'shop'))).toBe('overtaken');
  await tellAt(small, small.now + minute, finds('down', 'shop'));
  expect(said(small)).toEqual(['PAGE shop is DOWN (confirmed)']);
  expect(left).toBe(0);
});

it('a receipt that always loses its place, by a slow store, leaves the look the time to come to its end', async () => {
  const small = smallWorld({ config: alone(), self: { role: 'watchdog' } });
  await append(small.world, opening('shop'));
  const replica = small.world.ports.replica(west);
  const contested: Replica = {
    ...replica,
    putIfAbsent: async (item) => {
      if (!String(item.body).includes('"receipt"')) return replica.putIfAbsent(item);
      small.now = instant(small.now + 1.5 * second);
      return 'refused';
    },
  };
  const invocation = timeLeft(small, 60 * second);
  const world = { ...small.world, invocation, ports: { ...small.world.ports, replica: () => contested } };
  expect(await announce(world, finds('down', 'shop'))).toBe('overtaken');
  expect(invocation.remainingMs()).toBeGreaterThan(12 * second);
  expect(small.published).toHaveLength(1);
});

it('the end is told once where two environments of a region had told the page, and one of them can write that down only after the end', async () => {
  const small = smallWorld({ config: alone() });
  const other = small.another();
  const read = (world: World) => readLogs(world.memory.log, world.ports.replica(west), [west], small.now);
  await append(small.world, opening('shop'));
  await read(other);
  small.refusing.replicas.add(west);
  small.now = at('00:10:30');
  for (const world of [small.world, other]) await announce(world, finds('down', 'shop'));
  small.refusing.replicas.clear();
  await append(small.world, resolved({ key: 'shop:availability', subject: 'shop', evidence: { [west]: slot('00:10:20') } }));
  await tellAt(small, at('00:12'), finds('well', 'shop'));
  small.now = at('00:15');
  await read(other);
  await saveLater(other);
  await read(small.world);
  for (const world of [other, small.world]) await announce(world, finds('well', 'shop'));
  expect(said(small)).toEqual(['PAGE shop is DOWN (confirmed)', 'PAGE shop is DOWN (confirmed)', 'RESOLVED shop is up again']);
});

describe('orders', () => {
  const order = (over: Partial<Order>): Order => ({
    id: 'o-1',
    region: west,
    at: at('00:09'),
    by: 'ana',
    from: at('00:09'),
    to: at('00:30'),
    asked: { kind: 'silence', of: { kind: 'all' } },
    ...over,
  });
  const give = (small: SmallWorld, over: Partial<Order> = {}, region: RegionId = west) => small.world.ports.replica(region).put(encodeOrder(order(over)));

  it('are read at each look, and what was quiet is told when they are over', async () => {
    const small = smallWorld({ config: alone() });
    await give(small);
    await append(small.world, opening('shop'));
    await announce(small.world, finds('down', 'shop'));
    expect(said(small)).toEqual([]);
    await tellAt(small, at('00:30'), finds('down', 'shop'));
    expect(said(small)).toEqual(['PAGE shop is DOWN (confirmed)']);
  });

  it('that were read before still hold where the table does not answer, and without any everybody is told', async () => {
    const small = smallWorld({ config: alone() });
    await give(small);
    await append(small.world, opening('shop'));
    await announce(small.world, finds('down', 'shop'));
    small.refusing.replicas.add(west);
    await tellAt(small, at('00:20'), finds('down', 'shop'));
    expect(said(small)).toEqual([]);
    const cold = smallWorld({ config: alone() });
    cold.refusing.replicas.add(west);
    await append(cold.world, opening('shop'));
    await announce(cold.world, finds('down', 'shop'));
    expect(said(cold)).toEqual(['PAGE shop is DOWN (confirmed)']);
  });
});

it('planned maintenance is quiet by its calendar', async () => {
  const times = { kind: 'cron', cron: '10 0 * * *', timezone: 'UTC', forMs: 5 * minute } as const;
  const small = smallWorld({ config: alone({ maintenance: [{ of: { kind: 'all' }, times }] }) });
  await append(small.world, opening('shop'));
  await announce(small.world, finds('down', 'shop'));
  await tellAt(small, at('00:14:59'), finds('down', 'shop'));
  expect(said(small)).toEqual([]);
  await tellAt(small, at('00:15'), finds('down', 'shop'));
  expect(said(small)).toEqual(['PAGE shop is DOWN (confirmed)']);
});

it('a parent names what hangs on it, which is told when the parent mends and it does not', async () => {
  const monitors = [monitor({ id: monitorId('database') }), monitor({ id: monitorId('shop'), dependsOn: [monitorId('database')] })];
  const small = smallWorld({ config: alone({ monitors }) });
  for (const subject of ['shop', 'database']) await append(small.world, opening(subject));
  await announce(small.world, finds('down', 'shop', 'database'));
  expect(said(small)).toEqual(['PAGE database is DOWN (confirmed)']);
  expect(small.published[0]!.message.text).toContain('\nwith it, and not told apart: shop\n');
  small.now = at('00:20');
  await append(small.world, resolved({ key: 'database:availability', subject: 'database', evidence: { [west]: slot('00:20') } }));
  await announce(small.world, new Map([...finds('down', 'shop'), ...finds('well', 'database')]));
  expect(said(small).slice(1)).toEqual(['RESOLVED database is up again']);
  await tellAt(small, at('00:20') + 33 * second, new Map([...finds('down', 'shop'), ...finds('well', 'database')]));
  expect(said(small).slice(2)).toEqual(['PAGE shop is DOWN (confirmed)']);
});
