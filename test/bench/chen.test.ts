import { configure, configureByMoments, exponentialDelay, qualityOf } from '../../bench/deadman/chen';
import { Random } from '../../bench/deadman/random';
import { instant, slotAt } from '../../src/core/basics/brand';
import { type Arrivals, expectedAt, observeArrival } from '../../src/core/freshness';

const day = 86_400;
const required = { detectionTime: 30, mistakeRecurrence: 30 * day, mistakeDuration: 60 };
const loss = 0.01;

describe('the published configurations of Chen, Toueg and Aguilera', () => {
  it('where the delay is known to be exponential', () => {
    const { eta, delta } = configure({ loss, isLater: exponentialDelay(0.02) }, required);
    expect([eta, delta].map((time) => time.toFixed(3))).toEqual(['9.976', '20.024']);
  });

  it('where only its mean and variance are known', () => {
    const { eta, delta } = configureByMoments({ loss, mean: 0.02, variance: 0.02 }, required);
    expect([eta, delta].map((time) => time.toFixed(3))).toEqual(['9.710', '20.290']);
  });

  it('says where nothing keeps what is required', () => {
    expect(() => configure({ loss: 1, isLater: exponentialDelay(0.02) }, required)).toThrow('no interval');
  });
});

describe('the quality of NFD-S, with a beat a second of which one in a hundred is lost', () => {
  it.each([
    [2.0, 101],
    [2.1, 6060],
    [2.5, 10_100],
  ])('is wrong, at a detection time of at most %d s, once in %d s', (detectionTime, recurrence) => {
    const quality = qualityOf({ eta: 1, delta: detectionTime - 1 }, { loss, isLater: exponentialDelay(0.02) });
    expect(quality.mistakeRecurrence / recurrence).toBeCloseTo(1, 2);
    expect(quality.mistakeDuration).toBeLessThan(1);
  });
});

describe('the freshness of the core', () => {
  it('is NFD-E: on such a stream it is wrong as often as published', () => {
    const beats = 400_000;
    const mistakes = mistakesOf(beats, 0.98);
    expect(beats / mistakes).toBeGreaterThan(102);
    expect(beats / mistakes).toBeLessThan(112);
  });
});

/** Counts wrong suspicions of a beat a second, when each is waited for `marginS` longer than it is expected. */
function mistakesOf(beats: number, marginS: number): number {
  const random = new Random(7).at(1, 1);
  let arrivals: Arrivals | undefined;
  let mistakes = 0;
  for (let beat = 1; beat <= beats; beat += 1) {
    if (random.unit() < loss) continue;
    const now = instant(beat * 1000 + random.exponential(20));
    if (arrivals !== undefined && now > expectedAt(arrivals, 1000) + marginS * 1000) mistakes += 1;
    arrivals = observeArrival(arrivals, slotAt(beat), { now, cycleMs: 1000 });
  }
  return mistakes;
}
