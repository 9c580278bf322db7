import { type LocalHealth, localHealthAfter, tolerantMs } from '../../src/core/local-health';

const good = { isPunctual: true, isStored: true };

it.each([
  [0, good, 0],
  [2, good, 1],
  [0, { isPunctual: false, isStored: true }, 1],
  [1, { isPunctual: true, isStored: false }, 2],
  [3, { isPunctual: false, isStored: false }, 3],
] as [LocalHealth, typeof good, LocalHealth][])('an observer that fared %s, after the look %j, fares %s', (before, look, after) => {
  expect(localHealthAfter(before, look)).toBe(after);
});

it('whoever fares badly itself tolerates more of others, up to two and a half times as much', () => {
  expect(([0, 1, 2, 3] as const).map((health) => tolerantMs(60_000, health))).toEqual([60_000, 90_000, 120_000, 150_000]);
});
