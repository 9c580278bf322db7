/** Outages at random phases: the same for a seed, and spread so evenly that no tool is lucky. */
import fc from 'fast-check';
import { kinds, momentAt, planOutages } from '../../../bench/page/outages';

describe('a plan of outages', () => {
  it('is the same for the same seed, and another for another one', () => {
    expect(planOutages(40, 1)).toEqual(planOutages(40, 1));
    expect(planOutages(40, 2)).not.toEqual(planOutages(40, 1));
  });

  it('breaks each target once, and each kind as often as the others', () => {
    const plan = planOutages(40, 7);
    expect(new Set(plan.map(({ target }) => target)).size).toBe(40);
    expect(kinds.map((kind) => plan.filter((outage) => outage.kind === kind).length)).toEqual([14, 13, 13]);
  });

  it('mixes the kinds, and does not begin with the interval', () => {
    const plan = planOutages(40, 1);
    expect(plan.slice(0, 14).map(({ kind }) => kind)).not.toEqual(Array(14).fill('500'));
    const sorted = [...plan].sort((one, other) => one.beginPhase - other.beginPhase);
    expect(plan).not.toEqual(sorted);
  });

  it.each(['beginPhase', 'endPhase'] as const)('spreads the %s of each kind over the whole interval: one in each equal part of it', (phase) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 10_000 }), (count, seed) => {
        for (const kind of kinds) {
          const phases = planOutages(count, seed).filter((outage) => outage.kind === kind);
          const parts = phases.map((outage) => Math.floor(outage[phase] * phases.length));
          expect(parts.sort((one, other) => one - other)).toEqual(parts.map((_, index) => index));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the next moment at a phase', () => {
  it.each([
    { now: 100_000, phase: 0, at: 100_000 },
    { now: 100_001, phase: 0, at: 110_000 },
    { now: 100_001, phase: 0.25, at: 102_500 },
    { now: 102_501, phase: 0.25, at: 112_500 },
  ])('from $now on at $phase of 10 s is $at', ({ now, phase, at }) => {
    expect(momentAt(now, phase, 10_000)).toBe(at);
  });
});
