import { monitorHash, monitorId } from '../../src/core/basics/brand';
import { isoTime, second } from '../../src/core/basics/time';
import { decodeBeat, decodeHead } from '../../src/core/beat';
import { runProber } from '../../src/engine/invocation';
import { at, attempt, config, east, head, monitor, sample, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const monitors = ['a', 'b', 'c'].map((id) => monitor({ id: monitorId(id), hash: monitorHash(`00000000000${id}`), intervalMs: 60 * second }));
const everyMinute = config({ beatIntervalMs: 60 * second, monitors, anchors: ['https://anchor.example/'] });

async function round(prepare: (small: SmallWorld) => void, anchor = true) {
  const small = smallWorld({ config: everyMinute });
  prepare(small);
  const asked: string[] = [];
  const answers = async (url: string): Promise<boolean> => {
    asked.push(url);
    return anchor;
  };
  const ports = { ...small.world.ports, anchors: { answers } };
  const invocation = timeLeft(small, 10 * second);
  await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, ports, invocation });
  const items = small.stores.get(west)!.all();
  const written = items.flatMap((item) => (item.pk.startsWith('HEAD#') ? (decodeHead(item) ?? []) : []))[0]!;
  const beat = items.flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : []))[0]!;
  return { written, marks: beat.marks.map(({ outcome, detail }) => [outcome, detail]), asked };
}

const failing = () => attempt({ reason: 'dns-error' });
const seesAllUp = (small: SmallWorld) =>
  small.world.memory.decoded.size === 0 &&
  Object.assign(small.world.memory, { heads: new Map([[east, head({ region: east, samples: monitors.map(({ hash }) => sample({ hash })) })]]) });

describe('a round', () => {
  it('whose canaries read right covers what it saw, and asks nobody', async () => {
    const { written, asked } = await round(() => undefined);
    expect(written).toMatchObject({ canaries: 'right', covered: 3, expected: 3 });
    expect(asked).toEqual([]);
  });

  it('of a prober that calls a closed port up covers nothing, says so, and writes its beat all the same', async () => {
    const { written, marks } = await round((small) => {
      small.canary = () => attempt();
    });
    expect(written).toMatchObject({ canaries: 'closed-port-answered', covered: 0, expected: 3, samples: [] });
    expect(marks).toEqual(Array.from({ length: 3 }, () => ['skipped', 'this prober calls a closed port up, so what it sees does not count']));
  });

  it('that reaches nothing at all covers nothing', async () => {
    const { written } = await round((small) => {
      small.canary = failing;
      small.seen = failing;
    });
    expect(written).toMatchObject({ canaries: 'nothing-answered', covered: 0 });
  });

  it('in which all monitors fail from here only asks its anchors, and counts when one answers: it is real for users here', async () => {
    const { written, asked } = await round((small) => {
      small.seen = failing;
      seesAllUp(small);
    });
    expect(asked).toEqual(['https://anchor.example/']);
    expect(written).toMatchObject({ canaries: 'right', covered: 3, samples: [{ ok: false }, { ok: false }, { ok: false }] });
  });

  it('in which all monitors fail from here only counts for nothing when no anchor answers either', async () => {
    const { written } = await round((small) => {
      small.seen = failing;
      seesAllUp(small);
    }, false);
    expect(written).toMatchObject({ canaries: 'nothing-answered', covered: 0, samples: [] });
  });
});
