import { type Instant, instant } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { decodeWatch, encodeWatch } from '../../src/core/watch-record';
import { noteClock } from '../../src/engine/clock-step';
import { notePunctuality } from '../../src/engine/punctuality';
import { remember } from '../../src/engine/remember';
import { runVigil } from '../../src/engine/vigil';
import type { World } from '../../src/engine/world';
import { at, east, slot, watchRecord } from '../core/builders';
import { dublin, frankfurt, ohio, smallConfig } from '../sim/settings';
import { Store } from '../sim/store';
import { watch } from './one-watchdog';
import { type SmallWorld, smallWorld } from './small-world';

const since = at('00:09');

function remembering(): SmallWorld {
  const small = smallWorld({ now: at('00:10') });
  const { memory } = small.world;
  memory.arrivals.set(east, {
    newest: slot('00:09:50'),
    firstSeenAt: since,
    lagsMs: [2000],
    lateLagsMs: [50_000],
    earlier: { upTo: slot('00:09'), lagMs: -60_000 },
  });
  memory.watches.set(east, { state: 'late', since });
  memory.watchingSince = since;
  noteClock(small.world, small.now);
  return small;
}

const later = (small: SmallWorld, passedMs: number, setByMs: number): SmallWorld => {
  Object.assign(small, { now: small.now + passedMs + setByMs, clockSetByMs: small.clockSetByMs + setByMs });
  noteClock(small.world, small.now);
  return small;
};

describe('between two looks of one invocation', () => {
  it.each([-5 * minute, -1 * second, 1 * second, 14 * second, 5 * minute])('a clock that was set by %i ms takes along what was measured by it', (stepMs) => {
    const { memory } = later(remembering(), 5 * second, stepMs).world;
    expect(memory.watchingSince).toBe(since + stepMs);
    expect(memory.watches.get(east)?.since).toBe(since + stepMs);
    expect(memory.arrivals.get(east)).toEqual({
      newest: slot('00:09:50'),
      firstSeenAt: since + stepMs,
      lagsMs: [2000 + stepMs],
      lateLagsMs: [50_000 + stepMs],
      earlier: { upTo: slot('00:09'), lagMs: -60_000 + stepMs },
    });
  });

  it.each([0, 999, -999])('a clock that is corrected by %i ms changes nothing', (stepMs) => {
    const { memory } = later(remembering(), 5 * second, stepMs).world;
    expect([memory.watchingSince, memory.watches.get(east)?.since]).toEqual([since, since]);
  });

  it('a pause is no step, however long', () => {
    expect(later(remembering(), 90 * second, 0).world.memory.watchingSince).toBe(since);
  });
});

it('a clock that is set between the beginning of an invocation and its first look takes along what was measured by it', () => {
  const small = remembering();
  const next = { ...small.world, invocation: { remainingMs: () => minute } };
  notePunctuality(next, small.now);
  Object.assign(small, { now: small.now + 8 * second + 15 * second, clockSetByMs: 15 * second });
  noteClock(next, small.now);
  expect(next.memory).toMatchObject({ watchingSince: since + 15 * second, isClockJustSet: true });
  noteClock(next, small.now);
  expect(next.memory.isClockJustSet).toBe(false);
});

it.each([
  ['nobody doubts', '00:10', false],
  ['is in doubt since an event of long ago', '00:04', true],
])('a delivery that is late is believed to be that where the clock %s', (_case, time, expected) => {
  const small = remembering();
  notePunctuality(small.world, small.now);
  Object.assign(small, { now: small.now + 30 * second + 115 * second, clockSetByMs: time === '00:10' ? 0 : 115 * second });
  notePunctuality(small.world, at(time));
  noteClock(small.world, small.now);
  Object.assign(small, { now: small.now + minute });
  notePunctuality(small.world, at('00:11'));
  expect(small.world.memory.mustWatchAnew).toBe(expected);
});

it('between two invocations nothing is moved: an environment that was frozen does not know how long', () => {
  const small = remembering();
  const next = { ...small.world, invocation: { remainingMs: () => minute } };
  Object.assign(small, { now: small.now + 70 * second, clockSetByMs: 70 * second });
  noteClock(next, small.now);
  expect(next.memory.watchingSince).toBe(since);
});

/** Invoked once a minute, each so much later than it should be. */
function invoked(small: SmallWorld, lates: readonly number[]): boolean {
  for (const [minutes, lateMs] of lates.entries()) {
    // Of an environment that was frozen the clock that nobody sets tells nothing.
    Object.assign(small, { now: at('00:10') + minutes * minute + lateMs, clockSetByMs: minutes * minute + lateMs });
    notePunctuality(small.world, instant(small.now - lateMs));
  }
  return small.world.memory.mustWatchAnew;
}

