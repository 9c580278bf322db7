import { nearestName } from '../../../src/core/config/nearest-key';

describe('the nearest name', () => {
  const known = ['interval', 'timeout', 'downAfter', 'upAfter', 'http'];
  it.each([
    ['intreval', 'interval'],
    ['Interval', 'interval'],
    ['time-out', 'timeout'],
    ['htp', 'http'],
    ['down', 'downAfter'],
    ['up', undefined],
    ['upafter', 'upAfter'],
    ['colour', undefined],
    ['x', undefined],
    ['', undefined],
    ['i'.repeat(100_000), undefined],
  ])('of %s is %s', (written, nearest) => {
    expect(nearestName(written, known)).toBe(nearest);
  });
});
