import { instant, type Slot, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { createMemory } from '../../src/engine/invocation';
import { unfinishedForMs } from '../../src/engine/poking';
import { at, east } from '../core/builders';
import { answer, peer, said, type Watch, watch } from './one-watchdog';

describe('what the watchdog of a region concludes from a poke', () => {
  it.each([
    ['nothing answers a poke', (found: Watch) => found, 'silent'],
    ['a poke is answered: the last round is finished', (found: Watch) => Object.assign(found, { poke: answer({}) }), 'stopped'],
    ['a poke is answered: the last round is not finished', (found: Watch) => Object.assign(found, { poke: answer({ claimed: slotAt(110) }) }), 'hung'],
    ['a poke is answered: the store refuses', (found: Watch) => Object.assign(found, { poke: answer({ store: 'refuses' }) }), 'store-down'],
    ['a poke is answered with another nonce, which is no answer', (found: Watch) => Object.assign(found, { poke: answer({ nonce: 'old' }) }), 'silent'],
  ] as const)('calls a prober whose region goes on working what it is when %s', async (_case, prepare, state) => {
    const found = prepare(watch());
    await found.lookFor(120);
    found.beating.delete(east);
    expect(peer(await found.lookFor(40))).toBe('late');
    expect(peer(await found.lookFor(60))).toBe(state);
    expect(said(found).filter((subject) => subject.includes('prober:us-east-2'))).toHaveLength(1);
  });

  it.each([
    ['that has just begun', 0],
    ['though its slot is one that was missed long before', 15],
  ])(
    'does not call a prober hung that is at work on its first round after a silence, %s, and does so when that round is not finished',
    async (_case, olderBy) => {
      const { found, last } = await foundAtNoWork(60);
      found.poke = answer({ claimed: slotAt(found.small.now / second - olderBy), finished: last });
      expect(peer(await found.lookFor(10))).toBe('late');
      expect(said(found)).toEqual([]);
      expect(peer(await found.lookFor(5))).toBe('hung');
    },
  );

  it.each([
    ['is still found at no work is', 0, 'stopped'],
    ['is found to have claimed a round by then is not', 60, 'late'],
  ] as const)('a prober that nothing invokes for a minute and that %s called stopped', async (_case, later, state) => {
    const { found, last } = await foundAtNoWork(75);
    found.poke = answer({ claimed: slotAt(last + later), finished: last });
    expect(peer(await found.lookFor(5))).toBe(state);
  });

  /** Found by the storm 3171311: the first round after a long silence ended after the stores were read. */
  it.each([
    ['since its store was read, goes on being silent until the next look', 60, 'silent'],
    ['before, and none since, is stopped', 0, 'stopped'],
  ] as const)('a silent prober that answers again, and has finished a round %s', async (_case, later, state) => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    const last = slotAt(at('00:11:50') / second);
    expect(peer(await found.lookFor(150))).toBe('silent');
    found.poke = answer({ claimed: slotAt(last + later), finished: slotAt(last + later) });
    expect(peer(await found.lookFor(5))).toBe(state);
  });

  it('does not call a prober hung for what an environment found in an earlier silence, as of whose end it only hears', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    const before = found.world;
    found.poke = answer({ claimed: slotAt(at('00:12:00') / second), finished: slotAt(at('00:11:50') / second) });
    expect(peer(await found.lookFor(100))).toBe('hung');
    Object.assign(found, { world: { ...before, memory: createMemory() } });
    found.beating.add(east);
    await found.lookFor(180);
    found.beating.delete(east);
    const last = slotAt(at('00:16:30') / second);
    found.poke = answer({ claimed: last, finished: last });
    expect(peer(await found.lookFor(75))).toBe('late');
    found.poke = answer({ claimed: slotAt(found.small.now / second - 15), finished: last });
    Object.assign(found, { world: before });
    await found.lookFor(5);
    expect(said(found).filter((subject) => subject.includes('PAGE prober:us-east-2 is HUNG'))).toHaveLength(1);
  });

  it('counts from the oldest round that a prober which hangs has begun, however often it begins another, and whatever slots it names', async () => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    const last = slotAt(at('00:11:50') / second);
    found.poke = async (nonce) => answer({ claimed: slotAt(found.small.now / second + 300), finished: last })(nonce);
    expect(peer(await found.lookFor(60))).toBe('late');
    expect(peer(await found.lookFor(20))).toBe('hung');
  });

  it.each([
    ['its event came late: from when it was claimed', '00:10:50', 1, 2, 3],
    ['it was claimed in its turn, or before: from that', '00:10:50', 200, 2, 70],
    ['the prober does not say when it was claimed: from its turn', '00:10:50', undefined, 2, 70],
    ['the clock of the prober was set back since it was claimed: from its turn', '00:10:50', -200, 2, 70],
    ['that clock had named it minutes ahead: from a beat after it was found', '00:14:50', -200, 40, 30],
    ['the clock of the prober is fast by minutes: from when it was claimed by that', '00:14:50', 60, 2, 62],
  ])('counts a round that is not finished, where %s', async (_case, named, claimedFor, foundFor, unfinishedFor) => {
    const found = watch();
    await found.lookFor(120);
    const { world, small } = found;
    const [claimedForMs, slot] = [claimedFor === undefined ? undefined : claimedFor * second, slotAt(at(named) / second)];
    const begun = { slot, after: undefined, foundAt: instant(small.now - foundFor * second), claimedForMs, isNew: false };
    world.memory.poked.set(east, { found: 'unfinished', finished: undefined, newest: undefined, begun, known: 'unfinished' });
    expect(unfinishedForMs(world, east) / second).toBeCloseTo(unfinishedFor, -0.5);
  });

  it.each([
    ['only a minute ago by the clock here: that of the prober was set', '00:11:50', 'hung'],
    ['long ago by the clock here, too', '00:09:00', 'stopped'],
  ])('calls a prober what it is whose clock says that its round was given up, where it was begun %s', async (_case, time, state) => {
    const found = watch();
    await found.lookFor(120);
    found.beating.delete(east);
    found.poke = answer({ claimed: undefined, givenUp: slotAt(at(time) / second), finished: slotAt(100) });
    expect(peer(await found.lookFor(100))).toBe(state);
    expect(said(found).filter((subject) => subject.includes('prober:us-east-2'))).toHaveLength(1);
  });

  it('takes a store that is slow in a fresh environment for none that refuses', async () => {
    const found = watch();
    let pokes = 0;
    found.poke = (nonce) => {
      pokes += 1;
      return answer({ store: pokes % 3 === 0 ? 'refuses' : 'answers' })(nonce);
    };
    await found.lookFor(120);
    found.beating.delete(east);
    await found.lookFor(100);
    expect(pokes).toBeGreaterThan(9);
    expect(said(found).filter((subject) => subject.includes('prober:us-east-2'))).toEqual([
      'PAGE prober:us-east-2 is STOPPED: nothing invokes it (single witness)',
    ]);
  });
});

/** A prober that beat for two minutes, and then for so many seconds answered that it has finished what it began. */
async function foundAtNoWork(forSeconds: number): Promise<{ readonly found: Watch; readonly last: Slot }> {
  const found = watch();
  await found.lookFor(120);
  found.beating.delete(east);
  const last = slotAt(at('00:11:50') / second);
  found.poke = answer({ claimed: last, finished: last });
  await found.lookFor(forSeconds);
  return { found, last };
}
