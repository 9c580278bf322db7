import { Blackouts, bothOf } from '../../bench/deadman/blackouts';
import { Episode } from '../../bench/deadman/episode';
import { missed } from '../../bench/deadman/goals';
import { poissonBounds } from '../../bench/deadman/poisson';
import type { Row } from '../../bench/deadman/rows';
import { firstPage } from '../../bench/deadman/watching';
import { World } from '../../bench/deadman/world';

const calm = { jitter: 'typical', stalls: 1, links: 1 } as const;

describe('exact bounds of a Poisson mean', () => {
  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [10, 4.795, 18.39],
  ])('of %d events', (count, low, high) => {
    expect(poissonBounds(count)[0]).toBeCloseTo(low, 2);
    expect(poissonBounds(count)[1]).toBeCloseTo(high, 2);
  });
});

describe('the benchmark world', () => {
  it('is the same for the same seed, in whatever order it is asked', () => {
    const scale = { seed: 5, years: 1, cycleMs: 60_000 };
    const [one, other] = [new World(scale, calm), new World(scale, calm)];
    const late = other.beat(5000);
    expect(one.beat(17)).toEqual(other.beat(17));
    expect(one.beat(5000)).toEqual(late);
    expect(one.linkAB.stretches).toEqual(other.linkAB.stretches);
  });

  it('knows when both of two links are lost', () => {
    const both = bothOf(
      new Blackouts([{ from: 10, to: 50 }]),
      new Blackouts([
        { from: 0, to: 20 },
        { from: 40, to: 90 },
      ]),
    );
    expect(both.stretches).toEqual([
      { from: 10, to: 20 },
      { from: 40, to: 50 },
    ]);
  });
});

describe('a crash in it', () => {
  const crashAt = 40_000_000;
  const world = new World({ seed: 5, years: 1, cycleMs: 10_000 }, calm);
  const pageOf = (kind: 'prober' | 'region' | 'hung' | 'stopped' | undefined) =>
    firstPage(new Episode(world, kind && { kind, at: crashAt }), { from: crashAt - 300_000, judgedFrom: crashAt, to: crashAt + 600_000 });

  it.each([
    ['prober', 'silent'],
    ['region', 'silent'],
    ['hung', 'hung'],
    ['stopped', 'stopped'],
  ] as const)('of kind %s is paged as %s, within 90 s', (kind, state) => {
    const page = pageOf(kind);
    expect(page?.look.state).toBe(state);
    expect((page?.at ?? 0) - crashAt).toBeLessThan(90_000);
  });

  it('that does not happen is not paged', () => {
    expect(pageOf(undefined)).toBeUndefined();
  });
});

describe('the goals', () => {
  const delays = (p99: number) => ({ p50: p99 - 10, p99, max: p99 + 1 });
  const row = (detector: string, p99: number, falsePerYear: number): Row => {
    const each = { prober: delays(p99), region: delays(p99), together: delays(p99) };
    return { detector, setting: 'typical', isOurs: detector.startsWith('ours'), ...each, falsePages: 0, years: 1, falsePerYear, falseBounds: [0, 4] };
  };
  const good = [row('ours, 10 s beats', 72, 0.01), row('ours, 60 s beats', 100, 0.05)];

  it('are met, beside rows that are better in one of the two only', () => {
    expect(missed([...good, row('fast', 50, 400), row('quiet', 400, 0)])).toEqual([]);
  });

  it('are missed where ours is too slow or too often wrong', () => {
    expect(missed([row('ours, 10 s beats', 89.5, 0.2), row('ours, 60 s beats', 111, 0.05)])).toHaveLength(4);
  });

  it('are missed where another is better in both, or where ours was not run', () => {
    expect(missed([...good, row('other', 60, 0)])).toHaveLength(2);
    expect(missed([])).toHaveLength(2);
  });
});
