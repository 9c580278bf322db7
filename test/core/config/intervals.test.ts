import fc from 'fast-check';
import { beatIntervalOf, isOnGrid, nearestIntervals } from '../../../src/core/config/intervals';

describe('intervals', () => {
  it('that are suggested are allowed, and none that is nearer is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
        const nearest = nearestIntervals(seconds * 1000);
        expect(nearest.length).toBeGreaterThan(0);
        expect(nearest.every(isOnGrid)).toBe(true);
        if (isOnGrid(seconds * 1000)) expect(nearest).toContain(seconds * 1000);
      }),
    );
  });

  it('are all hit by the beat, which is never longer than a minute', () => {
    const interval = fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 300).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(fc.array(interval), (intervals) => {
        const beat = beatIntervalOf(intervals);
        return beat >= 1000 && 60_000 % beat === 0 && intervals.every((ms) => ms % beat === 0);
      }),
    );
    expect(beatIntervalOf([120_000, 300_000])).toBe(60_000);
    expect(beatIntervalOf([10_000, 12_000])).toBe(2000);
    expect(beatIntervalOf([20_000, 60_000])).toBe(20_000);
  });
});
