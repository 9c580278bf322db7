import { systemClock } from '../../src/adapters/clock';

const turn = (ms: number): Promise<'other'> => new Promise((resolve) => setTimeout(() => resolve('other'), ms));

describe('the real clock', () => {
  it('tells the time of day', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(5000);
  });

  it('resolves a timer after its time, and a negative one at once', async () => {
    const startedAt = performance.now();
    await systemClock.timer(30).done;
    await systemClock.timer(-5).done;
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(28);
  });

  it('never resolves a timer that was cancelled', async () => {
    const timer = systemClock.timer(5);
    timer.cancel();
    expect(await Promise.race([timer.done, turn(30)])).toBe('other');
  });

  it('does not take a delay of months for none', async () => {
    const timer = systemClock.timer(90 * 24 * 3600 * 1000);
    expect(await Promise.race([timer.done, turn(20)])).toBe('other');
    timer.cancel();
  });
});
