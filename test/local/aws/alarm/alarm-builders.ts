/** Alarms and data points for tests, with times in minutes. */
import { type AlarmDefinition, type AlarmMemory, newAlarm } from '../../../../local/aws/alarm/definition';
import { type DataPoint, evaluate } from '../../../../local/aws/alarm/evaluation';
import { regionId } from '../../../../src/core/basics/brand';
import { silenceAlarm } from '../../../../src/core/silence-alarm';

export const second = 1000;
export const minute = 60 * second;
export const midnight = Date.parse('2026-11-21T00:00:00Z');

/** The deployed one, unless it is changed. */
export const alarmWith = (changes: Partial<AlarmDefinition> = {}): AlarmDefinition => ({
  ...silenceAlarm({ role: 'prober', region: regionId('eu-west-1') }, regionId('us-east-2')),
  ...changes,
});

export const pointsAt = (...times: readonly number[]): readonly DataPoint[] => times.map((at) => ({ at, value: 1 }));

/** One look, in a region that was never away unless it says so. */
export const look = (
  alarm: AlarmDefinition,
  memory: AlarmMemory,
  { now, points = [], heardSince = Number.NEGATIVE_INFINITY }: { readonly now: number; readonly points?: readonly DataPoint[]; readonly heardSince?: number },
): AlarmMemory => evaluate(alarm, memory, { now, points, heardSince });

export const inState = (state: AlarmMemory['state'], changes: Partial<AlarmMemory> = {}): AlarmMemory => ({
  ...newAlarm(midnight),
  state,
  isWarm: true,
  ...changes,
});
