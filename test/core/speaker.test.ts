import { regionId } from '../../src/core/basics/brand';
import { hashUnit } from '../../src/core/basics/hash';
import { speakersInOrder, turnMs, turnOf, waitMs } from '../../src/core/speaker';
import { east, middle, west } from './builders';

const regions = [west, east, middle];

describe('the order of speakers', () => {
  const many = Array.from({ length: 40 }, (_, index) => `shop-${index}:availability`);

  it('is the same however the regions are listed', () => {
    for (const key of many) expect(speakersInOrder(key, [...regions].reverse())).toEqual(speakersInOrder(key, regions));
  });

  it('is that of their names, where they draw the same number', () => {
    const [one, other] = [regionId('region-13426'), regionId('region-66222')];
    expect(hashUnit(`shop:availability ${one}`)).toBe(hashUnit(`shop:availability ${other}`));
    expect(speakersInOrder('shop:availability', [one, other])).toEqual([one, other]);
    expect(speakersInOrder('shop:availability', [other, one])).toEqual([one, other]);
  });

  it('spreads incidents over the regions', () => {
    expect(new Set(many.map((key) => speakersInOrder(key, regions)[0])).size).toBe(3);
  });

  it('lets the first one speak at once, and whoever is none of them too', () => {
    expect([-1, 0, 1, 2, 3].map(turnOf)).toEqual([0, 0, 20_000, 50_000, 80_000]);
  });

  it('gives every region a turn of its own', () => {
    const waits = regions.map((me) => waitMs('shop:availability', { me, first: west, regions }));
    expect([...waits].sort((one, other) => one - other)).toEqual([0, turnMs, 50_000]);
    expect(waitMs('shop:availability', { me: regionId('ap-south-1'), first: west, regions })).toBe(80_000);
  });
});