it.each([
  ['as late as the one before', minute, [2 * second, 3 * second], false],
  ['hours late, as the one before', minute, [7200 * second, 7201 * second], false],
  ['later by more than 20 s than the one before', minute, [2 * second, 23 * second], true],
  ['earlier by more than 20 s than the one before', minute, [23 * second, 2 * second], true],
  ['later by 18 s, where a minute lies between beats', minute, [2 * second, 20 * second], false],
  ['later by 18 s, where 10 s lie between beats', 10 * second, [2 * second, 20 * second], true],
])('an invocation that comes %s (%d ms): the watch begins anew: %j → %s', (_case, beatMs, lates, expected) => {
  expect(invoked(smallWorld({ config: smallConfig({ monitors: 1, beatMs }) }), lates)).toBe(expected);
});

it('an event of before the last one says nothing of the clock, and the next one is compared with that', () => {
  const small = smallWorld({ now: at('00:10') });
  const { world } = small;
  for (const time of ['00:10', '00:07', '00:10']) notePunctuality(world, at(time));
  expect(world.memory.mustWatchAnew).toBe(false);
  Object.assign(small, { now: at('00:13'), clockSetByMs: 2 * minute });
  notePunctuality(world, at('00:11'));
  expect(world.memory.mustWatchAnew).toBe(true);
});

it.each([
  ['went on alike', 0, false],
  ['differ: it was set, or the environment was frozen', 115 * second, true],
])('an event of before the last one leaves the clock in doubt where both clocks %s, until the next one', (_case, setByMs, expected) => {
  const small = remembering();
  notePunctuality(small.world, small.now);
  Object.assign(small, { now: small.now + 30 * second + setByMs, clockSetByMs: small.clockSetByMs + setByMs });
  notePunctuality(small.world, at('00:04'));
  expect(small.world.memory.isClockDoubtful).toBe(expected);
  notePunctuality(small.world, at('00:11'));
  expect(small.world.memory.isClockDoubtful).toBe(false);
});

it.each([
  ['went on alike: it was the delivery that was late', 0, false],
  ['differ by a minute: it was set, or the environment was frozen', minute, true],
])('an invocation that comes three minutes later than the one before, while both clocks %s', (_case, setByMs, expected) => {
  const small = remembering();
  notePunctuality(small.world, small.now);
  Object.assign(small, { now: small.now + 4 * minute + setByMs, clockSetByMs: small.clockSetByMs + setByMs });
  notePunctuality(small.world, instant(small.now - 3 * minute));
  expect(small.world.memory.mustWatchAnew).toBe(expected);
});

interface Delivery {
  readonly beatMs: number;
  /** How late who begins is, and how late the record of its region says that its writer was. */
  readonly lateMs: number;
  readonly writtenLateMs: number;
  readonly writtenAgoMs: number;
  /** For how many minutes before this event the writer was invoked. */
  readonly minutesBefore: number;
  readonly role?: 'prober' | 'watchdog';
  /** The clock of who wrote was in doubt. */
  readonly isInDoubt?: true;
}

/** How a warm environment, which was invoked some minutes before, begins by a record that its region wrote since. */
function begun(delivery: Delivery, wasLateMs = 2 * second) {
  const { beatMs, lateMs, writtenLateMs, writtenAgoMs, minutesBefore, role, isInDoubt } = delivery;
  const small = smallWorld({ config: smallConfig({ monitors: 1, beatMs }), self: { role: role ?? 'watchdog' } });
  const { memory } = small.world;
  const invoke = (scheduledAt: Instant, lateByMs: number): void => {
    // Of an environment that was frozen the clock that nobody sets tells nothing.
    Object.assign(small, { now: instant(scheduledAt + lateByMs), clockSetByMs: scheduledAt + lateByMs });
    notePunctuality({ ...small.world, invocation: { remainingMs: () => minute } }, scheduledAt);
  };
  invoke(at('00:05'), wasLateMs);
  const known = { newest: slot('00:04:50'), firstSeenAt: at('00:05'), lagsMs: [2000], lateLagsMs: [] };
  memory.arrivals.set(ohio, known);
  memory.evaluatedAt = small.now;
  invoke(at('00:10'), lateMs);
  const own = watchRecord({
    region: dublin,
    at: instant(small.now - writtenAgoMs),
    seq: small.now - writtenAgoMs,
    invocationAt: instant(at('00:10') - minutesBefore * minute),
    lateMs: writtenLateMs,
    isClockDoubtful: isInDoubt,
  });
  remember(small.world, { watchRecords: [own], now: small.now });
  return { isAnew: memory.arrivals.get(ohio) !== known, isInDoubt: memory.isClockDoubtful, lateMs: memory.invoked?.lateMs };
}

const again: Delivery = { beatMs: 10 * second, lateMs: 37 * second, writtenLateMs: 2 * second, writtenAgoMs: 4 * second, minutesBefore: 0 };

