import { minute, second } from '../../src/core/basics/time';
import { createMemory } from '../../src/engine/invocation';
import { logEntries } from '../../src/engine/region-log';
import { at, east, middle, west } from '../core/builders';
import { Store } from '../sim/store';
import { beats, gaps, lastText, pieces, reportOf, said, sleepUntil, watch, written } from './nobody-watched';

describe('time that nobody watched, found by a watchdog afterwards', () => {
  it('costs nothing while beats follow on', async () => {
    const found = watch(west);
    await found.lookFor(3 * minute);
    found.beating.delete(west);
    await found.lookFor(2 * minute);
    expect([found.reads, gaps(found)]).toEqual([0, []]);
  });

  it('rests on the last round before it, though that was stored when no watchdog looked', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    beats(found, east, '00:12:00', '00:13:00');
    sleepUntil(found, '00:20:00');
    await found.lookFor(4 * minute);
    const opened = logEntries(found.watchdogs[0]!.memory.log).flatMap(({ body }) =>
      body.kind === 'opened' && body.key === 'monitoring:coverage' ? [body] : [],
    );
    expect(opened.map(({ evidence }) => evidence[east])).toEqual([at('00:12:50') / second]);
  });

  it('costs nothing where the pause may be tolerated', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:13:00');
    await found.lookFor(2 * minute);
    expect([found.reads, gaps(found)]).toEqual([0, []]);
  });

  it('is written down at the first look, told once when it has settled, and shown by every report', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    await found.lookFor(10 * second);
    expect(pieces(found)).toEqual([[['00:12:05–00:22:00']]]);
    expect(said(found)).toEqual([]);
    await found.lookFor(3 * minute);
    expect(said(found)).toEqual(['RESOLVED monitoring goes on']);
    const readsOfOneLook = found.reads;
    await found.lookFor(20 * second);
    expect(found.reads).toBe(readsOfOneLook);
    expect(lastText(found)).toContain('nobody watched from 2026-11-21 00:12:05 UTC to 2026-11-21 00:22:00 UTC: 9 min');
    await found.lookFor(11 * minute);
    expect(said(found)).toHaveLength(1);
    const report = await reportOf(found);
    expect(report).toMatchObject({ unknownMs: 595 * second, summary: '100 % known · coverage 33.889 % · 33.889–100 %' });
    expect(report?.gaps).toMatchObject([
      { cause: 'no prober reported', why: 'nothing was said of eu-west-1, nothing was said of us-east-2', revisions: [{ from: '2026-11-21T00:12:05.000Z' }] },
    ]);
  });

  it('is found by an environment that has just begun, from what the one before wrote down', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    found.watchdogs[0] = { ...found.watchdogs[0]!, memory: createMemory() };
    await found.lookFor(10 * second);
    found.watchdogs[0] = { ...found.watchdogs[0]!, memory: createMemory() };
    await found.lookFor(3 * minute);
    expect(said(found)).toEqual(['RESOLVED monitoring goes on']);
  });

  it('is put down to a sleep of the machine, where it has slept, and not to anybody', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    found.small.sleptMs += 9 * minute;
    await found.lookFor(4 * minute);
    expect(lastText(found)).toContain('cause: asleep; nobody could tell it while it lasted');
    const report = await reportOf(found);
    expect(report?.gaps).toMatchObject([{}, { why: 'asleep', revisions: [{ cause: 'asleep' }] }, {}].slice(0, report?.gaps.length));
  });

  it('is put down to a sleep by an environment that begins after it, for the record remembers', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    found.small.sleptMs += 9 * minute;
    found.watchdogs[0] = { ...found.watchdogs[0]!, memory: createMemory() };
    await found.lookFor(10 * second);
    found.watchdogs[0] = { ...found.watchdogs[0]!, memory: createMemory() };
    await found.lookFor(10 * second);
    expect(gaps(found).map(({ revisions }) => revisions[0].body.cause)).toEqual(['asleep']);
  });

  it('is not put down to a sleep that was elsewhere', async () => {
    const found = watch(west);
    await found.lookFor(minute);
    found.small.sleptMs += 5 * second;
    await found.lookFor(5 * minute);
    sleepUntil(found, '00:30:00');
    await found.lookFor(10 * second);
    expect(gaps(found).map(({ revisions }) => revisions[0].body.cause)).toEqual([expect.stringMatching(/^no prober reported: /)]);
  });

  it('is told once by all regions together', async () => {
    const found = watch(west, east, middle);
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    await found.lookFor(15 * minute);
    expect(said(found)).toEqual(['RESOLVED monitoring goes on']);
    expect(written(found)).toEqual(['gap', 'opened', 'resolved']);
  });

  it('is told once by all regions together, though they look at the same moment', async () => {
    const found = Object.assign(watch(west, east, middle), { isAtOnce: true });
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    await found.lookFor(15 * minute);
    expect(said(found)).toEqual(['RESOLVED monitoring goes on']);
    expect(written(found).filter((kind) => kind !== 'gap')).toEqual(['opened', 'resolved']);
    expect(gaps(found)).toHaveLength(1);
  });

  it('is nothing where any replica has the beats, whoever was blind', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    beats(found, east, '00:12:00', '00:22:00');
    sleepUntil(found, '00:22:00');
    await found.lookFor(3 * minute);
    expect(found.reads).toBeGreaterThan(0);
    expect([gaps(found), said(found)]).toEqual([[], []]);
  });

  it('becomes smaller when beats come late: both revisions are kept and shown', async () => {
    const found = watch(west);
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    await found.lookFor(3 * minute);
    beats(found, east, '00:12:00', '00:19:00');
    await found.lookFor(4 * minute);
    expect(pieces(found)).toEqual([[['00:12:05–00:22:00'], ['00:19:05–00:22:00']]]);
    expect((await reportOf(found))?.gaps[0]?.revisions.map(({ from }) => from.slice(11, 16))).toEqual(['00:12', '00:19']);
    beats(found, east, '00:19:00', '00:22:00');
    expect(await reportOf(found)).toMatchObject({ unknownMs: 0, gaps: [], formerGaps: [{ revisions: [{}, {}, { cause: 'beats of that time came late' }] }] });
    await found.lookFor(6 * minute);
    expect(pieces(found)).toEqual([[['00:12:05–00:22:00'], ['00:19:05–00:22:00'], []]]);
    expect(said(found)).toHaveLength(1);
  });

  it('is not told before the replica of every prober has answered, or has had time enough to', async () => {
    const found = watch(west);
    found.small.stores.set(east, new Store());
    await found.lookFor(2 * minute);
    sleepUntil(found, '00:22:00');
    found.small.refusing.replicas.add(east);
    await found.lookFor(6 * minute);
    expect([gaps(found).length, said(found).filter((subject) => subject.includes('monitoring'))]).toEqual([1, []]);
    await found.lookFor(6 * minute);
    expect(said(found).filter((subject) => subject.includes('monitoring'))).toEqual(['RESOLVED monitoring goes on']);
  });

  it('is not told again where it was told live; it is written down all the same', async () => {
    const found = watch(middle);
    await found.lookFor(2 * minute);
    found.beating.clear();
    await found.lookFor(10 * minute);
    expect(said(found)).toContain('PAGE monitoring is DOWN: nobody watches (single witness)');
    found.beating.add(west).add(east);
    await found.lookFor(15 * minute);
    expect(said(found).filter((subject) => subject.includes('monitoring'))).toEqual([
      'PAGE monitoring is DOWN: nobody watches (single witness)',
      'RESOLVED monitoring goes on',
    ]);
    expect(pieces(found)).toEqual([[['00:12:05–00:22:00']]]);
    expect((await reportOf(found))?.gaps[0]?.why).toBe('eu-west-1 silent, us-east-2 silent');
  });
});
