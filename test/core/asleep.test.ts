import { asleepBetween, explains } from '../../src/core/asleep';
import type { Instant } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { at } from './builders';

const mark = (time: string, sleptMs: number) => ({ at: at(time), sleptMs });
const stretch = (from: string, to: string): { readonly from: Instant; readonly to: Instant } => ({ from: at(from), to: at(to) });

describe('between two looks a machine', () => {
  it.each([
    ['has not slept', 0, false],
    ['has not slept, by clocks that are read one after the other', 2 * second, false],
    ['has slept for some seconds', 5 * second, true],
    ['has slept almost all the time', 10 * minute, true],
    ['was another one, that had slept for days', 1000 * minute, false],
    ['was another one, that had never slept', -1000 * minute, false],
  ])('%s', (_what, grownMs, isAsleep) => {
    const found = asleepBetween(mark('00:10', 2000 * minute), mark('00:20', 2000 * minute + grownMs));
    expect(found).toEqual(isAsleep ? stretch('00:10', '00:20') : undefined);
  });

  it('whose clock was set has not slept', () => {
    expect(asleepBetween(mark('00:10', 0), mark('00:40', 0))).toBeUndefined();
    expect(asleepBetween(mark('00:40', 0), mark('00:10', 0))).toBeUndefined();
  });
});

describe('a sleep', () => {
  const asleep = stretch('00:10', '00:30');
  it.each([
    ['all of it', [stretch('00:10', '00:30')], true],
    ['what begins a little before and ends a little after it', [stretch('00:09', '00:31')], true],
    ['a part of it', [stretch('00:15', '00:20')], true],
    ['several parts', [stretch('00:11', '00:15'), stretch('00:16', '00:30')], true],
    ['what began long before', [stretch('00:05', '00:30')], false],
    ['what went on long after', [stretch('00:10', '00:35')], false],
    ['parts of which one lies elsewhere', [stretch('00:11', '00:15'), stretch('00:50', '00:55')], false],
    ['nothing at all', [], false],
  ])('explains %s: %s', (_what, stretches, isExplained) => {
    expect(explains(asleep, stretches, minute)).toBe(isExplained);
  });

  it('that nobody noticed explains nothing', () => {
    expect(explains(undefined, [asleep], minute)).toBe(false);
  });
});
