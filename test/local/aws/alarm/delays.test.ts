import type { AlarmDefinition } from '../../../../local/aws/alarm/definition';
import { evaluatedEveryMs } from '../../../../local/aws/alarm/rules';
import { alarmWith, inState, look, midnight, minute, pointsAt, second } from './alarm-builders';

/**
 * How long after the last beat the alarm of a metric that was dense changes its state, for one place of that beat in its
 * period and one of the evaluations; undefined for never.
 */
function delayOf(alarm: AlarmDefinition, beatInMs: number, lookInMs: number, isFilled: boolean): number | undefined {
  const everyMs = evaluatedEveryMs(alarm);
  const beats = Array.from({ length: 20 }, (_, index) => midnight + (index - 19) * alarm.periodMs + beatInMs);
  const lastAt = beats.at(-1)!;
  for (let now = midnight + lookInMs; now < midnight + 15 * alarm.periodMs; now += everyMs) {
    if (now < lastAt) continue;
    const points = pointsAt(...beats);
    // FILL(m, 0) makes every period a real one, so that nothing is missing and nothing further back is asked for.
    const seen = isFilled ? { ...alarm, window: 'wall-clock' as const } : alarm;
    if (look(seen, inState('OK'), { now, points }).state !== 'OK') return now - lastAt;
  }
  return undefined;
}

/** Over all places of beat and evaluation. */
function delaysOf(alarm: AlarmDefinition, isFilled = false): { readonly least: number; readonly most: number } {
  const steps = (lengthMs: number) => Array.from({ length: 20 }, (_, index) => (index / 20) * lengthMs);
  const delays = steps(alarm.periodMs).flatMap((beatInMs) =>
    steps(evaluatedEveryMs(alarm)).map((lookInMs) => delayOf(alarm, beatInMs, lookInMs, isFilled) ?? Number.POSITIVE_INFINITY),
  );
  return { least: Math.min(...delays), most: Math.max(...delays) };
}

const ofM = (periodMs: number, datapointsToAlarm: number, evaluationPeriods: number, window: AlarmDefinition['window']): AlarmDefinition =>
  alarmWith({ periodMs, evaluationPeriods, datapointsToAlarm, window });

const inMinutes = ({ least, most }: { readonly least: number; readonly most: number }): readonly number[] => [
  Math.floor(least / minute),
  Math.ceil(most / minute),
];

describe('from the last beat to ALARM', () => {
  it.each([
    [1, 1, [3, 5], [1, 3]],
    [2, 2, [4, 6], [2, 4]],
    [3, 3, [5, 7], [3, 5]],
    [2, 3, [4, 6], [2, 4]],
  ])('periods of a minute, %d of %d: %j minutes sliding, %j by the clock', (m, n, sliding, byTheClock) => {
    expect(inMinutes(delaysOf(ofM(minute, m, n, 'sliding')))).toEqual(sliding);
    expect(inMinutes(delaysOf(ofM(minute, m, n, 'wall-clock')))).toEqual(byTheClock);
    expect(inMinutes(delaysOf(ofM(minute, m, n, 'sliding'), true))).toEqual(byTheClock);
  });

  // Seconds. The table is in tenths of a minute and holds a few seconds for what travels, which here takes no time.
  it.each([
    [1, [36, 60], [12, 36]],
    [2, [42, 66], [24, 48]],
    [3, [54, 78], [30, 54]],
  ])('periods of ten seconds, %d of as many: about %j s sliding, %j s filled', (n, sliding, filled) => {
    for (const [isFilled, [from, to]] of [
      [false, sliding],
      [true, filled],
    ] as const) {
      const { least, most } = delaysOf(ofM(10 * second, n, n, 'sliding'), isFilled);
      expect(least).toBeGreaterThanOrEqual((from! - 6) * second);
      expect(most).toBeLessThanOrEqual(to! * second);
      expect(most - least).toBeLessThanOrEqual(20 * second);
    }
  });
});

// What an independent emulator did with the same alarms: the state it reached, and after how many whole periods at least.
describe('an emulator that follows the sliding window', () => {
  it.each([
    [minute, 1, 1, 233],
    [minute, 3, 3, 351],
    [10 * second, 1, 1, 34],
    [10 * second, 2, 2, 50],
    [10 * second, 3, 3, 63],
  ])('with periods of %d ms, %d of %d, was as late as we are: %d s', (periodMs, m, n, measuredSeconds) => {
    const { least, most } = delaysOf(ofM(periodMs, m, n, 'sliding'));
    expect(measuredSeconds * second).toBeGreaterThanOrEqual(least);
    expect(measuredSeconds * second).toBeLessThanOrEqual(most);
  });

  it.each([
    ['breaching', 'ALARM'],
    ['missing', 'INSUFFICIENT_DATA'],
    ['notBreaching', 'OK'],
    ['ignore', 'OK'],
  ] as const)('and with missing data as %s ended in %s', (treatMissingData, state) => {
    const alarm = alarmWith({ window: 'sliding', evaluationPeriods: 1, datapointsToAlarm: 1, treatMissingData });
    const stateAfter = (empty: number) => look(alarm, inState('OK'), { now: midnight + (empty + 1) * minute, points: pointsAt(midnight) }).state;
    expect([0, 1, 2, 3].map(stateAfter)).toEqual(['OK', 'OK', 'OK', state]);
  });
});
