import fc from 'fast-check';
import { instant } from '../../../src/core/basics/brand';
import { day, hour, minute } from '../../../src/core/basics/time';
import { judgeHeartbeat } from '../../../src/core/heartbeat/judging';
import type { Ping } from '../../../src/core/heartbeat/ping';
import type { Receiving } from '../../../src/core/heartbeat/receiving';
import { at, east, seconds, west } from '../builders';
import { atWork, every, foundOf, hourly, ping } from './pings-builder';

const ones = '11111111-1111-1111-1111-111111111111';
const twos = '22222222-2222-2222-2222-222222222222';

describe('a monitor that is due every hour, with five minutes of grace', () => {
  it.each<[string, readonly Ping[], string, string]>([
    ['that never called', [], '09:00', 'never'],
    ['that called just now', [ping(at('08:00'))], '08:00', 'well'],
    ['of which a ping is due', [ping(at('08:00'))], '09:00', 'well'],
    ['a moment before its deadline', [ping(at('08:00'))], '09:04:59.999', 'well'],
    ['at its deadline', [ping(at('08:00'))], '09:05', 'late'],
    ['that said it failed', [ping(at('08:00')), ping(at('08:10'), 'failure')], '08:10', 'failed'],
    ['that failed and said nothing since', [ping(at('08:10'), 'failure')], '11:00', 'failed'],
    ['that failed and then succeeded', [ping(at('08:10'), 'failure'), ping(at('08:11'))], '08:12', 'well'],
    ['that failed and began again', [ping(at('08:10'), 'failure'), ping(at('08:11'), 'start')], '08:12', 'failed'],
    ['that only began', [ping(at('08:00'), 'start')], '08:04', 'never'],
    ['that only began and did not end within its grace', [ping(at('08:00'), 'start')], '08:05', 'late'],
    ['that began and is at work', [ping(at('08:00')), ping(at('08:30'), 'start')], '08:34', 'well'],
    ['that began and did not end within its grace', [ping(at('08:00')), ping(at('08:30'), 'start')], '08:35', 'late'],
    ['that began and ended', [ping(at('08:30'), 'start'), ping(at('08:31'))], '08:40', 'well'],
    ['that ended late', [ping(at('08:30'), 'start'), ping(at('08:50'))], '08:51', 'well'],
    ['that only says something', [ping(at('08:00'), 'log')], '09:30', 'never'],
  ])('%s', (_case, pings, now, kind) => {
    expect(foundOf(pings, at(now)).kind).toBe(kind);
  });

  it('is late since its deadline, whenever that is noticed', () => {
    for (const now of ['09:05', '09:06', '15:00']) {
      expect(foundOf([ping(at('08:00'))], at(now))).toMatchObject({ kind: 'late', deadline: { at: at('09:05'), due: at('09:00'), missing: 'ping' } });
    }
  });

  it('that misses both the end of a run and a ping is late since the first of the two', () => {
    const pings = [ping(at('08:00')), ping(at('08:59'), 'start')];
    expect(foundOf(pings, at('10:00'))).toMatchObject({ kind: 'late', deadline: { at: at('09:04'), missing: 'end' } });
  });
});

describe('runs that are named', () => {
  const began = [ping(at('08:00'), 'start', { rid: ones }), ping(at('08:01'), 'start', { rid: twos })];
  it.each<[string, readonly Ping[], string]>([
    ['both ended', [ping(at('08:02'), 'success', { rid: ones }), ping(at('08:03'), 'success', { rid: twos })], 'well'],
    ['the second ended and the first did not', [ping(at('08:03'), 'success', { rid: twos })], 'late'],
    ['an end that names no run ends all', [ping(at('08:03'))], 'well'],
    ['a failure of one ends all', [ping(at('08:03'), 'failure', { rid: twos }), ping(at('08:04'), 'success', { rid: 'other' })], 'well'],
  ])('%s', (_case, ends, kind) => {
    expect(foundOf([...began, ...ends], at('08:20')).kind).toBe(kind);
  });

  it('do not end a run without a name', () => {
    expect(foundOf([ping(at('08:00'), 'start'), ping(at('08:01'), 'success', { rid: ones })], at('08:06')).kind).toBe('late');
  });

  it('whose end may be forgotten by now are not missed', () => {
    const ends = Array.from({ length: 9 }, (_, index) => ping(instant(at('08:02') + index), 'success', { rid: `${index}` }));
    expect(foundOf([began[0]!, ping(at('08:01'), 'success', { rid: ones }), ...ends], at('08:20')).kind).toBe('well');
  });
});

