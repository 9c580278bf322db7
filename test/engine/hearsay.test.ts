/** Who hears of a beat from others first, and then sees it itself. */
import { instant, type Slot } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { watchedAnew } from '../../src/core/freshness';
import { hear } from '../../src/engine/hearsay';
import { isFresh, vigilOverdueOf } from '../../src/engine/overdue';
import { at, config, east, head, middle, slot, watchRecord } from '../core/builders';
import { smallWorld } from './small-world';

const newest = slot('00:15:00');

/** The clock of us-east-2 was four minutes fast when it was seen last, and its rounds failed for three minutes. */
function seenWhileFast() {
  const small = smallWorld({ config: config({ beatIntervalMs: minute }) });
  const { world } = small;
  const before = { newest: slot('00:14:00'), firstSeenAt: at('00:10:01'), lagsMs: [], lateLagsMs: [] };
  world.memory.arrivals.set(east, watchedAnew(before, at('00:10:01')));
  small.now = at('00:13:02');
  return { small, world };
}

/** A witness has seen it, and says so in its own record. */
const toldBy = (of: Slot) =>
  watchRecord({ region: middle, peers: [{ region: east, state: 'reporting', since: at('00:00'), reason: '', arrivals: arrived(of) }] });
const arrived = (of: Slot) => ({ newest: of, firstSeenAt: at('00:13'), lagsMs: [], lateLagsMs: [] });

it('a prober that names its slots ahead is at work as soon as its own beat is seen, whoever told of that before', () => {
  const { small, world } = seenWhileFast();
  hear(world, { heads: new Map(), watchRecords: [toldBy(newest)] });
  expect(isFresh(world, east, newest)).toBe(false);
  small.now = instant(small.now + 30 * second);
  const own = head({ region: east, slot: newest, startedAt: at('00:13:01'), finishedAt: at('00:13:02') });
  hear(world, { heads: new Map([[east, own]]), watchRecords: [] });
  expect(isFresh(world, east, newest)).toBe(true);
  small.now = at('00:15:03');
  expect(isFresh(world, east, newest)).toBe(false);
});

it('a beat by a clock that is still fast, and was held up on its way, makes nobody fresh', () => {
  const { world } = seenWhileFast();
  const own = head({ region: east, slot: newest, startedAt: at('00:15:01'), finishedAt: at('00:15:02') });
  hear(world, { heads: new Map([[east, own]]), watchRecords: [toldBy(newest)] });
  expect(isFresh(world, east, newest)).toBe(false);
});

/** Found by the storm 226410: a clock that was set three minutes ahead made every beat seem to come half a minute before it was sent. */
describe('a watchdog that looks once a minute, by a clock that is fast', () => {
  const aheadMs = 172 * second;
  const sent = slot('00:11:00');

  /** It looks at half past each minute of the schedule; how late its schedule seems to be by its clock tells how fast that is. */
  function lookedTwice(lateMs: number) {
    const small = smallWorld({ config: config({ beatIntervalMs: minute }), self: { role: 'watchdog' } });
    const { world } = small;
    const looked = instant(at('00:10:31') + aheadMs);
    world.memory.vigils.set(middle, watchedAnew({ newest: slot('00:10:00'), firstSeenAt: looked, lagsMs: [], lateLagsMs: [] }, looked));
    world.memory.arrivals.set(east, watchedAnew({ newest: slot('00:10:00'), firstSeenAt: looked, lagsMs: [], lateLagsMs: [] }, looked));
    world.memory.watchingSince = looked;
    world.memory.lookedBefore = looked;
    world.memory.invoked = { scheduledAt: at('00:11:30'), lateMs, lateBeforeMs: lateMs, isNew: false };
    small.now = instant(looked + minute);
    hear(world, {
      heads: new Map([[east, head({ region: east, slot: sent, startedAt: at('00:11:00') })]]),
      watchRecords: [watchRecord({ region: middle, seq: sent * second })],
    });
    return { small, world };
  }

  /** Found by the storm 600941: one more tick that was lost, and the next record seemed overdue by half a minute as soon as this one was seen. */
  it('does not miss a record of a watchdog any sooner', () => {
    const { small, world } = lookedTwice(aheadMs);
    small.now = instant(at('00:12:02') + aheadMs);
    expect(vigilOverdueOf(world, middle)).toBeLessThanOrEqual(0);
    small.now = instant(at('00:12:48') + aheadMs);
    expect(vigilOverdueOf(world, middle)).toBeGreaterThan(15 * second);
  });

  it('does not miss a beat before it has been overdue for half a minute by any clock', () => {
    const { small, world } = lookedTwice(aheadMs);
    small.now = instant(at('00:12:32') + aheadMs);
    expect(isFresh(world, east, sent)).toBe(true);
    small.now = instant(at('00:12:48') + aheadMs);
    expect(isFresh(world, east, sent)).toBe(false);
  });

  it('and an event that was only a little late is no clock that is fast', () => {
    const { small, world } = lookedTwice(20 * second);
    small.now = instant(at('00:12:02') + aheadMs);
    expect(isFresh(world, east, sent)).toBe(false);
  });
});
