import { slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { type Arrivals, expectedAt, observeArrival, overdueMs, silentForMs } from '../../src/core/freshness';
import { at, slot } from './builders';

const cycleMs = 10 * second;

/** Beats from `from` on, one every ten seconds, each seen `lagMs` after its slot began. */
function punctual(count: number, lagMs: number, from = slot('00:00')): Arrivals {
  let arrivals: Arrivals | undefined;
  for (let beat = 0; beat < count; beat += 1) {
    const of = slotAt(from + beat * 10);
    arrivals = observeArrival(arrivals, of, { now: (of * second + lagMs) as never, cycleMs });
  }
  return arrivals!;
}

describe('when the next beat is due', () => {
  it('is one interval after the newest, plus the mean lag of those before', () => {
    const arrivals = punctual(5, 1500);
    expect(expectedAt(arrivals, cycleMs)).toBe(at('00:00:51') + 500);
  });

  it('presumes a small lag for the first beat ever seen', () => {
    const arrivals = observeArrival(undefined, slot('00:00'), { now: at('00:00:02'), cycleMs });
    expect(expectedAt(arrivals, cycleMs)).toBe(at('00:00:12'));
  });

  it('says how long a beat is overdue', () => {
    const arrivals = punctual(5, 1000);
    expect(overdueMs(arrivals, { now: at('00:00:50'), cycleMs })).toBe(-1000);
    expect(overdueMs(arrivals, { now: at('00:01:51'), cycleMs })).toBe(60 * second);
  });

  it('never goes back to an older slot', () => {
    const arrivals = punctual(5, 1000);
    expect(observeArrival(arrivals, slot('00:00:10'), { now: at('00:02'), cycleMs })).toBe(arrivals);
  });
});

describe('what does not count as a sign of life', () => {
  it('a backlog that drains: old beats seen now leave the region as overdue as it is', () => {
    let arrivals = punctual(5, 1000);
    for (const late of ['00:00:50', '00:01:00', '00:01:10', '00:01:20']) arrivals = observeArrival(arrivals, slot(late), { now: at('00:30'), cycleMs });
    expect(overdueMs(arrivals, { now: at('00:30'), cycleMs })).toBe(at('00:30') - at('00:01:31'));
  });

  it('a head from before, seen first by a cold observer', () => {
    const arrivals = observeArrival(undefined, slot('00:00'), { now: at('01:00'), cycleMs });
    expect(overdueMs(arrivals, { now: at('01:00'), cycleMs })).toBeGreaterThan(59 * 60 * second);
  });
});

describe('a remote clock that is wrong', () => {
  it.each([
    ['three minutes behind', 180_000],
    ['three minutes ahead', -180_000],
  ])('%s becomes part of the lag once it is steady', (_case, skewMs) => {
    const arrivals = punctual(6, skewMs + 1000);
    expect(overdueMs(arrivals, { now: (at('00:00:50') + skewMs + 11_000) as never, cycleMs })).toBe(0);
  });

  it('that steps back is believed again after three beats alike', () => {
    let arrivals = punctual(6, 1000);
    for (const [beat, now] of [
      ['00:01:00', '00:03:01'],
      ['00:01:10', '00:03:11'],
      ['00:01:20', '00:03:21'],
    ] as const)
      arrivals = observeArrival(arrivals, slot(beat), { now: at(now), cycleMs });
    expect(overdueMs(arrivals, { now: at('00:03:31'), cycleMs })).toBe(0);
  });
});

describe('what was stamped by a clock that was fast, when that is set back', () => {
  const fast = punctual(6, -60_000);
  const stamped = slot('00:00:50');

  it('grows no younger when the next beat is on time by the clock', () => {
    const seen = observeArrival(fast, slot('00:01:20'), { now: at('00:01:21'), cycleMs });
    expect([overdueMs(seen, { now: at('00:01:21'), cycleMs, slot: stamped }), overdueMs(seen, { now: at('00:01:31'), cycleMs })]).toEqual([81_000, 0]);
  });

  it('nor when a beat between was too late to count', () => {
    const between = observeArrival(fast, slot('00:01:00'), { now: at('00:00:20'), cycleMs });
    const seen = observeArrival(between, slot('00:01:20'), { now: at('00:01:21'), cycleMs });
    expect(overdueMs(seen, { now: at('00:01:21'), cycleMs, slot: slot('00:01:00') })).toBe(71_000);
    expect(overdueMs(observeArrival(seen, slot('00:01:30'), { now: at('00:01:31'), cycleMs }), { now: at('00:01:31'), cycleMs, slot: stamped })).toBe(91_000);
  });

  it('nor when three late beats alike are believed, which have their own lag', () => {
    const late = ['00:01:00', '00:01:10', '00:01:20'].reduce(
      (arrivals, of) => observeArrival(arrivals, slot(of), { now: (slot(of) * second - 20_000) as never, cycleMs }),
      fast,
    );
    const overdue = (of: string): number => overdueMs(late, { now: at('00:01:00'), cycleMs, slot: slot(of) });
    expect(['00:00:50', '00:01:00', '00:01:10', '00:01:20'].map(overdue)).toEqual([60_000, 10_000, 0, -10_000]);
  });

  it('nor where it was set back by less than an interval, and three that are later than usual, and alike, are believed', () => {
    const ahead = punctual(20, -8000);
    const seenOf = (...beats: readonly string[]): Arrivals =>
      beats.reduce((seen, of) => observeArrival(seen, slot(of), { now: (slot(of) * second + 6000) as never, cycleMs }), ahead);
    expect(overdueMs(seenOf('00:03:20', '00:03:30'), { now: at('00:03:46'), cycleMs })).toBeGreaterThan(8000);
    const believed = seenOf('00:03:20', '00:03:30', '00:03:40');
    expect(overdueMs(believed, { now: at('00:03:56'), cycleMs })).toBe(0);
    expect(overdueMs(believed, { now: at('00:03:56'), cycleMs, slot: slot('00:03:10') })).toBe(44_000);
  });

  it('and where it was never seen while the clock was fast, nobody knows better', () => {
    const cold = observeArrival(undefined, slot('00:00:50'), { now: at('00:02'), cycleMs });
    const seen = observeArrival(cold, slot('00:02'), { now: at('00:02:02'), cycleMs });
    expect(overdueMs(seen, { now: at('00:02:02'), cycleMs, slot: stamped })).toBe(60_000);
  });
});

describe('a beat whose slot is named ahead, as the clock that was fast was set back', () => {
  const fast = punctual(6, -60_000);
  const begunAt = at('00:01:15');
  const named = slot('00:01:40');
  const overdueBy = (seen: Arrivals, now: string): number => overdueMs(seen, { now: at(now), cycleMs });

  it('is on time where its round has only just begun by the clock of its region, though it is late for its slot', () => {
    const seen = observeArrival(fast, named, { now: at('00:01:16'), cycleMs, begunAt });
    expect([overdueBy(seen, '00:01:16'), overdueBy(seen, '00:01:26')]).toEqual([-cycleMs, 0]);
    expect(overdueMs(seen, { now: at('00:01:16'), cycleMs, slot: slot('00:00:50') })).toBe(76_000);
  });

  it.each([
    ['had waited somewhere for longer than a beat', '00:01:33'],
    ['comes before its round began', '00:01:14'],
  ])('is as late as its slot where it %s', (_case, now) => {
    expect(overdueBy(observeArrival(fast, named, { now: at(now), cycleMs, begunAt }), now)).toBe(at(now) - at('00:00:50'));
  });

  it('is found to have been on time when it is seen after others have told of it', () => {
    const toldOf = observeArrival(fast, named, { now: at('00:01:16'), cycleMs });
    expect(overdueBy(toldOf, '00:01:16')).toBe(26_000);
    const seen = observeArrival(toldOf, named, { now: at('00:01:26'), cycleMs, begunAt });
    expect([overdueBy(seen, '00:01:26'), overdueMs(seen, { now: at('00:01:26'), cycleMs, slot: slot('00:00:50') })]).toEqual([0, 86_000]);
    expect(seen).toMatchObject({ firstSeenAt: at('00:01:16'), lateLagsMs: [] });
    expect(observeArrival(seen, named, { now: at('00:01:30'), cycleMs, begunAt })).toBe(seen);
  });

  it.each([
    ['late for its own clock, too', at('00:00:50')],
    ['not named ahead', at('00:01:40')],
  ])('stays late where it is %s', (_case, itsBegunAt) => {
    const toldOf = observeArrival(fast, named, { now: at('00:01:16'), cycleMs });
    expect(observeArrival(toldOf, named, { now: at('00:01:26'), cycleMs, begunAt: itsBegunAt })).toBe(toldOf);
  });

  it('by a clock that is right now makes no backlog younger that drains', () => {
    const seen = observeArrival(fast, named, { now: at('00:30'), cycleMs, lookedAt: at('00:29:55'), begunAt });
    expect(overdueBy(seen, '00:30')).toBe(at('00:30') - at('00:00:50'));
  });
});

describe('an observer that looks seldom', () => {
  const minuteMs = 60 * second;

  function lookedOnceAMinute(lookAfterMs: number, cameAfterMs: number): Arrivals {
    let arrivals: Arrivals | undefined;
    for (let beat = 0; beat < 40; beat += 1) {
      const of = slotAt(slot('00:00') + beat * 60);
      const now = (of * second + lookAfterMs + (cameAfterMs > lookAfterMs ? minuteMs : 0)) as never;
      arrivals = observeArrival(arrivals, of, { now, cycleMs: minuteMs, lookedAt: (now - minuteMs) as never });
    }
    return arrivals!;
  }

  it('does not take the time it did not look for slowness of the beat', () => {
    const arrivals = lookedOnceAMinute(30_000, 1500);
    expect(expectedAt(arrivals, minuteMs) - arrivals.newest * second).toBe(minuteMs + 2000);
  });

  it('still learns that a beat was not there when it looked before', () => {
    const arrivals = lookedOnceAMinute(30_000, 45_000);
    expect(expectedAt(arrivals, minuteMs) - arrivals.newest * second).toBe(minuteMs + 30_000);
  });

  it('knows a beat that came before the presumed lag for what it was', () => {
    const arrivals = lookedOnceAMinute(1200, 600);
    expect(expectedAt(arrivals, minuteMs) - arrivals.newest * second).toBe(minuteMs + 1200);
  });

  it('does not believe a drained backlog, however lately it looked', () => {
    let arrivals = punctual(5, 1000);
    const before = expectedAt(arrivals, cycleMs, slot('00:00:50'));
    arrivals = observeArrival(arrivals, slot('00:00:50'), { now: at('00:30'), cycleMs, lookedAt: at('00:29:55') });
    expect(expectedAt(arrivals, cycleMs)).toBe(before);
  });
});

describe('a region with two kinds of signs, half a minute apart', () => {
  const cycle = 60 * second;
  const sign = (newest: string): { arrivals: Arrivals; cycleMs: number } => {
    const of = slot(newest);
    return { arrivals: { newest: of, firstSeenAt: at(newest), lagsMs: [1000], lateLagsMs: [] }, cycleMs: cycle };
  };

  it.each([
    ['both went on until it fell silent after the record', '00:10', '00:10:30', '00:12:01', 60],
    ['both went on until it fell silent after the beat', '00:11', '00:10:30', '00:12:01', 30],
    ['its watchdog had stopped long before', '00:11', '00:02:30', '00:13:01', 60],
    ['its prober had stopped long before', '00:02', '00:10:30', '00:12:31', 60],
    ['nothing is due yet', '00:11', '00:10:30', '00:11:21', -10],
  ])('%s', (_case, beat, record, now, seconds) => {
    expect(silentForMs([sign(beat), sign(record)], at(now))).toBe(seconds * second);
    expect(silentForMs([sign(record), sign(beat)], at(now))).toBe(seconds * second);
  });

  it('is judged by the one kind that was ever seen', () => {
    expect(silentForMs([sign('00:10')], at('00:12:01'))).toBe(60 * second);
  });
});
