import { minute } from '../../src/core/basics/time';
import type { Shape } from './command';
import { smallestTrial, type Trial } from './shrink';

const drawn = ['zero', 'one', 'two', 'three', 'four', 'five', 'six'];
const begun: Shape = {};

/** A run of 25 minutes that breaks at its tenth, as long as these faults are in it. */
const breakingWith =
  (needed: readonly number[], tried: Shape[] = []) =>
  async (shape: Shape): Promise<Trial> => {
    tried.push(shape);
    const kept = shape.only ?? drawn.map((_, index) => index);
    const endsAt = shape.untilMs ?? 25 * minute;
    const isBroken = needed.every((index) => kept.includes(index)) && endsAt >= 10 * minute;
    const breach = isBroken ? { promise: 'S1', at: 10 * minute, what: 'broken' } : undefined;
    return { shape, faults: kept.map((index) => drawn[index] ?? ''), monitors: shape.monitors ?? 5, endsAt, breach };
  };

describe('shrinking a run that breaks a promise', () => {
  it.each([[[]], [[3]], [[0, 6]], [[1, 2, 5]]])('keeps the faults %j and no others', async (needed) => {
    const smallest = await smallestTrial(begun, breakingWith(needed));
    expect(smallest.shape.only).toEqual(needed);
  });

  it('ends it just after the promise was broken, and takes a single monitor', async () => {
    const { shape } = await smallestTrial(begun, breakingWith([2]));
    expect(shape).toEqual({ only: [2], untilMs: 10 * minute + 5_000, monitors: 1 });
  });

  it('spends no more runs than it may', async () => {
    const tried: Shape[] = [];
    await smallestTrial(begun, breakingWith([0, 1, 2, 3, 4, 5, 6], tried));
    expect(tried.length).toBeLessThanOrEqual(40);
  });

  it('leaves alone what does not break again', async () => {
    expect((await smallestTrial({ monitors: 4 }, breakingWith([9]))).shape).toEqual({ monitors: 4 });
  });
});
