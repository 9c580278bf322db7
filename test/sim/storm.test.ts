import type { Many } from './command';
import { type StormReport, stormOf } from './storm';

const few = (jobs: number): Many => ({ kind: 'many', first: 1, last: 3, shape: { monitors: 1, beatMs: 60_000, untilMs: 600_000 }, jobs, json: true });
const untimed = ({ wallSeconds, cpuSeconds, hoursPerSecond, ...report }: StormReport): unknown => report;

describe('a storm', () => {
  it('is reported alike, however many workers share it', async () => {
    const quiet = (): void => undefined;
    const [alone, shared] = [await stormOf(few(1), quiet), await stormOf(few(2), quiet)];
    expect(untimed(shared)).toEqual(untimed(alone));
    expect(alone.simulatedHours).toBeCloseTo(4 / 6);
    expect(alone.watchStates.reporting).toBeGreaterThan(0);
  });
});
