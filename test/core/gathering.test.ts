import fc from 'fast-check';
import { instant, monitorId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { causesOf } from '../../src/core/causes';
import type { Decision } from '../../src/core/decision';
import { type Due, digestEveryMs, type Gathered, gather, isFull, type Room, roomIn } from '../../src/core/gathering';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { About, LogEntry, Opened } from '../../src/core/log';
import { headlineOfSeveral, wordsForSeveral } from '../../src/core/message/gathered-message';
import { at, east, entry, fresh, monitor, opened, resolved, west } from './builders';

type Say = Extract<Decision, { kind: 'say' }>;

function due(subject: string, over: Partial<Opened> = {}, about: Partial<About> = {}, channels: Due['channels'] = 'all'): Due {
  const body = opened({ key: `${subject}:availability`, subject, causes: ['host shop.example.com'], ...over });
  const [incident] = foldIncidents([entry(body)]);
  const transition = incident!.transitions[0]!;
  const say: Say = { kind: 'say', reason: 'first-speaker', about: { ...aboutStep(incident!, transition), ...about } };
  return { say, incident: incident!, transition, channels };
}

const many = (count: number, over: Partial<Opened> = {}, from = 0): Due[] => Array.from({ length: count }, (_, index) => due(`shop-${index + from}`, over));
const roomy: Room = { cap: { messages: 20, withinMs: 10 * minute }, sentAt: [], lastDigestAt: undefined, now: at('00:10') };
const sizes = (messages: readonly Gathered[]): readonly string[] => messages.map(({ dues, because }) => `${dues.length} ${because?.kind ?? 'alone'}`);
const told = (messages: readonly Gathered[]): readonly string[] => messages.flatMap(({ dues }) => dues.map(({ incident }) => incident.subject));

describe('one cause', () => {
  it('of more than five monitors is one message that lists them', () => {
    expect(sizes(gather(many(5), roomy).messages)).toEqual(Array(5).fill('1 alone'));
    const { messages, held } = gather(many(6), roomy);
    expect([sizes(messages), held]).toEqual([['6 cause'], []]);
  });

  it('is the one that explains most; what has another is told apart', () => {
    const causes = ['the view from eu-west-1', 'host a'];
    const dues = [...many(7, { causes }), ...many(2, { causes: ['the view from eu-west-1'] }, 7), ...many(3, { causes: ['host b'] }, 20)];
    const { messages } = gather(dues, roomy);
    expect(sizes(messages)).toEqual(['9 cause', '1 alone', '1 alone', '1 alone']);
    expect(messages[0]!.because).toEqual({ kind: 'cause', cause: 'the view from eu-west-1' });
  });

  it.each([
    ['a reminder', { as: 'reminder', minutes: 30 }],
    ['a change', { transition: 'changed' }],
  ] as const)('does not make one of %s', (_what, about) => {
    const dues = Array.from({ length: 8 }, (_, index) => due(`shop-${index}`, {}, about));
    expect(sizes(gather(dues, roomy).messages)).toEqual(Array(8).fill('1 alone'));
  });

  it('does not mix those who are told', () => {
    const dues = Array.from({ length: 14 }, (_, index) => due(`shop-${index}`, {}, {}, [index % 2 === 0 ? 'mail' : 'pager']));
    const { messages } = gather(dues, roomy);
    expect(sizes(messages)).toEqual(['7 cause', '7 cause']);
    expect(messages.map(({ dues: some }) => [...new Set(some.map(({ channels }) => String(channels)))])).toEqual([['mail'], ['pager']]);
  });
});

describe('the cap', () => {
  const unlike = (count: number): Due[] => Array.from({ length: count }, (_, index) => due(`shop-${index}`, { causes: [`host ${index}`] }));
  const used = (count: number, over: Partial<Room> = {}): Room => ({ ...roomy, sentAt: Array(count).fill(at('00:09')), ...over });

  it('gathers what is beyond it into one message, and reaching it is itself said', () => {
    const { messages, held } = gather(unlike(30), used(5));
    expect([sizes(messages), held]).toEqual([[...Array(15).fill('1 alone'), '15 cap'], []]);
  });

  it.each([
    [digestEveryMs - 1, [], 30],
    [digestEveryMs, ['30 cap'], 0],
  ])('gathers every half minute: %d ms after the last time', (ms, gathered, left) => {
    const { messages, held } = gather(unlike(30), used(20, { lastDigestAt: instant(at('00:10') - ms) }));
    expect([sizes(messages), held.length]).toEqual([gathered, left]);
  });

  it('never holds back what is said of the watch itself', () => {
    const watch = due('prober:us-east-2', { key: 'prober:us-east-2:watch', family: 'watch', condition: 'silent' });
    expect(told(gather([...unlike(3), watch], used(20, { lastDigestAt: at('00:10') })).messages)).toEqual(['prober:us-east-2']);
  });

  it('tells one thing of each incident in a message; the rest waits', () => {
    const twice = [due('shop'), due('shop', {}, { as: 'reminder', minutes: 30 })];
    const { messages, held } = gather(twice, used(20));
    expect([sizes(messages), held.length]).toEqual([['1 cap'], 1]);
  });

  it('divides what does not fit into one entry', () => {
    expect(sizes(gather(unlike(500), used(20)).messages)).toEqual(Array(5).fill('100 cap'));
  });

  it('leaves nothing out, and tells nothing twice', () => {
    const drawnDue = fc
      .tuple(fc.nat(40), fc.nat(3), fc.boolean())
      .map(([index, cause, isPager]) => due(`shop-${index}`, { causes: [`host ${cause}`] }, {}, isPager ? ['pager'] : 'all'));
    fc.assert(
      fc.property(
        fc.uniqueArray(drawnDue, { maxLength: 60, selector: ({ incident }) => incident.subject }),
        fc.nat(25),
        fc.boolean(),
        (dues, sent, isRecent) => {
          const room = used(sent, { lastDigestAt: isRecent ? instant(at('00:10') - second) : undefined });
          const { messages, held } = gather(dues, room);
          const names = [...told(messages), ...held.map(({ incident }) => incident.subject)].sort();
          expect(names).toEqual(dues.map(({ incident }) => incident.subject).sort());
          expect(messages.length).toBeLessThanOrEqual(Math.max(0, 20 - sent) + 2);
        },
      ),
    );
  });
});

describe('what is known to have left', () => {
  const sent = (time: string, over: object = {}): LogEntry => {
    const { say } = due('shop');
    return entry({ ...say.about, kind: 'announced', reason: 'first-speaker', text: '', ...over }, { at: at(time), n: at(time) });
  };

  it('is counted for as long as the cap says, and gathered ones are remembered', () => {
    const cap = { messages: 2, withinMs: 5 * minute };
    const room = roomIn([sent('00:04:59'), sent('00:06'), sent('00:09', { gathered: 'cap' }), sent('00:11')], { cap, now: at('00:10') });
    expect(room).toMatchObject({ sentAt: [at('00:06'), at('00:09')], lastDigestAt: at('00:09') });
    expect([isFull(room), isFull({ ...room, cap: { ...cap, messages: 3 } })]).toEqual([true, false]);
  });
});

describe('the words of several', () => {
  const telling = (subject: string, over: Partial<Opened> = {}) => {
    const { incident, transition } = due(subject, over);
    return { incident, transition, reason: 'first-speaker', by: west, now: at('00:11') };
  };
  const [one, ...others] = ['a', 'b', 'c', 'd', 'e', 'f'].map((subject) => telling(subject));
  const cause = { kind: 'cause', cause: 'host shop.example.com' } as const;
  const cap = { kind: 'cap', cap: { messages: 20, withinMs: 10 * minute } } as const;

  it.each([
    [cause, {}, 'PAGE 6 monitors are DOWN, with one cause: host shop.example.com'],
    [cause, { condition: 'partial', severity: 'ticket' }, 'PAGE 6 monitors are not well, with one cause: host shop.example.com'],
    [cap, {}, 'PAGE 6 more at once: the cap of 20 messages in 10 min is reached'],
  ] as const)('%j: the first line', (because, over, headline) => {
    expect(headlineOfSeveral({ tellings: [one!, ...others.slice(1), telling('z', over)], because })).toBe(headline);
  });

  it('each is named with its incident, for people and for programs', () => {
    const { text, json, subject } = wordsForSeveral({ tellings: [one!, ...others], because: cause, by: west, now: at('00:11') });
    expect(subject).toMatch(/^[ -~]{1,99}$/);
    expect(text.split('\n')[1]).toBe(`- PAGE a is DOWN (confirmed); incident ${one!.incident.id}, since 2026-11-21 00:10:00 UTC`);
    expect(JSON.parse(json)).toMatchObject({
      kind: 'several',
      because: 'cause',
      severity: 'page',
      incidents: [{ key: 'a:availability', kind: 'opened' }, ...Array(5).fill({})],
    });
  });
});

it('a hundred at once fit into one message of SNS, in each of its forms, and into one entry of a log', () => {
  const facts = Array.from({ length: 4 }, () => 'x'.repeat(300));
  const dues = Array.from({ length: 100 }, (_, index) => due(`a-monitor-with-quite-a-long-name-as-they-are-in-large-fleets-${index}`, { facts }));
  const [first, ...others] = dues.map(({ incident, transition }) => ({ incident, transition, reason: 'first-speaker', by: west, now: at('00:11') }));
  const because = { kind: 'cap', cap: { messages: 20, withinMs: 10 * minute } } as const;
  const { text, json } = wordsForSeveral({ tellings: [first!, ...others], because, by: west, now: at('00:11') });
  expect(2 * Buffer.byteLength(text) + 2 * Buffer.byteLength(JSON.stringify(json))).toBeLessThan(256 * 1024);
  expect(Buffer.byteLength(JSON.stringify(dues.map(({ say }) => ({ ...say.about, of: resolved({ facts }) }))))).toBeLessThan(350 * 1024);
});

describe('what may be behind it', () => {
  const shop = monitor({ id: monitorId('shop') });
  const failing = (reason: 'status' | 'tls-expired') => fresh(west, { ok: false, reason });

  it.each([
    ['down', [failing('status'), fresh(east, { ok: false, reason: 'status' })], ['host shop.example.com']],
    ['partial', [failing('status'), fresh(east)], ['the view from eu-west-1', 'host shop.example.com']],
    ['down', [failing('tls-expired')], ['certificates (tls-expired)', 'host shop.example.com']],
    ['up', [fresh(west), fresh(east)], []],
  ] as const)('%s', (verdict, voices, causes) => {
    expect(causesOf(shop, { verdict }, voices)).toEqual(causes);
  });

  it('is no host that must not be said', () => {
    expect(causesOf({ ...shop, hidden: ['example'] }, { verdict: 'down' }, [failing('status')])).toEqual([]);
  });
});
