import fc from 'fast-check';
import { availabilityOf, availabilityText, percentText } from '../../src/core/availability';
import { day, hour, minute } from '../../src/core/basics/time';

const spent = (downMs: number, unknownMs: number, allMs: number) => ({ upMs: allMs - downMs - unknownMs, downMs, unknownMs });

describe('what may be claimed of a window', () => {
  it.each([
    ['30 days with 5 min down and 118 min unknown', spent(5 * minute, 118 * minute, 30 * day), '99.988 % known · coverage 99.727 % · 99.715–99.988 %'],
    ['all up', spent(0, 0, day), '100 % known · coverage 100 % · 100–100 %'],
    ['all down', spent(day, 0, day), '0 % known · coverage 100 % · 0–0 %'],
    ['half unknown, the rest up', spent(0, 12 * hour, day), '100 % known · coverage 50.000 % · 50.000–100 %'],
    ['a millisecond down in a month', spent(1, 0, 30 * day), '99.999 % known · coverage 100 % · 99.999–99.999 %'],
    ['a millisecond up in a month', spent(30 * day - 1, 0, 30 * day), '0.001 % known · coverage 100 % · 0.001–0.001 %'],
    ['nothing observed', spent(0, day, day), 'no data · coverage 0 %'],
    ['no time at all', spent(0, 0, 0), 'no data'],
  ])('%s: %s says %s', (_case, time, text) => {
    expect(availabilityText(time)).toBe(text);
  });

  it('is nothing where there is nothing to divide by', () => {
    expect(availabilityOf(spent(0, 0, 0))).toEqual({ known: null, coverage: null, bounds: null });
    expect(availabilityOf(spent(0, day, day))).toEqual({ known: null, coverage: 0, bounds: [0, 1] });
  });
});

const anyTime = fc.record({ upMs: fc.nat(40 * day), downMs: fc.nat(40 * day), unknownMs: fc.nat(40 * day) });

it('law: the bounds enclose what is known, and unknown time only moves them apart', () => {
  fc.assert(
    fc.property(anyTime, fc.nat(day), (time, moreMs) => {
      const { known, coverage, bounds } = availabilityOf(time);
      if (known === null || coverage === null || bounds === null) return;
      expect(bounds[0]).toBeLessThanOrEqual(known);
      expect(bounds[1]).toBeGreaterThanOrEqual(known);
      expect(bounds[1] - bounds[0]).toBeCloseTo(1 - coverage, 9);
      const wider = availabilityOf({ ...time, unknownMs: time.unknownMs + moreMs }).bounds;
      expect(wider?.[0]).toBeLessThanOrEqual(bounds[0]);
      expect(wider?.[1]).toBeGreaterThanOrEqual(bounds[1]);
    }),
  );
});

it('law: a share is shown as all only when it is all, and as nothing only when it is nothing; a greater one is never shown as less', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (one, other) => {
      expect(percentText(one) === '100').toBe(one === 1);
      expect(Number(percentText(one)) === 0).toBe(one === 0);
      expect(Number(percentText(Math.min(one, other)))).toBeLessThanOrEqual(Number(percentText(Math.max(one, other))));
    }),
  );
});
