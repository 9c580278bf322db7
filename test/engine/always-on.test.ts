import type { RelayChannel } from '../../src/core/config/channels/channel';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { channelsFor } from '../../src/core/route';
import { sayAlwaysOn } from '../../src/engine/always-on';
import { createLogMemory } from '../../src/engine/memory';
import type { Delivered } from '../../src/engine/ports';
import { channelFindings } from '../../src/engine/redeliver';
import { logEntries, readLogs } from '../../src/engine/region-log';
import { type RelayWorld, relay } from '../../src/engine/relay';
import { runVigil } from '../../src/engine/vigil';
import { config, east, entry, opened, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const hour = 3_600_000;
const pulse: RelayChannel = { kind: 'post', name: 'pulse', url: 'https://switch.example/west', method: 'POST', headers: {}, alwaysOn: west };
const chat: RelayChannel = { kind: 'slack', name: 'chat', url: 'https://chat.example/' };
const alone = config({ regions: { probers: [west] }, channels: [chat, pulse] });
const pass = (small: SmallWorld, ms: number): void => {
  small.now = (small.now + ms) as never;
};

describe('the sign of life', () => {
  it('is sent once an hour, to that channel alone, by the watchdog of its region', async () => {
    const small = smallWorld({ config: alone });
    const watchdog = small.another({ role: 'watchdog' });
    for (let minutes = 0; minutes < 130; minutes += 10) {
      await runVigil(watchdog, small.now);
      pass(small, hour / 6);
    }
    const told = small.published.map(({ message }) => [message.subject, message.channels]);
    expect(told).toEqual(Array(3).fill(['ALWAYS ON: eu-west-1 can tell what it has to tell', ['pulse']]));
    expect(small.published.map(({ topic }) => topic)).toEqual([west, west, west]);
    await sayAlwaysOn(small.another({ role: 'watchdog', region: east }));
    expect(small.published).toHaveLength(3);
  });

  it('that its own topic does not take goes by no other: then it stays away, and is tried again', async () => {
    const small = smallWorld({ config: alone });
    const watchdog = small.another({ role: 'watchdog' });
    small.refusing.topics.add(west);
    await sayAlwaysOn(watchdog);
    expect(small.published).toEqual([]);
    small.refusing.topics.delete(west);
    await sayAlwaysOn(watchdog);
    expect(small.published).toHaveLength(1);
  });

  /** Each hour the watchdog sends it and the relay brings it; `answers` are how the service takes it, hour by hour. */
  async function hours(answers: readonly Delivered[]) {
    const small = smallWorld({ config: alone });
    const watchdog = small.another({ role: 'watchdog' });
    const tried: string[] = [];
    for (const answer of answers) {
      await sayAlwaysOn(watchdog);
      const { subject, text, json, channels } = small.published.at(-1)!.message;
      const { ports } = small.another();
      const deliver = async ({ name }: RelayChannel) => {
        tried.push(name);
        return answer;
      };
      const world: RelayWorld = {
        self: { region: west, config: alone, role: 'relay', bootId: 'relay' },
        ports: { ...ports, channels: { deliver } },
        memory: { log: createLogMemory() },
        invocation: timeLeft(small, 60_000),
      };
      const message = JSON.stringify({ text, event: JSON.parse(json) });
      await relay(world, { messageId: `m-${small.published.length}`, subject, message, region: west, at: 'now', channels });
      pass(small, hour);
    }
    await readLogs(watchdog.memory.log, watchdog.ports.replica(west), [west], small.now);
    const proofs = logEntries(watchdog.memory.log).flatMap(({ body }) => (body.kind === 'proof' ? [body.how] : []));
    const finding = channelFindings(watchdog, new Map()).find(({ about }) => about.subject === 'channel:pulse@eu-west-1');
    return { small, watchdog, proofs, tried, condition: finding?.condition };
  }
  const well: Delivered = { kind: 'delivered' };
  const gone: Delivered = { kind: 'refused', reason: 'status 404' };

  it('is brought to the service and nowhere else, and written down once a day', async () => {
    const { proofs, tried } = await hours(Array(30).fill(well));
    expect(tried).toEqual(Array(30).fill('pulse'));
    expect(proofs).toEqual(['delivered', 'delivered']);
  });

  it('that is not taken is news on the other channels at once, until it is taken again', async () => {
    expect(await hours([well, gone])).toMatchObject({ proofs: ['delivered', 'failed'], condition: 'undelivered' });
    expect(await hours([well, gone, gone, well])).toMatchObject({ proofs: ['delivered', 'failed', 'delivered'] });
  });

  it('of which nothing has been seen to come for two days leaves its channel unproven', async () => {
    const { small, watchdog } = await hours([well]);
    const condition = () => channelFindings(watchdog, new Map()).find(({ about }) => about.subject === 'channel:pulse@eu-west-1')?.condition;
    pass(small, 40 * hour);
    expect(condition()).toBeUndefined();
    pass(small, 10 * hour);
    expect(condition()).toBe('unproven');
  });
});

it('where the sign of life goes nothing is told of incidents', () => {
  const entries = [entry(opened())];
  const [incident] = foldIncidents(entries);
  const transition = incident!.transitions[0]!;
  expect(channelsFor(aboutStep(incident!, transition), { incident: incident!, transition, config: alone, entries })).toEqual(['chat']);
});
