import fc from 'fast-check';
import { minute, second } from '../../src/core/basics/time';
import { billOf } from '../../src/core/cost/bill';
import { leastMemoryMb, outgrown, proberMemoryMb, probesPerRound } from '../../src/core/function-size';
import { config, monitor } from './builders';
import { parse } from './config/config-text';

const fleet = (count: number, intervalMs: number, beatIntervalMs = intervalMs) =>
  config({ beatIntervalMs, monitors: Array.from({ length: count }, () => monitor({ intervalMs })) });

it.each([
  [100, minute, 256],
  [1000, minute, 256],
  [3000, minute, 512],
  [10_000, minute, 1769],
  [100, 10 * second, 256],
  [1000, 10 * second, 1024],
  [2000, 10 * second, 1769],
])('%i monitors every %i ms are given %i MB', (count, intervalMs, memoryMb) => {
  expect(proberMemoryMb(fleet(count, intervalMs))).toBe(memoryMb);
  expect(outgrown(fleet(count, intervalMs))).toBeUndefined();
});

it('more monitors, or shorter intervals, are never given less', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(20_000), (one, other) => {
      const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
      expect(proberMemoryMb(fleet(fewer, minute))).toBeLessThanOrEqual(proberMemoryMb(fleet(more, minute)));
      expect(proberMemoryMb(fleet(fewer, minute))).toBeLessThanOrEqual(proberMemoryMb(fleet(fewer, 20 * second)));
    }),
    { numRuns: 20 },
  );
});

it('monitors that are due in every tenth round count for a tenth of each', () => {
  expect(probesPerRound(fleet(1000, 10 * minute, minute))).toBeCloseTo(100);
  expect(proberMemoryMb(fleet(10_000, 10 * minute, minute))).toBe(leastMemoryMb);
});

it('what one function has no time for is said by `check`, with how much it would have', () => {
  const text = (count: number): string =>
    [
      'regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }',
      'defaults: { interval: 10s, timeout: 5s }',
      'monitors:',
      ...Array.from({ length: count }, (_, n) => `  m${n}: { http: https://shop${n}.example.com/ }`),
    ].join('\n');
  const warnings = (count: number) => parse(text(count)).warnings.filter(({ path }) => path === 'monitors');
  expect(warnings(50)).toEqual([]);
  expect(warnings(2600)).toMatchObject([
    { line: 3, problem: 'a round of 10s has 2600 probes, and one prober has time for about 2475: the rest would not be covered' },
  ]);
});

it('the bill has the memory that is deployed', () => {
  const running = (count: number) => billOf(fleet(count, minute)).lines.find(({ what }) => what === 'prober running')?.usd ?? 0;
  expect(running(3000)).toBeGreaterThan(2 * running(1000));
});
