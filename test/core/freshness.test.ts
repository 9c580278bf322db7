import { slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { type Arrivals, expectedAt, observeArrival, overdueMs } from '../../src/core/freshness';
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
