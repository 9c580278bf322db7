/** CloudWatch's documented rules: how much an alarm looks at, how often, and what it makes of periods in which nothing arrived. */
import { day, hour, minute } from '../../../src/core/basics/time';
import type { AlarmRule, AlarmState } from './definition';

/** Of each period, oldest first, whether it breaches; undefined where nothing arrived. */
export type Periods = readonly (boolean | undefined)[];

/** AWS says that it looks at more periods than it evaluates, and shows 5 for 3; two more is what fits everything that was measured. */
const periodsFurtherBack = 2;

/** How many periods are looked at. */
export function rangeOf({ window, evaluationPeriods }: AlarmRule): number {
  return window === 'wall-clock' ? evaluationPeriods : evaluationPeriods + periodsFurtherBack;
}

export function evaluatedEveryMs({ periodMs, evaluationPeriods }: AlarmRule): number {
  if (periodMs * evaluationPeriods > day) return hour;
  return periodMs >= minute ? minute : 10_000;
}

/** The end of the newest period that counts: a period counts once it is over. */
export function rangeEnd(rule: AlarmRule, now: number): number {
  const stepMs = rule.window === 'wall-clock' ? rule.periodMs : evaluatedEveryMs(rule);
  return Math.floor(now / stepMs) * stepMs;
}

/** Why CloudWatch would not take such an alarm; undefined when it would. */
export function refusalOf({ periodMs, evaluationPeriods, datapointsToAlarm, window }: AlarmRule): string | undefined {
  if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) return 'DatapointsToAlarm must be at least 1 and at most EvaluationPeriods';
  if (periodMs % minute !== 0 && !highResolutionMs.includes(periodMs)) return 'Period must be 10, 20, 30 or a multiple of 60';
  if (window === 'wall-clock' && !wallClockMs.includes(periodMs)) return 'a wall-clock window needs a Period of 60, 300, 3600, 86400 or 604800';
  return undefined;
}

const highResolutionMs = [10_000, 20_000, 30_000];
const wallClockMs = [minute, 5 * minute, hour, day, 7 * day];

/** Whether there is as much as is evaluated, so that nothing has to be made up. */
export const isComplete = (rule: AlarmRule, periods: Periods): boolean => periods.filter(isHeard).length >= rule.evaluationPeriods;

/**
 * The newest periods that were heard are evaluated; only as many as are lacking are made up.
 * @param periods as many as `rangeOf` says
 * @param before the state the alarm was in
 */
export function stateOf(rule: AlarmRule, periods: Periods, before: AlarmState): AlarmState {
  const heard = periods.filter(isHeard).slice(-rule.evaluationPeriods);
  const breaches = heard.filter((isBreach) => isBreach).length;
  if (breaches >= rule.datapointsToAlarm) return 'ALARM';
  const lacking = rule.evaluationPeriods - heard.length;
  if (lacking === 0) return 'OK';
  switch (rule.treatMissingData) {
    case 'breaching':
      return breaches + lacking >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return heard.includes(false) ? 'OK' : before;
    case 'missing':
      if (heard.length === 0) return 'INSUFFICIENT_DATA';
      return isPremature(rule, periods) ? 'ALARM' : 'OK';
  }
}

/** Nothing but breaches, the oldest of them M periods old or older: CloudWatch does not wait for more. */
function isPremature({ datapointsToAlarm }: AlarmRule, periods: Periods): boolean {
  const age = periods.length - periods.findIndex(isHeard);
  return !periods.includes(false) && age >= datapointsToAlarm;
}

const isHeard = (period: boolean | undefined): period is boolean => period !== undefined;
