/** What an observer remembers of each beat that it sees arrive, to the millisecond at which it decides otherwise. */
import { type Instant, instant, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { type Arrivals, cameLateMs, observeArrival, overdueMs, type Sighting, silentForMs, watchedAnew } from '../../src/core/freshness';
import { at, slot } from './builders';

const cycleMs = 10 * second;
const next = slot('00:10:10');
const known = (over: Partial<Arrivals> = {}): Arrivals => ({
  newest: slot('00:10'),
  firstSeenAt: at('00:10:02'),
  lagsMs: [1000, 3000],
  lateLagsMs: [],
  ...over,
});
const seenAfter = (lagMs: number, before: Arrivals | undefined = known(), over: Partial<Sighting> = {}): Arrivals =>
  observeArrival(before, next, { now: instant(next * second + lagMs), cycleMs, ...over });
const remembers = (lagsMs: readonly number[], lateLagsMs: readonly number[] = []) => ({ lagsMs, lateLagsMs });

describe('a beat that arrives', () => {
  it.each([
    ['as late as usual is one more of those before', 2000, [1000, 3000, 2000], []],
    ['later by one interval and five seconds, still', 17_000, [1000, 3000, 17_000], []],
    ['later than that, is kept apart', 17_001, [1000, 3000], [17_001]],
    ['earlier by less than an interval and five seconds, is one more', -12_999, [1000, 3000, -12_999], []],
    ['earlier than that, tells of another clock: what was before counts no more', -13_000, [-13_000], []],
  ])('%s', (_case, lagMs, lagsMs, lateLagsMs) => {
    expect(seenAfter(lagMs)).toEqual({ newest: next, firstSeenAt: next * second + lagMs, lagsMs, lateLagsMs });
  });

  it('three quarters of a minute too early tells of another clock, however seldom beats come: nobody is trusted a minute longer for a clock that is fast', () => {
    const beforeMinutes = known({ lagsMs: [2000, 2000] });
    const seen = (lagMs: number): Arrivals => observeArrival(beforeMinutes, next, { now: instant(next * second + lagMs), cycleMs: 60 * second });
    expect([seen(-42_999), seen(-58_000)]).toMatchObject([remembers([2000, 2000, -42_999]), remembers([-58_000])]);
  });

  it('first of all is the only one that is remembered, on time or not', () => {
    expect(observeArrival(undefined, next, { now: instant(next * second + 500), cycleMs })).toMatchObject(remembers([500]));
    expect(observeArrival(undefined, next, { now: instant(next * second + 50_000), cycleMs })).toMatchObject(remembers([], [50_000]));
  });

  it('on time makes late ones before it forgotten, and so does one from another clock', () => {
    const late = known({ lateLagsMs: [50_000] });
    expect([seenAfter(2000, late), seenAfter(-90_000, late)]).toMatchObject([remembers([1000, 3000, 2000]), remembers([-90_000])]);
  });

  it.each([
    ['as late as usual', 2000, 0],
    ['later than those before, by what is usual with it', 17_000, 10_000],
    ['too late to count, by what is usual', 17_001, 15_001],
    ['before its time', -5000, 0],
  ])('%s, tells by how much it was late', (_case, lagMs, lateMs) => {
    expect(cameLateMs(seenAfter(lagMs))).toBe(lateMs);
  });

  it('at some time between two looks, came as late as it did at least', () => {
    const seen = seenAfter(21_000, known(), { lookedAt: instant(next * second + 12_000) });
    expect(seen).toMatchObject(remembers([1000, 3000], [12_000]));
    expect(cameLateMs(seen)).toBe(10_000);
  });

  it('twice is seen once', () => {
    const once = known({ newest: next });
    expect(seenAfter(60_000, once)).toBe(once);
  });

  it('after 32 others takes the place of the oldest', () => {
    const lagsMs = Array.from({ length: 32 }, (_, index) => 2000 + index);
    expect(seenAfter(2500, known({ lagsMs })).lagsMs).toEqual([...lagsMs.slice(1), 2500]);
  });
});

describe('late beats', () => {
  it.each([
    ['three alike are believed', [50_000, 54_000], 59_999, [50_000, 54_000, 59_999], []],
    ['three that differ by an interval are not', [50_000, 54_000], 60_000, [1000, 3000], [50_000, 54_000, 60_000]],
    ['two alike are not', [50_000], 50_000, [1000, 3000], [50_000, 50_000]],
    ['of more than three the newest three are looked at', [200_000, 50_000, 54_000], 52_000, [50_000, 54_000, 52_000], []],
  ])('%s', (_case, lateLagsMs, lagMs, lags, late) => {
    expect(seenAfter(lagMs, known({ lateLagsMs }))).toMatchObject(remembers(lags, late));
  });

  it('by what was usual, but on time by the clock, are believed at once: the usual was the clock of somebody', () => {
    const usuallyEarly = known({ lagsMs: [-240_000], lateLagsMs: [-50_000] });
    expect(seenAfter(17_000, usuallyEarly)).toMatchObject(remembers([17_000]));
    expect(seenAfter(17_001, usuallyEarly)).toMatchObject(remembers([-240_000], [-50_000, 17_001]));
    expect(seenAfter(-1, usuallyEarly)).toMatchObject(remembers([-240_000], [-50_000, -1]));
  });

  it('are on time by a clock that is known to have been set since, and by no other', () => {
    const set = watchedAnew(known(), instant(next * second + 40_000));
    expect(seenAfter(50_000, set).lateLagsMs).toEqual([]);
    expect(seenAfter(50_000)).toMatchObject(remembers([1000, 3000], [50_000]));
  });
});

it('an observer whose clock was set counts silence from now, knows of no age until the next beat comes, and goes on from that', () => {
  const now = instant(slot('00:10') * second + 72_000);
  const anew = watchedAnew(known({ lateLagsMs: [50_000] }), now);
  expect(anew).toEqual({ ...known({ firstSeenAt: now, lagsMs: [72_000] }), isAgeUnknown: true });
  expect(overdueMs(anew, { now, cycleMs })).toBe(-cycleMs);
  expect(observeArrival(anew, anew.newest, { now, cycleMs }).isAgeUnknown).toBe(true);
  expect(observeArrival(anew, next, { now, cycleMs }).isAgeUnknown).toBeUndefined();
});

it('a kind of sign that was due just when the other came still counts', () => {
  const sign = (newest: string) => ({ arrivals: known({ newest: slotAt(slot(newest)), lagsMs: [1000] }), cycleMs: 60 * second });
  expect(silentForMs([sign('00:09:30'), sign('00:10:30')], at('00:12:31'))).toBe(120 * second);
});

describe('beats a minute apart, as who looks once a minute sees them half a minute after they were sent', () => {
  const minutely = { cycleMs: 60 * second };
  const aheadMs = 172 * second;
  /** Looks at half past each minute, by a clock that is ahead: the beat of 00:10:10 came since the look before. */
  const seenBy = (fastByMs: number): Arrivals => {
    const lookedAt = instant(next * second - 29 * second + aheadMs);
    const now = instant(lookedAt + 60 * second);
    const anew = watchedAnew(known({ newest: slotAt(next - 60) }), lookedAt);
    return observeArrival(anew, next, { now, lookedAt, ...minutely, fastByMs });
  };

  it('none came before it was sent, by the clock of who knows that its own is fast', () => {
    expect(seenBy(aheadMs).lagsMs.at(-1)).toBe(aheadMs + 2 * second);
  });

  it('nor later than it was seen, however fast that clock is said to be', () => {
    expect(seenBy(aheadMs + 60 * second).lagsMs.at(-1)).toBe(aheadMs + 31 * second);
  });

  it('who knows nothing of its clock takes them to have come as soon as it had looked', () => {
    expect(seenBy(0).lagsMs).toEqual([aheadMs - 29 * second]);
  });
});

describe('a beat that was late already when it was looked for a minute before it was seen', () => {
  const seen = (lookedAfterMs: number, seenAfterMs: number, before: Partial<Arrivals> = { lagsMs: [2000, 2000] }): Arrivals => {
    const [lookedAt, now] = [lookedAfterMs, seenAfterMs].map((ms) => instant(next * second + ms)) as [Instant, Instant];
    const aMinuteBefore = { newest: slotAt(next - 60), firstSeenAt: instant((next - 60) * second + 2000) };
    return observeArrival(known({ ...aMinuteBefore, ...before }), next, { now, lookedAt, cycleMs: 60 * second });
  };

  it.each([
    ['may have come too late to count, and is kept apart', 55_000, 115_000, [2000, 2000], [55_000]],
    ['that was within an interval and five seconds, came in time all the same', 55_000, 67_000, [2000, 2000, 55_000], []],
    ['by a millisecond more, may not have', 55_000, 67_001, [2000, 2000], [55_000]],
    ['as late as any beat may come, was not late yet', 19_000, 79_000, [2000, 2000, 19_000], []],
    ['by a millisecond more, was', 19_001, 79_001, [2000, 2000], [19_001]],
  ])('%s', (_case, lookedAfterMs, seenAfterMs, lagsMs, lateLagsMs) => {
    expect(seen(lookedAfterMs, seenAfterMs)).toMatchObject(remembers(lagsMs, lateLagsMs));
  });

  it('is believed at once where nothing is known of how late they come, or where it is on time by the clock itself', () => {
    expect(seen(55_000, 115_000, { lagsMs: [] })).toMatchObject(remembers([55_000]));
    expect(seen(5000, 65_000, { lagsMs: [-50_000] })).toMatchObject(remembers([5000]));
    expect(seen(8000, 68_000, { lagsMs: [-50_000] })).toMatchObject(remembers([-50_000], [8000]));
  });

  it('is believed when it is the third of its kind', () => {
    expect(seen(55_000, 115_000, { lateLagsMs: [55_000, 98_000] })).toMatchObject(remembers([55_000, 98_000, 55_000]));
  });
});

/** Found by the storms 3657064 and 3158624: a watchdog whose clock was set back by less than a minute was said to have stopped, again and again. */
describe('watch records a minute apart, the clock of which was set back by less than a minute', () => {
  const minutely = 60 * second;
  const setBackMs = 50 * second;
  const last = slot('00:10');
  const before = known({ newest: last, firstSeenAt: instant(last * second + 2000), lagsMs: [2000, 2000] });
  const next = slotAt(last + (minutely - setBackMs) / second);
  const seenAt = (minutes: number, over: Partial<Sighting> = {}): Sighting => ({
    now: instant(last * second + minutes * minutely + 2000),
    cycleMs: minutely,
    ...over,
  });
  const first = observeArrival(before, next, seenAt(1));

  it('are expected by that clock as soon as one came in time after the one before', () => {
    expect(first).toMatchObject({ lagsMs: [setBackMs + 2000], earlier: { lagMs: 2000 } });
    expect(overdueMs(first, seenAt(2))).toBe(0);
  });

  it('are late where that one came later than it should', () => {
    expect(observeArrival({ ...before, firstSeenAt: instant(before.firstSeenAt - 18 * second) }, next, seenAt(1)).lagsMs).toEqual([
      2000,
      2000,
      setBackMs + 2000,
    ]);
  });

  it('came as usual, where nobody looked when they did', () => {
    const later = slotAt(next + 120);
    expect(observeArrival(first, later, seenAt(3, { lookedAt: seenAt(2).now })).lagsMs).toEqual([setBackMs + 2000, setBackMs + 2000]);
  });

  it('came as soon as it was looked before, where of what is usual only the first look of all tells', () => {
    const begun = known({ newest: last, firstSeenAt: instant(last * second + setBackMs), lagsMs: [setBackMs] });
    const later = slotAt(last + 60);
    const seen = { now: instant(later * second + setBackMs), cycleMs: minutely, lookedAt: instant(last * second + setBackMs) };
    expect(observeArrival(begun, later, seen).lagsMs).toEqual([2000]);
  });
});
