import { second as oneSecond } from '../../src/core/basics/time';
import { aboutStep } from '../../src/core/incident';
import { entryId, type LogEntry, type Opened } from '../../src/core/log';
import { announce } from '../../src/engine/announce';
import { createMemory } from '../../src/engine/memory';
import type { Ports } from '../../src/engine/ports';
import { append, incidentsOf, readLogs } from '../../src/engine/region-log';
import type { World } from '../../src/engine/world';
import { at, config, east, entry, head, opened, resolved, slot, watchRecord, west } from '../core/builders';
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

/** Since its clock was set back it names what it writes for a time that is still to come. */
describe('a region that may have told its page after another one told the end', () => {
  const own = { [west]: slot('00:11:00') };
  const incidentOf = (restsOn: 'records' | 'beats'): Partial<Opened> =>
    restsOn === 'records' ? { key: `watchdog:${west}:watch`, subject: `watchdog:${west}`, family: 'watch', condition: 'watcher-silent' } : {};

  /** It told the page at 00:09:30, in its turn, and looks now. */
  async function said(restsOn: 'records' | 'beats', signs: { readonly recordBegan: string; readonly beatBegan: string }) {
    const small = smallWorld({ config: config({ regions: { probers: [west, east] } }), now: at('00:12:00') });
    const { world } = small;
    const body = incidentOf(restsOn);
    const add = (by: LogEntry) => world.memory.log.entries.set(entryId(by), by);
    add(entry(opened({ ...body, evidence: { [west]: slot('00:05') } }), { region: east, at: at('00:09') }));
    const [incident] = incidentsOf(world.memory.log);
    const { condition, key, family, subject } = incident!;
    const about = { ...aboutStep(incident!, incident!.transitions[0]!), condition, key };
    add(entry({ ...about, kind: 'announced', reason: 'others-stayed-silent', text: '' }, { region: west, at: at('00:09:30') }));
    add(entry({ ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'page' }, { region: west, n: 2, at: at('00:09:30') }));
    add(entry(resolved({ key, family, subject, evidence: own }), { region: east, n: 2, at: at('00:09:20') }));
    const end = { ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'end' } as const;
    add(entry(end, { region: east, n: 3, at: at('00:09:21') }));
    world.memory.heads = new Map([[west, head({ slot: slot('00:11:00'), startedAt: at(signs.beatBegan) })]]);
    const record = watchRecord({ region: west, seq: slot('00:11:00') * oneSecond, at: at(signs.recordBegan) });
    await announce(world, new Map(), { watchRecords: [record] });
    return small.published.map(({ message }) => message.subject.split(' ')[0]);
  }

  it.each([
    ['a record made before its page: tells it once more', 'records', '00:09:00', '00:11:00', ['RESOLVED']],
    ['a record made after its page: does not', 'records', '00:10:00', '00:09:00', []],
    ['a round begun before its page: tells it once more', 'beats', '00:11:00', '00:09:00', ['RESOLVED']],
    ['a round begun after its page: does not', 'beats', '00:09:00', '00:10:00', []],
  ] as const)('that rests on %s', async (_case, restsOn, recordBegan, beatBegan, told) => {
    expect(await said(restsOn, { recordBegan, beatBegan })).toEqual(told);
  });
});

it('a message leads to the runbook where it is said where that can be read', async () => {
  const small = smallWorld({ config: { ...alone, runbookUrl: 'https://wiki.example.com/runbook' } });
  await append(small.world, opened());
  await announce(small.world, finds);
  expect(small.published[0]?.message.text).toContain('runbook: https://wiki.example.com/runbook#monitor-down');
});
