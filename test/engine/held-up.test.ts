/** A round lasts as long as its slowest probe; what it has seen of all others is judged before. */
import { type MonitorId, monitorHash, monitorId } from '../../src/core/basics/brand';
import { isoTime, second } from '../../src/core/basics/time';
import { decodeHead } from '../../src/core/beat';
import type { Attempt } from '../../src/core/observation';
import { runProber, type World } from '../../src/engine/invocation';
import { at, attempt, config, east, middle, monitor, slot, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const ids = ['shop', 'docs', 'blog', 'mail', 'slow'] as const;
const monitors = ids.map((id, index) =>
  monitor({ id: monitorId(id), hash: monitorHash(`00000000000${index}`), intervalMs: 10 * second, timeoutMs: 5 * second }),
);
const everyTenSeconds = config({ beatIntervalMs: 10 * second, monitors, anchors: ['https://anchor.example/'] });
const down = (): Attempt => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });

interface Held {
  readonly small: SmallWorld;
  readonly world: World;
  /** What was published while a target still held the round up. */
  readonly meanwhile: readonly string[];
  readonly storedMeanwhile: readonly number[];
}

/** West has finished two rounds, the shop failing in the second; then east has a round that the slow target holds up for so many turns. */
async function heldUp(prepare: (small: SmallWorld, world: World) => void = () => undefined, turns = 14): Promise<Held> {
  const small = smallWorld({ config: everyTenSeconds });
  const shared = new Store();
  for (const region of [west, east, middle]) small.stores.set(region, shared);
  const world = small.another({ region: east });
  const once = (time: string, running: World): Promise<unknown> => {
    small.now = at(time);
    return runProber({ scheduledTime: isoTime(at(time)) }, { ...running, invocation: timeLeft(small, 11 * second) });
  };
  await once('00:09:40', small.world);
  await once('00:09:45', world);
  await once('00:09:50', small.world);
  await once('00:09:55', world);
  const [meanwhile, storedMeanwhile]: [string[], number[]] = [[], []];
  small.seen = (id) => (id === 'shop' ? down() : attempt());
  await once('00:10:00', small.world);
  small.seen = async (id) => {
    if (id === 'shop') return down();
    if (id !== 'slow') return attempt();
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    meanwhile.push(...small.published.map(({ message }) => message.subject));
    storedMeanwhile.push(...headsOf(shared, east));
    return attempt();
  };
  prepare(small, world);
  await once('00:10:05', world);
  return { small, world, meanwhile, storedMeanwhile };
}

const headsOf = (store: Store, region: string): readonly number[] =>
  store.all().flatMap((item) => (item.pk === `HEAD#${region}` ? (decodeHead(item)?.slot ?? []) : []));

describe('a round that one target holds up', () => {
  it('tells of the others what another region has seen too, and stores nothing before it is over', async () => {
    const { small, world, meanwhile, storedMeanwhile } = await heldUp();
    expect(meanwhile).toEqual(['PAGE shop is DOWN (confirmed)']);
    expect(storedMeanwhile).toEqual([slot('00:09:50')]);
    expect(world.memory.head).toMatchObject({ slot: slot('00:10:00'), covered: 5, expected: 5 });
    expect(small.published).toHaveLength(1);
  });

  it('and that takes so long that it counts for nothing leaves nothing of what it was judged from', async () => {
    const { meanwhile, world } = await heldUp(undefined, 60);
    expect(meanwhile).toEqual(['PAGE shop is DOWN (confirmed)']);
    expect(world.memory.head).toMatchObject({ slot: slot('00:09:50') });
  });

  it('that is soon over is judged once, at its end', async () => {
    const { small, meanwhile } = await heldUp(undefined, 0);
    expect(meanwhile).toEqual([]);
    expect(small.published.map(({ message }) => message.subject)).toEqual(['PAGE shop is DOWN (confirmed)']);
  });

  const fails = (small: SmallWorld, failing: readonly string[]): void => {
    const { seen } = small;
    small.seen = (id, timeoutMs) => (failing.includes(id) ? down() : seen(id, timeoutMs));
  };
  it.each([
    { why: 'what must answer does not', prepare: (small: SmallWorld) => void Object.assign(small, { canary: () => down() }) },
    { why: 'what must refuse answers', prepare: (small: SmallWorld) => void Object.assign(small, { canary: () => attempt() }) },
    {
      why: 'a peer is silent, and would be asked',
      prepare: (_small: SmallWorld, { memory }: World) => void memory.watches.set(west, { state: 'silent', since: at('00:10') }),
    },
  ])('says nothing before its end where $why', async ({ prepare }) => {
    expect((await heldUp(prepare)).meanwhile).toEqual([]);
  });

  it.each([
    { anchors: 'answer: it is real for users here', answers: true, said: ['PAGE shop is DOWN (confirmed)'] },
    { anchors: 'are silent too: it doubts itself', answers: false, said: [] },
  ])('and from which most fails, with what has not answered, tells where anchors $anchors', async ({ answers, said }) => {
    let asked = 0;
    const { meanwhile } = await heldUp((small) => {
      fails(small, ['docs']);
      const { canary } = small;
      small.canary = (id) => {
        if (id !== 'canary-anchor') return canary(id);
        asked += 1;
        return answers ? attempt() : down();
      };
    });
    expect(meanwhile).toEqual(said);
    expect(asked).toBeGreaterThan(0);
  });

  it('is not judged before its end where all that fails has been told', async () => {
    const { small, world } = await heldUp();
    const looks: number[] = [];
    for (const time of ['00:10:15', '00:10:25']) {
      let reads = 0;
      const replica: World['ports']['replica'] = (region) => {
        reads += 1;
        return world.ports.replica(region);
      };
      const { seen } = small;
      small.seen = async (id, timeoutMs) => {
        const made = await seen(id, timeoutMs);
        if (id === 'slow') looks.push(reads);
        return made;
      };
      small.now = at(time);
      await runProber({ scheduledTime: isoTime(at(time)) }, { ...world, ports: { ...world.ports, replica }, invocation: timeLeft(small, 11 * second) });
      small.seen = seen;
    }
    const [untilTold = 0, afterwards = 0] = looks;
    expect(untilTold).toBeGreaterThan(afterwards);
    // The claim, and what was written last.
    expect(afterwards).toBeLessThanOrEqual(2);
  });
});

describe('a failed try', () => {
  const triesOf = async (tookMs: number): Promise<number> => {
    const small = smallWorld({ config: config({ beatIntervalMs: 10 * second, monitors: monitors.slice(0, 1) }) });
    const tries: MonitorId[] = [];
    small.seen = (id) => {
      tries.push(monitorId(id));
      const { phases } = attempt();
      return attempt({ reason: 'first-byte-timeout', phases: { ...phases, dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: tookMs, transferMs: 0 } });
    };
    // The round has 5 s.
    await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: timeLeft(small, 10 * second) });
    return tries.length;
  };

  it.each([
    { tookMs: 20, tries: 2 },
    { tookMs: 4500, tries: 2 },
    { tookMs: 5000, tries: 1 },
  ])('that took $tookMs ms of a round of 5 s is made $tries times in all', async ({ tookMs, tries }) => {
    expect(await triesOf(tookMs)).toBe(tries);
  });
});
