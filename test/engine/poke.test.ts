import { slotAt } from '../../src/core/basics/brand';
import { isoTime } from '../../src/core/basics/time';
import { claimKey, headKey, type Item, onlyShard, type Writer, writerAt } from '../../src/core/table';
import { runProber } from '../../src/engine/invocation';
import type { PokeAnswer } from '../../src/engine/ports';
import type { World } from '../../src/engine/world';
import { at, config, east, middle, slot, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const claimed = (time: string): Item => ({ ...claimKey(west, onlyShard), v: 1, seq: slot(time) });
const finished = (time: string, writer: Writer = west): Item => ({ ...headKey(writer, onlyShard), v: 1, seq: slot(time) });

/** The same items in every replica, unless a test puts more into one of them. */
function poked(...items: readonly Item[]): SmallWorld {
  const small = smallWorld();
  for (const region of [west, east, middle]) small.stores.set(region, new Store());
  for (const store of small.stores.values()) for (const item of items) store.apply({ item, writtenAs: 1 });
  return small;
}

const poke = async ({ world }: SmallWorld, nonce: unknown = 'n-1') => (await runProber({ poke: nonce }, world)) as PokeAnswer | undefined;
const everything = (small: SmallWorld) => [west, east, middle].map((region) => small.stores.get(region)?.all());

describe('a poked prober', () => {
  it('answers with the nonce, its region, and the slots that are stored', async () => {
    const answer = await poke(poked(claimed('00:10:10'), finished('00:10:00')), 'n-7');
    expect(answer).toEqual({ nonce: 'n-7', region: west, claimed: slot('00:10:10'), finished: slot('00:10:00'), store: 'answers' });
  });

  it('knows of no slot before its first round, and writes no claim for the sake of trying', async () => {
    const small = poked();
    expect(await poke(small)).toEqual({ nonce: 'n-1', region: west, claimed: undefined, finished: undefined, store: 'answers' });
    expect(everything(small)).toEqual([[], [], []]);
  });

  it('tells of a claim that is older than any invocation lasts that it was given up: by its own clock nobody is at work on it', async () => {
    const small = poked(claimed('00:10:10'), finished('00:10:00'));
    small.now = at('00:12:09');
    expect(await poke(small)).toMatchObject({ claimed: slot('00:10:10') });
    small.now = at('00:12:11');
    expect(await poke(small)).toMatchObject({ claimed: undefined, givenUp: slot('00:10:10'), finished: slot('00:10:00') });
  });

  it('says how long ago the last round was claimed, by its own clock', async () => {
    const small = poked({ ...claimed('00:10:10'), at: at('00:10:12') }, finished('00:10:00'));
    small.now = at('00:10:20');
    expect(await poke(small)).toMatchObject({ claimed: slot('00:10:10'), claimedForMs: 8000 });
    expect((await poke(poked(claimed('00:10:10'))))?.claimedForMs).toBeUndefined();
  });

  it('leaves everything as it was: it claims, probes, publishes and says nothing', async () => {
    const small = poked(claimed('00:10:10'), finished('00:10:00'));
    const before = everything(small);
    small.seen = () => {
      throw new Error('a poke must not probe');
    };
    await poke(small);
    expect(everything(small)).toEqual(before);
    expect([small.metrics, small.published, small.notes]).toEqual([[], [], []]);
  });

  it('takes the newest head, under whatever name its region wrote it', async () => {
    const answer = await poke(poked(claimed('00:10:10'), finished('00:10:00'), finished('00:10:10', writerAt(west, east))));
    expect(answer?.finished).toBe(slot('00:10:10'));
  });

  it('whose replica does not answer reads elsewhere, and says that its store refuses', async () => {
    const small = poked(claimed('00:10:10'), finished('00:10:00'));
    small.stores.get(middle)!.apply({ item: finished('00:10:10', writerAt(west, middle)), writtenAs: 2 });
    small.refusing.replicas.add(west);
    expect(await poke(small)).toMatchObject({ claimed: slot('00:10:10'), finished: slot('00:10:10'), store: 'refuses' });
  });

  it('that reaches no replica at all answers that much', async () => {
    const small = poked(claimed('00:10:10'));
    for (const region of [west, east, middle]) small.refusing.replicas.add(region);
    expect(await poke(small)).toEqual({ nonce: 'n-1', region: west, claimed: undefined, finished: undefined, store: 'refuses' });
  });

  it('does not hang where it finished a round whose beat no store took', async () => {
    const small = smallWorld({ config: config({ beatIntervalMs: 60_000 }) });
    const { putIfNewer } = small.world.ports.replica(west);
    const refuses = { putIfNewer: (item: Item) => (item.pk.startsWith('HEAD#') ? Promise.reject(new Error('too often')) : putIfNewer(item)) };
    const world = { ...withReplicas(small, [west, east, middle], refuses), invocation: timeLeft(small, 10_000) };
    await runProber({ scheduledTime: isoTime(at('00:10')) }, world);
    expect(await poke({ ...small, world })).toMatchObject({ claimed: slot('00:10'), finished: slot('00:10'), store: 'answers' });
    expect(await poke(small)).toMatchObject({ finished: slot('00:10') });
    small.world.memory.head = undefined;
    expect(await poke(small)).toMatchObject({ claimed: slot('00:10'), finished: undefined });
  });

  it.each([
    ['refuses', () => Promise.reject(new Error('the table takes no writes'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('whose replica is read but %s writes says that its store refuses, within two seconds', async (_how, putIfNewer) => {
    const small = poked(claimed('00:10:10'), finished('00:10:00'));
    const answer = await poke({ ...small, world: withHome(small, { putIfNewer }) });
    expect(answer).toMatchObject({ claimed: slot('00:10:10'), finished: slot('00:10:00'), store: 'refuses' });
    expect(small.now - at('00:10:00')).toBeLessThanOrEqual(2000);
  });

  it.each([
    ['replica hangs', [west]],
    ['replica hangs, and that of a peer,', [west, east]],
  ])('whose %s answers within two seconds all the same', async (_case, hanging) => {
    const small = poked(claimed('00:10:10'));
    const hangs = () => new Promise<never>(() => undefined);
    const answer = await poke({ ...small, world: withReplicas(small, hanging, { get: hangs, putIfNewer: hangs }) });
    expect(answer).toMatchObject({ claimed: slot('00:10:10'), store: 'refuses' });
    expect(small.now - at('00:10:00')).toBeLessThanOrEqual(2000);
  });

  it.each([
    ['no text', 7, 'number'],
    ['nothing', null, 'object'],
    ['empty text', '', 'text of 0 characters'],
    ['a long text', 'x'.repeat(65), 'text of 65 characters'],
  ])('refuses a poke with %s, and says what a poke is', async (_case, nonce, what) => {
    const small = poked();
    await expect(poke(small, nonce)).rejects.toThrow(`"poke" must be text of 1 to 64 characters, which the answer repeats; this event has ${what}`);
    expect(small.stores.get(west)!.all()).toEqual([]);
  });
});

it('a scheduled run has nothing to answer', async () => {
  const small = smallWorld({ config: config({ beatIntervalMs: 60_000 }) });
  const run = runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: timeLeft(small, 10_000) });
  expect(await run).toBeUndefined();
  expect(slotAt(Number(small.stores.get(west)!.getAll([claimKey(west, onlyShard)])[0]?.seq))).toBe(slot('00:10'));
});

type Changed = Partial<ReturnType<World['ports']['replica']>>;

const withHome = (small: SmallWorld, changed: Changed): World => withReplicas(small, [west], changed);

function withReplicas(small: SmallWorld, of: readonly string[], changed: Changed): World {
  const { ports } = small.world;
  const replica: World['ports']['replica'] = (region) => ({ ...ports.replica(region), ...(of.includes(region) ? changed : {}) });
  return { ...small.world, ports: { ...ports, replica } };
}
