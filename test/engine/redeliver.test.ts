import type { RelayChannel } from '../../src/core/config/channels/channel';
import type { LogBody } from '../../src/core/log';
import { announce } from '../../src/engine/announce';
import { runWatchdog } from '../../src/engine/invocation';
import { answerProve, proveOf, testWeekly } from '../../src/engine/prove';
import { redeliver } from '../../src/engine/redeliver';
import { append, incidentsOf, logEntries, readLogs } from '../../src/engine/region-log';
import { runVigil } from '../../src/engine/vigil';
import type { World } from '../../src/engine/world';
import { config, east, opened, west } from '../core/builders';
import { type SmallWorld, smallWorld } from './small-world';

const pager: RelayChannel = { kind: 'pagerduty', name: 'pager', key: 'k', url: 'https://pager.example/' };
const alone = config({ regions: { probers: [west] }, channels: [pager, { kind: 'email', name: 'mail', address: 'a@example.com' }] });
const finds = new Map([['shop:availability', 'down']] as const);
const minute = 60_000;
const pass = (small: SmallWorld, ms: number): void => {
  small.now = (small.now + ms) as never;
};
const accepted = (world: World) => logEntries(world.memory.log).flatMap(({ body }) => (body.kind === 'receipt' ? [body] : []))[0]!;
const aboutOf = ({ kind: _, level: __, topic: ___, messageId: ____, relayed: _____, subscribed: ______, ...about }: ReturnType<typeof accepted>) => about;
const watchdogOf = (small: SmallWorld) => small.another({ role: 'watchdog' });

/** A page that was told, and that the relay could not bring to the pager. */
async function failedPage() {
  const small = smallWorld({ config: alone });
  const world = watchdogOf(small);
  await append(world, opened());
  await announce(world, finds);
  await append(world, { ...aboutOf(accepted(world)), kind: 'undelivered', channel: 'pager', why: 'status 503' });
  return { small, world };
}

describe('what a channel did not take', () => {
  it('says what it is about to whoever delivers it', async () => {
    const { small, world } = await failedPage();
    expect(small.published[0]!.message.about).toEqual(aboutOf(accepted(world)));
  });

  it('is handed to the relay again, for that channel alone, and not a second time before that is known to have failed', async () => {
    const { small, world } = await failedPage();
    await redeliver(world);
    expect(small.handed).toEqual([]);
    pass(small, minute);
    for (let vigils = 0; vigils < 3; vigils += 1) await redeliver(world);
    expect(small.handed).toEqual([
      { channels: ['pager'], message: expect.objectContaining({ subject: 'PAGE shop is DOWN (confirmed)', about: aboutOf(accepted(world)) }) },
    ]);
    await append(world, { ...aboutOf(accepted(world)), kind: 'undelivered', channel: 'pager', why: 'status 503' });
    pass(small, 2 * minute);
    await redeliver(world);
    expect(small.handed).toHaveLength(2);
  });

  it('is not handed on once it has come', async () => {
    const { small, world } = await failedPage();
    await append(world, { ...accepted(world), level: 'delivered', channel: 'pager' });
    pass(small, 60 * minute);
    await redeliver(world);
    expect(small.handed).toEqual([]);
  });

  it('is news on the other channels, until something comes there', async () => {
    const { small, world } = await failedPage();
    await runVigil(world, small.now);
    const [incident] = incidentsOf(world.memory.log).filter(({ subject }) => subject === 'channel:pager@eu-west-1');
    expect(incident).toMatchObject({ condition: 'undelivered', severity: 'ticket' });
    expect(small.published.map(({ message }) => message.subject)).toContain('TICKET channel:pager@eu-west-1 DOES NOT TAKE MESSAGES (single witness)');
    await append(world, { ...accepted(world), level: 'delivered', channel: 'pager' });
    pass(small, 2 * minute);
    await runVigil(world, small.now);
    expect(small.published.map(({ message }) => message.subject)).toContain('RESOLVED channel:pager@eu-west-1 takes messages again');
  });
});

