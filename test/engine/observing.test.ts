import { monitorHash, monitorId } from '../../src/core/basics/brand';
import { isoTime, second } from '../../src/core/basics/time';
import { decodeBeat, decodeHead } from '../../src/core/beat';
import { runProber } from '../../src/engine/invocation';
import type { Prober } from '../../src/engine/ports';
import { at, attempt, config, east, head, monitor, sample, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const monitors = ['a', 'b', 'c'].map((id) => monitor({ id: monitorId(id), hash: monitorHash(`00000000000${id}`), intervalMs: 60 * second }));
const everyMinute = config({ beatIntervalMs: 60 * second, monitors, anchors: ['https://anchor.example/'] });

interface Around {
  /** Whether the anchors answer. */
  readonly anchor?: boolean;
  readonly anchors?: readonly string[];
}

async function round(prepare: (small: SmallWorld) => void, { anchor = true, anchors = everyMinute.anchors }: Around = {}) {
  const small = smallWorld({ config: { ...everyMinute, anchors } });
  prepare(small);
  const asked: string[] = [];
  const prober: Prober = {
    attempt: async (seen, timeoutMs) => {
      if (seen.id !== 'canary-anchor') return small.world.ports.prober.attempt(seen, timeoutMs);
      asked.push(seen.target);
      return anchor ? attempt() : failing();
    },
  };
  const ports = { ...small.world.ports, prober };
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

  const reachesNothing = (small: SmallWorld) => {
    small.canary = failing;
    small.seen = failing;
  };

  it('that reaches nothing at all covers nothing, its anchors neither: each is asked once', async () => {
    const { written, asked } = await round(reachesNothing, { anchor: false });
    expect(asked).toEqual(['https://anchor.example/']);
    expect(written).toMatchObject({ canaries: 'nothing-answered', covered: 0 });
  });

  it('that reaches nothing at all covers nothing where there are no anchors to ask', async () => {
    const { written, asked } = await round(reachesNothing, { anchors: [] });
    expect(asked).toEqual([]);
    expect(written).toMatchObject({ canaries: 'nothing-answered', covered: 0 });
  });

  it('that reaches an anchor is not blind, whatever else fails: one dead endpoint discredits nobody', async () => {
    const { written } = await round(reachesNothing);
    expect(written).toMatchObject({ canaries: 'right', covered: 3, samples: [{ ok: false }, { ok: false }, { ok: false }] });
  });

  it('of a prober that calls a closed port up asks nobody: no answer could clear it', async () => {
    const { asked } = await round((small) => {
      small.canary = () => attempt();
      small.seen = failing;
    });
    expect(asked).toEqual([]);
  });

  it('that does not count leaves every sample as it was', async () => {
    const small = smallWorld({ config: everyMinute });
    const run = async (time: string) => {
      small.now = at(time);
      await runProber({ scheduledTime: isoTime(at(time)) }, { ...small.world, invocation: timeLeft(small, 10 * second) });
      return small.world.memory.head;
    };
    const before = await run('00:10');
    small.canary = () => attempt();
    small.seen = failing;
    const after = await run('00:11');
    expect(after).toMatchObject({ slot: slot('00:11'), canaries: 'closed-port-answered', covered: 0, expected: 3 });
    expect(after?.samples).toHaveLength(3);
    expect(after?.samples).toEqual(before?.samples);
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
    const { written } = await round(
      (small) => {
        small.seen = failing;
        seesAllUp(small);
      },
      { anchor: false },
    );
    expect(written).toMatchObject({ canaries: 'nothing-answered', covered: 0, samples: [] });
  });

  it('in which all monitors fail from here only counts where it has no anchors to ask', async () => {
    const { written } = await round(
      (small) => {
        small.seen = failing;
        seesAllUp(small);
      },
      { anchors: [] },
    );
    expect(written).toMatchObject({ canaries: 'right', covered: 3 });
  });

  it('in which all monitors fail, as they do elsewhere, asks nobody', async () => {
    const { written, asked } = await round(
      (small) => {
        small.seen = failing;
        Object.assign(small.world.memory, {
          heads: new Map([[east, head({ region: east, samples: monitors.map(({ hash }) => sample({ hash, ok: false })) })]]),
        });
      },
      { anchor: false },
    );
    expect(asked).toEqual([]);
    expect(written).toMatchObject({ canaries: 'right', covered: 3 });
  });
});
