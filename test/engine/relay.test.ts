import { incidentId, type RegionId } from '../../src/core/basics/brand';
import type { RelayChannel } from '../../src/core/config/channels/channel';
import type { About, LogBody } from '../../src/core/log';
import type { Notice } from '../../src/core/message/notice';
import { createLogMemory } from '../../src/engine/memory';
import type { Delivered } from '../../src/engine/ports';
import { append, logEntries, readLogs } from '../../src/engine/region-log';
import { type Relayed, type RelayWorld, relay } from '../../src/engine/relay';
import { config, east, opened, west } from '../core/builders';
import { smallWorld, timeLeft } from './small-world';

const chat: RelayChannel = { kind: 'slack', name: 'chat', url: 'https://chat.example/' };
const pager: RelayChannel = { kind: 'pagerduty', name: 'pager', key: 'k', url: 'https://pager.example/' };
const about: About = {
  key: 'checkout:availability',
  incident: incidentId('i-1'),
  transition: 'opened',
  condition: 'down',
  severity: 'page',
  entry: 'x/2026-11/1',
};
const event = { kind: 'opened', key: about.key, severity: 'page' };

const message = (over: Partial<Relayed> & { readonly body?: unknown } = {}): Relayed => ({
  messageId: 'm-1',
  subject: 'PAGE checkout is DOWN',
  message: JSON.stringify(over.body ?? { text: 'PAGE checkout is DOWN', event, about }),
  region: west,
  at: '2026-11-21T00:10:00.000Z',
  channels: undefined,
  ...over,
});
const alarm = { AlarmName: 'twinwatch-prober-silent-us-east-2', NewStateValue: 'ALARM' };

type Answer = (channel: RelayChannel, notice: Notice) => Delivered | Promise<Delivered>;

/** A relay of a region whose channels answer as they are told to. */
function relaying(answer: Answer = () => ({ kind: 'delivered' })) {
  const small = smallWorld({ config: config({ channels: [chat, pager, { kind: 'email', name: 'mail', address: 'a@example.com' }] }) });
  const tried: string[] = [];
  const state = { answer };
  const world = (region: RegionId = west, leftMs = 60_000): RelayWorld => {
    const { self, ports } = small.another({ region });
    return {
      self: { region, config: self.config, role: 'relay', bootId: 'relay' },
      ports: {
        ...ports,
        channels: {
          deliver: async (channel, notice) => {
            tried.push(channel.name);
            return state.answer(channel, notice);
          },
        },
      },
      memory: { log: createLogMemory() },
      invocation: timeLeft(small, leftMs),
    };
  };
  const written = async (region: RegionId = west): Promise<readonly LogBody[]> => {
    const memory = createLogMemory();
    await readLogs(memory, small.another({ region }).ports.replica(region), [region], small.now);
    return logEntries(memory).map(({ body }) => body);
  };
  return { small, tried, state, world, written };
}

describe('a message that tells of several incidents', () => {
  const ended = (subject: string) => ({ kind: 'resolved', key: `${subject}:availability`, severity: 'page', headline: `RESOLVED ${subject} is up again` });
  const gathered = message({
    body: {
      text: 'RESOLVED 2 monitors with one cause: host a',
      event: { kind: 'several', severity: 'page', incidents: [ended('shop'), ended('docs')] },
      about,
    },
  });

  it('closes each of them at a receiver that keeps incidents, and is one message for people', async () => {
    const heard: (readonly [string, string, string])[] = [];
    const { world } = relaying((channel, { calls, key }) => {
      heard.push([channel.name, calls, key]);
      return { kind: 'delivered' };
    });
    await relay(world(), gathered);
    expect(heard.filter(([name]) => name === 'pager')).toEqual([
      ['pager', 'resolve', 'shop:availability'],
      ['pager', 'resolve', 'docs:availability'],
    ]);
    expect(heard.filter(([name]) => name === 'chat')).toHaveLength(1);
  });

  it('is not delivered where one of them was not taken', async () => {
    const { world, written } = relaying((channel, { key }) => {
      if (channel.name !== 'pager' || key === 'shop:availability') return { kind: 'delivered' };
      return { kind: 'refused', reason: 'status 400' };
    });
    await relay(world(), gathered);
    expect(await written()).toContainEqual(expect.objectContaining({ kind: 'undelivered', channel: 'pager', why: 'status 400' }));
  });
});

