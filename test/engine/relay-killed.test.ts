/** The relay may be killed between receiving, delivering and the receipt, at every await there is: nothing is lost, and each channel gets it twice at most. */
import type { RelayChannel } from '../../src/core/config/channels/channel';
import { announce } from '../../src/engine/announce';
import { createLogMemory } from '../../src/engine/memory';
import type { Delivered, Message, Replica } from '../../src/engine/ports';
import { redeliver } from '../../src/engine/redeliver';
import { append, logEntries, readLogs } from '../../src/engine/region-log';
import { type Relayed, type RelayWorld, relay } from '../../src/engine/relay';
import { config, opened, west } from '../core/builders';
import { smallWorld, timeLeft } from './small-world';

const minute = 60_000;
const pager: RelayChannel = { kind: 'pagerduty', name: 'pager', key: 'k', url: 'https://pager.example/' };
const chat: RelayChannel = { kind: 'slack', name: 'chat', url: 'https://chat.example/' };
const alone = config({ regions: { probers: [west] }, channels: [pager, chat] });

/** Whoever waits for an answer through this dies instead of taking its answer number `answers`, from 0. */
function mortal(answers: number) {
  let left = answers;
  let isDead = false;
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const pass = (answer: () => void): void => {
    if (left <= 0) isDead = true;
    left -= 1;
    if (isDead) die();
    else answer();
  };
  const hears = <T>(work: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      work.then(
        (value) => pass(() => resolve(value)),
        (error: unknown) => pass(() => reject(error)),
      );
    });
  return { hears, died, isDead: () => isDead };
}

const mortalReplica = (replica: Replica, hears: ReturnType<typeof mortal>['hears']): Replica => ({
  region: replica.region,
  get: (keys) => hears(replica.get(keys)),
  query: (partition, from, to) => hears(replica.query(partition, from, to)),
  put: (item) => hears(replica.put(item)),
  putIfAbsent: (item) => hears(replica.putIfAbsent(item)),
  putIfNewer: (item) => hears(replica.putIfNewer(item)),
});

/** A page that the topic has accepted, and a relay that brings it; the pager takes it at the second try. */
async function told() {
  const small = smallWorld({ config: alone });
  const watchdog = small.another({ role: 'watchdog' });
  await append(watchdog, opened());
  await announce(watchdog, new Map([['shop:availability', 'down']] as const));
  const taken: string[] = [];
  let tries = 0;
  const deliver = async (channel: RelayChannel): Promise<Delivered> => {
    tries += 1;
    if (channel.name === 'pager' && tries <= 2) return { kind: 'failed', reason: 'status 503' };
    taken.push(channel.name);
    return { kind: 'delivered' };
  };
  /** In an environment that remembers nothing; `wasKilled` where it died before it came to its end. */
  const bring = async (message: Message, { channels, answers }: { channels?: readonly string[]; answers: number }): Promise<boolean> => {
    const { hears, died, isDead } = mortal(answers);
    const { self, ports } = small.another();
    const world: RelayWorld = {
      self: { region: self.region, config: alone, role: 'relay', bootId: self.bootId },
      ports: {
        diary: ports.diary,
        clock: { ...ports.clock, timer: (ms) => timerOf(ports.clock.timer(ms), hears) },
        replica: (region) => mortalReplica(ports.replica(region), hears),
        channels: { deliver: (channel) => hears(deliver(channel)) },
      },
      memory: { log: createLogMemory() },
      invocation: timeLeft(small, minute),
    };
    await Promise.race([relay(world, relayedOf(message, channels)), died]);
    return isDead();
  };
  return { small, watchdog, taken, bring, page: small.published[0]!.message };
}

/** What is cancelled never answers. */
function timerOf(timer: ReturnType<RelayWorld['ports']['clock']['timer']>, hears: ReturnType<typeof mortal>['hears']): typeof timer {
  return { cancel: timer.cancel, done: hears(timer.done) };
}

const relayedOf = ({ subject, text, json, about }: Message, channels: readonly string[] | undefined): Relayed => ({
  messageId: 'm-1',
  subject,
  message: JSON.stringify({ text, event: JSON.parse(json), about }),
  region: west,
  at: '2026-11-21T00:10:00.000Z',
  channels,
});

type World = Awaited<ReturnType<typeof told>>;

/** Each minute the watchdog looks for what has not come, and hands it to the relay again. */
async function vigils({ small, watchdog, bring }: World): Promise<void> {
  for (let minutes = 0; minutes < 6; minutes += 1) {
    small.now = (small.now + minute) as never;
    await readLogs(watchdog.memory.log, watchdog.ports.replica(west), [west], small.now);
    await redeliver(watchdog);
    for (const { message, channels } of small.handed.splice(0)) await bring(message, { channels, answers: Number.POSITIVE_INFINITY });
  }
}

const endings: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'Lambda brings the message again': async (world) => {
    await world.bring(world.page, { answers: Number.POSITIVE_INFINITY });
    await vigils(world);
  },
  'Lambda does not bring it again, and the watchdog does': vigils,
};

describe('a relay that is killed at any await', () => {
  it.each(Object.entries(endings))('loses nothing where %s', async (_what, goesOn) => {
    const deaths: number[] = [];
    for (let answers = 0; ; answers += 1) {
      const world = await told();
      const isKilled = await world.bring(world.page, { answers });
      const before = world.taken.length;
      await goesOn(world);
      const receipts = logEntries(world.watchdog.memory.log).flatMap(({ body }) =>
        body.kind === 'receipt' && body.channel !== undefined ? [body.channel] : [],
      );
      const times = ['chat', 'pager'].map((channel) => world.taken.filter((name) => name === channel).length);
      expect({ answers, receipts: receipts.sort() }).toEqual({ answers, receipts: ['chat', 'pager'] });
      for (const count of times) expect(count).toBeGreaterThanOrEqual(1);
      expect(Math.max(...times)).toBeLessThanOrEqual(2);
      if (!isKilled) {
        expect(times).toEqual([1, 1]);
        break;
      }
      deaths.push(before);
    }
    expect(deaths.length).toBeGreaterThanOrEqual(8);
    expect(new Set(deaths)).toEqual(new Set([0, 1, 2]));
  });
});
