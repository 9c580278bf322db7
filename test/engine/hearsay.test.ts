/** Who hears of a beat from others first, and then sees it itself. */
import { instant, type Slot } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { watchedAnew } from '../../src/core/freshness';
import { hear } from '../../src/engine/hearsay';
import { isFresh } from '../../src/engine/overdue';
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
