import { minute } from '../../src/core/basics/time';
import { allDraws, drawFaults } from './drawing';
import { drawHeavily } from './drawing-heavily';
import { type FaultGroup, faultGroupNames, kindsOf } from './fault-groups';
import type { Fault } from './faults';
import { Random } from './random';
import { smallConfig } from './settings';

const config = smallConfig({ monitors: 3, beatMs: minute });
const storm = { begins: 4 * minute, ends: 14 * minute };
const drawingOf = (seed: number) => ({ random: new Random(seed, 'faults 0'), config, storm });
const seeds = Array.from({ length: 300 }, (_, index) => index + 1);

const clocks: readonly Fault['kind'][] = ['clock-skewed', 'clock-stepping'];
const events: readonly Fault['kind'][] = ['lost-minute', 'late-invocations', 'duplicate-invocations'];
const many = (faults: readonly Fault[], kinds: readonly Fault['kind'][]): number => faults.filter(({ kind }) => kinds.includes(kind)).length;
const isInBoth = (faults: readonly Fault[]): boolean => many(faults, clocks) >= 2 && many(faults, events) >= 2;

describe('a storm that is heavy with some groups of faults', () => {
  const heavy = (seed: number, groups: readonly FaultGroup[] = ['events', 'clocks']) => drawHeavily(drawingOf(seed), groups);

  it('mostly has several of each, which a storm of the common kind hardly ever has', () => {
    expect(seeds.filter((seed) => isInBoth(heavy(seed))).length).toBeGreaterThan(200);
    expect(seeds.filter((seed) => isInBoth(drawFaults(drawingOf(seed)))).length).toBeLessThan(10);
  });

  it('has few others, which differ', () => {
    const others = seeds.flatMap((seed) => heavy(seed).filter(({ kind }) => ![...clocks, ...events].includes(kind)));
    expect(others.length / seeds.length).toBeLessThan(2);
    expect(new Set(others.map(({ kind }) => kind)).size).toBeGreaterThan(10);
  });

  it('is the same in whatever order the groups are named', () => {
    expect(heavy(7, ['clocks', 'events'])).toEqual(heavy(7, ['events', 'clocks']));
  });

  it('knows every kind of fault that is drawn in one group', () => {
    expect([...kindsOf(faultGroupNames)].sort()).toEqual(Object.keys(allDraws).sort());
  });
});
