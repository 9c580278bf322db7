import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../../src/core/config/durations';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1m', 60_000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['1h1m1s1ms', 3_661_001],
    ['90s', 90_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '60', '1.5s', '1s1m', '1s1s', ' 1s', '1 s', '-1s', '1d', 's', 60, null, undefined, {}])('%j is none', (value) => {
    expect(parseDuration(value)).toBeUndefined();
  });

  it('are read as they are written', () => {
    fc.assert(fc.property(fc.nat(90_000_000), (ms) => parseDuration(formatDuration(ms)) === ms));
  });
});