it('subscribers hear of what is recorded, and of no alarm of CloudWatch', async () => {
  const all = { kind: 'post', name: 'all', url: 'https://status.example/', method: 'POST', headers: {}, isPublic: true } as const;
  const { world, tried } = relaying();
  const withAll = (): RelayWorld => {
    const own = world();
    return { ...own, self: { ...own.self, config: { ...own.self.config, channels: [all] } } };
  };
  await relay(withAll(), message({ message: JSON.stringify(alarm) }));
  expect(tried).toEqual([]);
  await relay(withAll(), message());
  expect(tried).toEqual(['all']);
});

describe('a message of the topic', () => {
  it('is brought to every channel of the relay, and each receipt is written down', async () => {
    const { tried, world, written } = relaying();
    await relay(world(), message());
    expect(tried.sort()).toEqual(['chat', 'pager']);
    expect(await written()).toEqual(
      ['chat', 'pager'].map((channel) => ({ ...about, kind: 'receipt', level: 'delivered', topic: west, messageId: 'm-1', channel })),
    );
  });

  it.each([
    [['pager'], ['pager']],
    [['pager', 'mail'], ['pager']],
    [['mail'], []],
    [[], []],
  ])('for %j alone goes to %j', async (channels, expected) => {
    const { tried, world } = relaying();
    await relay(world(), message({ channels }));
    expect(tried).toEqual(expected);
  });

  it('that comes again goes nowhere, also to an environment that remembers nothing', async () => {
    const { tried, world } = relaying();
    const first = world();
    await relay(first, message());
    await relay(first, message({ messageId: 'm-2' }));
    await relay(world(), message({ messageId: 'm-3' }));
    expect(tried).toHaveLength(2);
  });

  it('that another region has delivered, as far as it can be read, goes nowhere', async () => {
    const { small, tried, world } = relaying();
    await relay(world(east), message());
    const copied = small.stores.get(east)!.all();
    for (const item of copied) await small.another({ region: west }).ports.replica(west).put(item);
    await relay(world(west), message());
    expect(tried).toHaveLength(2);
  });

  it('about another step goes out', async () => {
    const { tried, world } = relaying();
    await relay(world(), message());
    await relay(world(), message({ body: { text: 'x', event, about: { ...about, transition: 'resolved' } } }));
    expect(tried).toHaveLength(4);
  });

  it('goes out although no log can be read', async () => {
    const { small, tried, world } = relaying();
    for (const region of ['eu-west-1', 'us-east-2', 'eu-central-1']) small.refusing.replicas.add(region as never);
    await relay(world(), message());
    expect(tried.sort()).toEqual(['chat', 'pager']);
  });

  it('of CloudWatch, which nobody has recorded, goes to every channel, and nothing is written down', async () => {
    const { tried, world, written } = relaying();
    await relay(world(), message({ body: alarm }));
    expect(tried.sort()).toEqual(['chat', 'pager']);
    expect(await written()).toEqual([]);
  });
});

describe('a test', () => {
  const test = { text: 'TEST 7 of twinwatch in eu-west-1', event: { kind: 'test', key: 'channel:eu-west-1:test', number: 7 } };

  it('that a channel took proves it, and one that it did not take says so', async () => {
    const { world, written } = relaying(({ name }) => (name === 'pager' ? { kind: 'refused', reason: 'status 404' } : { kind: 'delivered' }));
    await relay(world(), message({ body: test }));
    expect(await written()).toEqual(
      expect.arrayContaining([
        { kind: 'proof', key: 'channel:chat@eu-west-1:channel', channel: 'chat', number: 7, how: 'delivered' },
        { kind: 'proof', key: 'channel:pager@eu-west-1:channel', channel: 'pager', number: 7, how: 'failed', why: 'status 404' },
      ]),
    );
  });
});

describe('that a channel fails', () => {
  it.each([
    ['opened', ['chat']],
    ['resolved', ['chat', 'pager']],
  ])('is no news to that channel, but for its end: %s', async (kind, expected) => {
    const { tried, world } = relaying();
    const key = 'channel:pager@us-east-2:channel';
    await relay(world(), message({ body: { text: 'x', event: { ...event, kind, key }, about: { ...about, key, transition: kind } } }));
    expect(tried.sort()).toEqual(expected);
  });
});