describe('an event that comes later than what its region wrote last', () => {
  it.each<[string, Delivery]>([
    ['comes again while who was given it first is at work', again],
    ['is late while who was given the one before is at work', { ...again, minutesBefore: 1 }],
    ['comes again to a prober while the watchdog is at work', { ...again, role: 'prober' }],
  ])('counts as punctual where it %s: no silence is counted anew, and no clock is in doubt', (_case, delivery) => {
    expect(begun(delivery)).toEqual({ isAnew: false, isInDoubt: false, lateMs: 2 * second });
  });

  it.each<[string, Delivery]>([
    ['comes again', { ...again, beatMs: minute, writtenAgoMs: 35 * second }],
    ['comes again, as what was written a moment ago by a clock in doubt did', { ...again, isInDoubt: true }],
    ['is the one before', { ...again, beatMs: minute, writtenAgoMs: 35 * second, minutesBefore: -1 }],
  ])('accuses nobody where it %s and nobody is at work: no silence is counted anew, but the clock is in doubt', (_case, delivery) => {
    expect(begun(delivery)).toEqual({ isAnew: false, isInDoubt: true, lateMs: 2 * second });
  });

  it.each<[string, Delivery]>([
    ['nothing was written for longer than a clock may be set by', { ...again, writtenAgoMs: 11 * second, minutesBefore: 1 }],
    ['nothing was written for a minute', { ...again, beatMs: minute, writtenAgoMs: 60 * second, minutesBefore: 1 }],
    ['what was written is of a time to come', { ...again, writtenAgoMs: -1 * second, minutesBefore: 1 }],
    ['a prober cannot know whether it comes again', { ...again, beatMs: minute, writtenAgoMs: 35 * second, role: 'prober' }],
    ['who wrote could not trust its own clock', { ...again, minutesBefore: 1, isInDoubt: true }],
    ['who wrote came later still', { ...again, lateMs: 2 * second, writtenLateMs: 37 * second, minutesBefore: 1 }],
  ])('may show that the clock was set where %s: silence is counted anew', (_case, delivery) => {
    expect(begun(delivery)).toEqual({ isAnew: true, isInDoubt: false, lateMs: delivery.lateMs });
  });

  it('is no excuse for a clock that was set before that was written', () => {
    expect(begun({ ...again, writtenLateMs: 20 * second }).isAnew).toBe(true);
    expect(begun(again, 20 * second).isAnew).toBe(true);
  });
});

/** Whether the watchdog of the witness, whose record comes once a minute, is accused by who begins when its region's clock has been set. */
async function isAccusedAfter(setByMs: number): Promise<boolean> {
  const small = smallWorld({ config: smallConfig({ monitors: 1, beatMs: minute }), self: { role: 'watchdog' } });
  for (const region of [dublin, ohio, frankfurt]) small.stores.set(region, new Store());
  const look = async (world: World, scheduledAt: Instant, clockMs: number): Promise<void> => {
    small.now = instant(clockMs);
    notePunctuality(world, scheduledAt);
    await runVigil(world, scheduledAt);
  };
  for (let minutes = 0; minutes < 5; minutes += 1) {
    const time = at('00:10') + minutes * minute;
    const written = encodeWatch(watchRecord({ region: frankfurt, at: instant(time - 20 * second), seq: time - 20 * second }), frankfurt);
    for (const store of small.stores.values()) store.apply({ item: written, writtenAs: time });
    await look(small.world, instant(time), time + 2 * second - setByMs);
  }
  const cold = small.another();
  for (const seconds of [2, 20]) await look(cold, at('00:15'), at('00:15') + seconds * second);
  const [record] = small.stores.get(dublin)!.getAll([{ pk: `WATCH#${dublin}`, sk: 'state' }]);
  return decodeWatch(record!)!.watchdogs.some(({ region, state }) => region === frankfurt && state === 'watcher-silent');
}

it.each([0, 30 * second, 80 * second])(
  'an environment that has just begun accuses nobody although the clock of its region was set by %i ms before',
  async (setByMs) => {
    expect(await isAccusedAfter(setByMs)).toBe(false);
  },
);

describe('a watchdog whose clock was set looks again soon', () => {
  const set = async () => {
    const found = watch();
    await found.lookFor(120);
    const look = () => runVigil(found.world, at('00:00'));
    expect(await look()).toBe('done');
    found.world.memory.mustWatchAnew = true;
    return { found, look };
  };

  it('until the next beat of each prober tells how old all is', async () => {
    const { found, look } = await set();
    expect(await look()).toBe('pending');
    await found.lookFor(15);
    expect(await look()).toBe('done');
  });

  it('and on until it can say that there is none, but not for longer', async () => {
    const { found, look } = await set();
    found.beating.delete(east);
    const states: unknown[] = [];
    for (let looks = 0; looks < 30 && states.at(-1) !== 'silent'; looks += 1) {
      await found.lookFor(5);
      const end = await look();
      const state = found.world.memory.watches.get(east)?.state;
      states.push(state);
      expect([state, end]).toEqual([state, state === 'silent' ? 'done' : 'pending']);
    }
    expect([...new Set(states)]).toEqual(['reporting', 'late', 'abstaining', 'silent']);
  });
});
