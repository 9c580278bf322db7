import { announce } from '../../src/engine/announce';
import { createMemory } from '../../src/engine/memory';
import type { Ports } from '../../src/engine/ports';
import { append, readLogs } from '../../src/engine/region-log';
import type { World } from '../../src/engine/world';
import { config, opened, west } from '../core/builders';
import { smallWorld } from './small-world';

const alone = config({ regions: { probers: [west] } });
const finds = new Map([
  ['shop:availability', 'down'],
  ['docs:availability', 'down'],
] as const);

it('two environments of a region that speak at the same time tell each page once', async () => {
  const small = smallWorld({ config: alone });
  const first = small.world;
  await append(first, opened());
  await append(first, opened({ key: 'docs:availability', subject: 'docs' }));
  const second: World = { ...small.another(), memory: createMemory() };
  await readLogs(second.memory.log, second.ports.replica(west), [west], small.now);

  let isFirst = true;
  const publish: Ports['topics']['publish'] = async (topic, message) => {
    const accepted = await small.world.ports.topics.publish(topic, message);
    if (isFirst) {
      isFirst = false;
      while ((await announce(second, finds)) === 'overtaken') await readLogs(second.memory.log, second.ports.replica(west), [west], small.now);
    }
    return accepted;
  };
  expect(await announce({ ...first, ports: { ...first.ports, topics: { publish } } }, finds)).toBe('overtaken');
  await readLogs(first.memory.log, first.ports.replica(west), [west], small.now);
  await announce(first, finds);
  expect(small.published.map(({ message }) => message.subject.split(' ')[1]).sort()).toEqual(['docs', 'shop']);
});

it('a message leads to the runbook where it is said where that can be read', async () => {
  const small = smallWorld({ config: { ...alone, runbookUrl: 'https://wiki.example.com/runbook' } });
  await append(small.world, opened());
  await announce(small.world, finds);
  expect(small.published[0]?.message.text).toContain('runbook: https://wiki.example.com/runbook#monitor-down');
});