describe('an inbox that was dark', () => {
  const last = [ping(at('08:00'))];
  const dark = (from: string, to: string, now: string): Receiving => [
    { from: instant(0), to: at(from) },
    { from: at(to), to: at(now) },
  ];
  it.each<[string, Receiving, string, string]>([
    ['at the deadline proves nothing', dark('09:04', '09:07', '09:08'), '09:08', 'dark'],
    ['when the ping was due proves nothing at the deadline', dark('08:59', '09:02', '09:05'), '09:05', 'dark'],
    ['when the ping was due proves nothing for one more period', dark('08:59', '09:02', '10:06'), '10:06', 'dark'],
    ['when the ping was due proves it after one more period and its grace', dark('08:59', '09:02', '10:07'), '10:07', 'late'],
    ['long before a ping was due takes nothing from the evidence', dark('08:10', '08:20', '09:05'), '09:05', 'late'],
    ['long before a ping was due leaves what is well', dark('08:10', '08:20', '08:21'), '08:21', 'well'],
    ['and still is makes everything unknown', atWork(at('08:10')), '08:20', 'dark'],
    ['after the deadline was missed takes nothing back', dark('09:06', '09:30', '09:31'), '09:31', 'late'],
    ['after the deadline was missed, and still is, takes nothing back', atWork(at('09:06')), '09:31', 'late'],
    ['and was first seen at work after the deadline proves nothing', atWork(at('09:10'), at('09:06')), '09:10', 'dark'],
    ['and was never seen at work proves nothing', [], '09:10', 'dark'],
    ['twice needs one more period each time', [...dark('08:59', '09:02', '10:06'), { from: at('10:08'), to: at('10:09') }], '10:09', 'dark'],
  ])('%s', (_case, receiving, now, kind) => {
    expect(foundOf(last, at(now), { receiving }).kind).toBe(kind);
  });

  it('takes nothing from what a job said itself', () => {
    expect(foundOf([ping(at('08:00'), 'failure')], at('09:00'), { receiving: [] }).kind).toBe('failed');
  });

  it('may have swallowed the end of a run, which must not be missed', () => {
    const pings = [ping(at('08:00')), ping(at('08:30'), 'start')];
    expect(foundOf(pings, at('08:36'), { receiving: dark('08:31', '08:33', '08:36') }).kind).toBe('dark');
    expect(foundOf(pings, at('09:38'), { receiving: dark('08:31', '08:33', '09:38') }).kind).toBe('late');
  });

  it('between two looks is not known yet: the next look tells', () => {
    expect(foundOf(last, at('09:05:05'), { receiving: atWork(at('09:04:55')) }).kind).toBe('undecided');
    expect(foundOf(last, at('09:05:05'), { receiving: atWork(at('09:05:01')) }).kind).toBe('late');
    expect(foundOf(last, at('09:05:40'), { receiving: atWork(at('09:04:55')) }).kind).toBe('dark');
  });
});

describe('two inboxes', () => {
  const question = (pings: ReadonlyMap<typeof west, readonly Ping[]>, receiving: ReadonlyMap<typeof west, Receiving>, now: string) =>
    judgeHeartbeat({ times: hourly, pings, receiving, now: at(now), mostPauseMs: 25_000 }).kind;
  const both = new Map([
    [west, [ping(at('08:00'))]],
    [east, [ping(at('08:00'))]],
  ]);
  const toWest = new Map([[west, [ping(at('08:00'))]]]);
  it.each([
    ['a monitor that calls both is late by the one that was at work', both, new Map([[east, atWork(at('09:05'))]]), '09:05', 'late'],
    ['a monitor that calls both is well by the one that is at work', both, new Map([[east, atWork(at('08:05'))]]), '08:05', 'well'],
    ['a monitor that calls one is not judged by the other', toWest, new Map([[east, atWork(at('09:05'))]]), '09:05', 'dark'],
    ['a ping that either received counts', new Map([...toWest, [east, [ping(at('08:55'))]]]), new Map([[west, atWork(at('09:06'))]]), '09:06', 'well'],
  ])('%s', (_case, pings, receiving, now, kind) => {
    expect(question(pings, receiving, now)).toBe(kind);
  });
});

describe('as laws', () => {
  const moment = fc.integer({ min: 0, max: 86_400 }).map(seconds);
  const some = fc.array(fc.record({ signal: fc.constantFrom('start', 'success', 'failure', 'log'), at: moment, rid: fc.constantFrom(undefined, ones, twos) }), {
    maxLength: 12,
  }) as fc.Arbitrary<Ping[]>;
  const stretches = fc.array(fc.tuple(moment, moment), { maxLength: 4 }).map((pairs): Receiving => {
    const times = [...new Set(pairs.flat())].sort((one, other) => one - other);
    return times.flatMap((from, index) => (index % 2 === 0 && times[index + 1] !== undefined ? [{ from, to: times[index + 1]! }] : []));
  });

  it('nobody is late without an inbox that was at work from when a ping may have come to its deadline', () => {
    fc.assert(
      fc.property(some, stretches, moment, fc.integer({ min: 60_000, max: 4 * hour }), (pings, receiving, now, everyMs) => {
        const found = foundOf(pings, now, { receiving, times: every(everyMs, 5 * minute) });
        if (found.kind !== 'late') return;
        const { from, at: deadline } = found.deadline;
        expect(deadline).toBeLessThanOrEqual(now);
        expect(receiving.some((stretch) => stretch.from <= from && stretch.to >= deadline)).toBe(true);
        const after = pings.filter((one) => one.signal === 'success' && one.at > from && one.at <= deadline && one.rid === undefined);
        expect(after).toEqual([]);
      }),
    );
  });

  it('it does not matter in which region pings were received, nor how often they are heard of', () => {
    fc.assert(
      fc.property(some, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), moment, (pings, toWest, now) => {
        const receiving = new Map([west, east].map((region) => [region, atWork(now)]));
        const split = new Map([
          [west, pings.filter((_, index) => toWest[index])],
          [east, [...pings.filter((_, index) => !toWest[index]), ...pings]],
        ]);
        const together = judgeHeartbeat({ times: hourly, pings: new Map([[west, pings]]), receiving, now, mostPauseMs: 25_000 });
        expect(judgeHeartbeat({ times: hourly, pings: split, receiving, now, mostPauseMs: 25_000 })).toEqual(together);
      }),
    );
  });

  it('a schedule that is over never makes anybody late', () => {
    const over = { ...hourly, nextAfter: () => undefined };
    expect(foundOf([ping(at('08:00'))], instant(at('08:00') + 400 * day), { times: over }).kind).toBe('well');
  });
});
