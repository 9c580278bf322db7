import { parseStatus } from '../../../src/core/config/status-codes';

describe('status codes', () => {
  it.each([
    ['2xx', [[200, 299]]],
    [200, [[200, 200]]],
    ['404', [[404, 404]]],
    ['200-204', [[200, 204]]],
    [
      ['3xx', '2xx', 204, 404],
      [
        [200, 399],
        [404, 404],
      ],
    ],
  ])('%j', (value, ranges) => {
    expect(parseStatus(value)).toEqual(ranges);
  });
});