describe('a receipt of another region', () => {
  const receiptOf = (world: World, over: object = {}): LogBody => {
    const [incident] = incidentsOf(world.memory.log);
    const [step] = incident!.transitions;
    const about = {
      key: incident!.key,
      incident: incident!.id,
      transition: 'opened',
      condition: 'down',
      severity: 'page',
      entry: `${west}/2026-11/1`,
    } as const;
    expect(step!.entries).toHaveLength(1);
    return { ...about, kind: 'receipt', level: 'accepted', topic: east, messageId: 'm', ...over };
  };
  const both = config({ channels: [pager] });

  async function told(receipt: object, isProven: boolean) {
    const small = smallWorld({ config: both });
    const eastern = small.another({ region: east });
    const world = small.world;
    await append(world, opened({ speaker: east }));
    if (isProven) await append(world, { kind: 'proof', key: 'channel:pager@eu-west-1:channel', channel: 'pager', number: 1, how: 'confirmed' });
    await append(eastern, receiptOf(world, receipt));
    for (const item of small.stores.get(east)!.all()) await world.ports.replica(west).put(item);
    await readLogs(world.memory.log, world.ports.replica(west), [west, east], small.now);
    await announce(world, finds);
    pass(small, 30_000);
    await announce(world, finds);
    return small.published.length;
  }

  it.each([
    ['accepted, while nothing is known of any topic', {}, false, 0],
    ['accepted, by a topic of which nobody knows that it reaches anybody, while ours is known to', {}, true, 1],
    ['delivered to a channel', { level: 'delivered', channel: 'pager' }, true, 0],
  ])('%s', async (_what, receipt, isProven, published) => {
    expect(await told(receipt, isProven)).toBe(published);
  });
});

describe('a numbered test', () => {
  it('goes to the topic, and what the relay saw of it is told', async () => {
    const small = smallWorld({ config: alone });
    const world = watchdogOf(small);
    expect(await runWatchdog({ prove: { number: 1234, send: true } }, world)).toEqual({
      region: west,
      number: 1234,
      channels: [
        { channel: 'pager', kind: 'pagerduty', how: 'waiting' },
        { channel: 'mail', kind: 'email', how: 'waiting' },
      ],
    });
    expect(small.published[0]!.message.subject).toBe('TEST 1234 of twinwatch in eu-west-1: nothing is wrong');
    await append(world, { kind: 'proof', key: 'channel:pager@eu-west-1:channel', channel: 'pager', number: 1234, how: 'failed', why: 'status 404' });
    const { channels } = await answerProve(watchdogOf(small), { number: 1234 });
    expect(channels[0]).toEqual({ channel: 'pager', kind: 'pagerduty', how: 'failed', why: 'status 404' });
  });

  it('that came is confirmed by whoever got it, and by its number', async () => {
    const small = smallWorld({ config: alone });
    await answerProve(watchdogOf(small), { number: 1234, send: true });
    expect(await answerProve(watchdogOf(small), { number: 4321, confirm: 'mail' })).toMatchObject({ trouble: 'eu-west-1 has sent no test 4321' });
    expect(await answerProve(watchdogOf(small), { number: 1234, confirm: 'male' })).toMatchObject({
      trouble: 'there is no channel "male"; there are pager, mail',
    });
    expect((await answerProve(watchdogOf(small), { number: 1234, confirm: 'mail' })).channels[1]).toEqual({ channel: 'mail', kind: 'email', how: 'confirmed' });
  });

  it('that the topic does not accept was not sent', async () => {
    const small = smallWorld({ config: alone });
    small.refusing.topics.add(west);
    expect(await answerProve(watchdogOf(small), { number: 1234, send: true })).toMatchObject({ trouble: expect.stringContaining('did not accept the test') });
  });

  it.each([undefined, {}, { number: 'x' }, { number: 0 }, { number: 1.5 }])('must have a number: %j', (event) => {
    expect(() => proveOf(event)).toThrow('"prove.number" must be the number of a test');
  });
});

describe('each week', () => {
  const day = 24 * 60 * minute;

  it('channels of the relay that were proven are tested again, once', async () => {
    const small = smallWorld({ config: alone });
    const world = watchdogOf(small);
    await testWeekly(world);
    await append(world, { kind: 'proof', key: 'channel:pager@eu-west-1:channel', channel: 'pager', number: 1, how: 'delivered' });
    pass(small, 5 * day);
    await testWeekly(world);
    expect(small.published).toEqual([]);
    pass(small, day);
    for (let vigils = 0; vigils < 3; vigils += 1) await testWeekly(world);
    await readLogs(world.memory.log, world.ports.replica(west), [west], small.now);
    const again = watchdogOf(small);
    await readLogs(again.memory.log, again.ports.replica(west), [west], small.now);
    await testWeekly(again);
    expect(small.published.map(({ message }) => message.subject.replace(/\d+/, 'n'))).toEqual(['TEST n of twinwatch in eu-west-1: nothing is wrong']);
  });

  it('what only a person can prove is left in peace', async () => {
    const small = smallWorld({ config: alone });
    const world = watchdogOf(small);
    await append(world, { kind: 'proof', key: 'channel:mail@eu-west-1:channel', channel: 'mail', number: 1, how: 'confirmed' });
    pass(small, 10 * day);
    await testWeekly(world);
    expect(small.published).toEqual([]);
  });
});
