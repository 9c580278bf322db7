import fc from 'fast-check';
import { minute, second } from '../../src/core/basics/time';
import { notesFor } from '../../src/core/config/notes';
import { sizeWarnings } from '../../src/core/config/warnings';
import { billOf } from '../../src/core/cost/bill';
import { functionLines } from '../../src/core/cost/function-lines';
import { usual } from '../../src/core/cost/typical';
import { leastMemoryMb, outgrown, proberMemoryMb, probesPerRound, workerMemoryMb, workerTimeoutMs } from '../../src/core/function-size';
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

const text = (count: number): string =>
  [
    'regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }',
    'defaults: { interval: 10s, timeout: 5s }',
    'monitors:',
    ...Array.from({ length: count }, (_, n) => `  m${n}: { http: https://shop${n}.example.com/ }`),
  ].join('\n');

it('that workers help the prober is a note, with how many there are', () => {
  const notes = (count: number) => {
    const parsed = parse(text(count));
    return parsed.kind === 'valid' ? [parsed.warnings.filter(({ path }) => path === 'monitors'), notesFor(parsed.config)] : [];
  };
  expect(notes(50)).toEqual([[], []]);
  expect(notes(2600)).toEqual([
    [],
    ['a round of 10s has 2600 probes, and one function has time for about 2475: in each region 2 probe workers probe a shard each, at the same time'],
  ]);
});

it('more monitors than one item of the table holds are a warning', () => {
  const fleetOf = (count: number) => sizeWarnings(fleet(count, minute));
  expect(fleetOf(9000)).toEqual([]);
  expect(fleetOf(9001)).toMatchObject([{ path: ['monitors'], problem: expect.stringContaining('9001 monitors') }]);
});

it.each([
  [2600, 10 * second, 1024, 13_000],
  [4900, 10 * second, 1769, 13_000],
  [20_000, minute, 1769, 50_000],
])('%i monitors every %i ms have workers of %i MB, which may take %i ms', (count, intervalMs, memoryMb, timeoutMs) => {
  expect(workerMemoryMb(fleet(count, intervalMs))).toBe(memoryMb);
  expect(workerTimeoutMs(fleet(count, intervalMs))).toBe(timeoutMs);
});

it('the bill counts the workers: each shard is asked once in a round', () => {
  const lines = (count: number) => functionLines(fleet(count, 10 * second), usual).filter(({ what }) => what.startsWith('probe-worker'));
  expect(lines(2475)).toEqual([]);
  const requests = lines(5000).filter(({ what }) => what === 'probe-worker requests');
  expect(requests.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-2']);
  expect(requests[0]!.quantity).toBeCloseTo(3 * 6 * 60 * 730, -3);
  const running = lines(5000).find(({ what }) => what === 'probe-worker running')!;
  expect(running.usd).toBeGreaterThan(10);
});

it('the bill has the memory that is deployed', () => {
  const running = (count: number) => billOf(fleet(count, minute)).lines.find(({ what }) => what === 'prober running')?.usd ?? 0;
  expect(running(3000)).toBeGreaterThan(2 * running(1000));
});