describe('a receipt', () => {
  it('finds its place in the log while others write, too', async () => {
    const { small, world, written } = relaying();
    const relayed = world();
    await append(relayed, opened());
    const other = small.another({ role: 'watchdog' });
    await readLogs(other.memory.log, other.ports.replica(west), [west], small.now);
    await append(other, opened());
    await relay(relayed, message());
    expect((await written()).map(({ kind }) => kind)).toEqual(['opened', 'opened', 'receipt', 'receipt']);
  });
});

describe('a channel that fails', () => {
  it('is tried again, with pauses, and the others do not wait', async () => {
    let failures = 2;
    const { small, tried, world, written } = relaying(({ name }) =>
      name === 'pager' && failures-- > 0 ? { kind: 'failed', reason: 'status 503' } : { kind: 'delivered' },
    );
    const begun = small.now;
    await relay(world(), message());
    expect(tried.filter((name) => name === 'pager')).toHaveLength(3);
    expect(small.now - begun).toBe(5000);
    expect((await written()).map((body) => body.kind)).toEqual(['receipt', 'receipt']);
  });

  it('that asks to wait is waited for, as long as there is time', async () => {
    let failures = 1;
    const { small, world, written } = relaying(({ name }) =>
      name === 'pager' && failures-- > 0 ? { kind: 'failed', reason: 'status 429', retryAfterMs: 20_000 } : { kind: 'delivered' },
    );
    const begun = small.now;
    await relay(world(), message());
    expect(small.now - begun).toBe(20_000);
    expect((await written()).map((body) => body.kind)).toEqual(['receipt', 'receipt']);
  });

  it('that asks to wait for longer than there is time is left to the next vigil', async () => {
    const { small, tried, world, written } = relaying(({ name }) =>
      name === 'pager' ? { kind: 'failed', reason: 'status 429', retryAfterMs: 3_600_000 } : { kind: 'delivered' },
    );
    const begun = small.now;
    await relay(world(), message());
    expect([tried.filter((name) => name === 'pager').length, small.now - begun]).toEqual([1, 0]);
    expect(await written()).toContainEqual({ ...about, kind: 'undelivered', channel: 'pager', why: 'status 429' });
  });

  it('and goes on failing is written down before the invocation ends', async () => {
    const { small, tried, world, written } = relaying(() => ({ kind: 'failed', reason: 'status 503' }));
    const begun = small.now;
    await relay(world(west, 15_000), message());
    expect(tried).toHaveLength(6);
    expect(small.now - begun).toBeLessThan(15_000);
    expect((await written()).map((body) => body.kind)).toEqual(['undelivered', 'undelivered']);
  });

  it('that hangs is given up', async () => {
    const { small, world, written } = relaying(({ name }) => (name === 'pager' ? new Promise(() => undefined) : { kind: 'delivered' }));
    const begun = small.now;
    await relay(world(), message());
    expect(small.now - begun).toBeLessThan(60_000);
    expect(await written()).toContainEqual(
      expect.objectContaining({ kind: 'undelivered', channel: 'pager', why: expect.stringContaining('no answer within') }),
    );
  });

  it('that will not have it is not tried again', async () => {
    const { tried, world, written } = relaying(({ name }) => (name === 'pager' ? { kind: 'refused', reason: 'status 404' } : { kind: 'delivered' }));
    await relay(world(), message());
    expect(tried).toHaveLength(2);
    expect(await written()).toContainEqual({ ...about, kind: 'undelivered', channel: 'pager', why: 'status 404' });
  });

  it('and cannot be written down either brings the message again', async () => {
    const { small, world } = relaying(({ name }) => (name === 'pager' ? { kind: 'refused', reason: 'status 404' } : { kind: 'delivered' }));
    for (const region of ['eu-west-1', 'us-east-2', 'eu-central-1']) small.refusing.replicas.add(region as never);
    await expect(relay(world(), message())).rejects.toThrow('not delivered to pager, and not written down');
  });

  it('with an alarm of CloudWatch brings that again', async () => {
    const { world } = relaying(() => ({ kind: 'failed', reason: 'status 503' }));
    await expect(relay(world(), message({ body: alarm }))).rejects.toThrow('not delivered to chat, pager, and not written down');
  });
});
