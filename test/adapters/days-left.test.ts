import { daysText, daysUntil } from '../../src/adapters/probes/days-left';

const day = 86_400_000;

it.each([
  [21 * day, 21, '21.0'],
  [21 * day - 1, 20.99, '20.9'],
  [0.5 * day, 0.5, '0.5'],
  [-0.05 * day, -0.05, '-0.1'],
  [-3 * day, -3, '-3.0'],
])('%i ms are %f days, told as %s: what is too little looks like it', (ms, days, text) => {
  expect(daysUntil(1_000 + ms, 1_000)).toBeCloseTo(days, 1);
  expect(daysText(daysUntil(1_000 + ms, 1_000))).toBe(text);
});
