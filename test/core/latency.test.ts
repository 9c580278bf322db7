import fc from 'fast-check';
import { answersOf, countLatency, noLatency, quantileMs } from '../../src/core/latency';

function counted(all: readonly number[]): number[] {
  const latency = noLatency();
  for (const ms of all) countLatency(latency, ms);
  return latency;
}

describe('latency', () => {
  it('has no figure where there is no answer', () => {
    expect(quantileMs(noLatency(), 0.5)).toBeNull();
  });

  it.each([
    [[0, 0, 0], 0.5, 0],
    [[100, 100, 100, 2000], 0.5, 100],
    [[100, 100, 100, 2000], 0.95, 2000],
  ])('of %j is %d of them at most', (all, share, ms) => {
    const found = quantileMs(counted(all), share) ?? Number.NaN;
    expect(Math.abs(found - ms)).toBeLessThanOrEqual(0.09 * ms + 1);
  });

  it('is off by 9 % and a millisecond at most', () => {
    fc.assert(
      fc.property(fc.nat(120_000), (ms) => {
        expect(Math.abs((quantileMs(counted([ms]), 0.5) ?? Number.NaN) - ms)).toBeLessThanOrEqual(0.095 * ms + 1);
      }),
    );
  });

  it('counts every answer', () => {
    fc.assert(fc.property(fc.array(fc.nat(60_000)), (all) => expect(answersOf(counted(all))).toBe(all.length)));
  });
});
