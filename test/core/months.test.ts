import fc from 'fast-check';
import { instant } from '../../src/core/basics/brand';
import { monthOf } from '../../src/core/basics/time';

const named = (iso: string): string => monthOf(instant(Date.parse(iso)));

describe('the month of an instant', () => {
  it('begins and ends with the first millisecond of a month in UTC, whatever was asked for before', () => {
    const asked = ['2026-11-30T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z', '2027-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'];
    expect(asked.map(named)).toEqual(['2026-11', '2026-12', '2026-11', '2027-01', '2026-12']);
  });

  it('is what stands first in its ISO time', () => {
    const times = fc.integer({ min: Date.parse('1969-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') });
    fc.assert(fc.property(fc.array(times, { minLength: 1 }), (all) => all.every((at) => monthOf(instant(at)) === new Date(at).toISOString().slice(0, 7))));
  });
});
