/** Kinds of sliding alarms, and what our own rules make of the same beats. */
import type { AlarmDefinition, AlarmState } from '../../../local/aws/alarm/definition';
import { newAlarm } from '../../../local/aws/alarm/definition';
import { evaluate } from '../../../local/aws/alarm/evaluation';
import { evaluatedEveryMs } from '../../../local/aws/alarm/rules';
import { regionId } from '../../../src/core/basics/brand';
import { silenceAlarm } from '../../../src/core/silence-alarm';

export interface AlarmCase {
  readonly name: string;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: AlarmDefinition['treatMissingData'];
}

const of = (name: string, datapointsToAlarm: number, evaluationPeriods: number, treatMissingData: AlarmCase['treatMissingData'] = 'breaching'): AlarmCase => ({
  name,
  evaluationPeriods,
  datapointsToAlarm,
  treatMissingData,
});

/** The one that is deployed is 2 of 2. */
export const cases: readonly AlarmCase[] = [
  of('1-of-1', 1, 1),
  of('2-of-2', 2, 2),
  of('2-of-3', 2, 3),
  of('3-of-3', 3, 3),
  of('2-of-2-missing', 2, 2, 'missing'),
  of('2-of-2-ignore', 2, 2, 'ignore'),
  of('2-of-2-not-breaching', 2, 2, 'notBreaching'),
];

/** Seconds instead of minutes: the least period that CloudWatch takes. */
export const periodMs = 10_000;

const anyone = { role: 'prober', region: regionId('eu-west-1') } as const;

function definitionOf({ evaluationPeriods, datapointsToAlarm, treatMissingData }: AlarmCase): AlarmDefinition {
  const deployed = silenceAlarm(anyone, regionId('us-east-2'));
  return { ...deployed, periodMs, evaluationPeriods, datapointsToAlarm, treatMissingData, window: 'sliding', warmUpMs: 0 };
}

export interface Change {
  readonly state: AlarmState;
  readonly at: number;
}

/** What our rules say of these beats: every change of state between two times, from OK on. */
export function changesByOurRules(
  alarmCase: AlarmCase,
  beats: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Change[] {
  const alarm = definitionOf(alarmCase);
  const points = beats.map((at) => ({ at, value: 1 }));
  const everyMs = evaluatedEveryMs(alarm);
  const changes: Change[] = [];
  let memory = { ...newAlarm(from), state: 'OK' as AlarmState, isWarm: true };
  for (let now = Math.ceil(from / everyMs) * everyMs; now <= to; now += everyMs) {
    const next = evaluate(alarm, memory, { now, points: points.filter(({ at }) => at <= now), heardSince: 0 });
    if (next.state !== memory.state) changes.push({ state: next.state, at: now });
    memory = next;
  }
  return changes;
}

/**
 * Whether the emulator's ways explain when it changed, in milliseconds after the same beat: it looks once in N periods, and takes seconds to look at all
 * alarms in turn; its periods end now and not by the clock, so it may be a period earlier as well.
 */
export function isExplained({ evaluationPeriods }: AlarmCase, here: number | undefined, byOurRules: number | undefined): boolean {
  if (here === undefined || byOurRules === undefined) return here === byOurRules;
  return here >= byOurRules - periodMs - busyMs / 5 && here <= byOurRules + evaluationPeriods * periodMs + busyMs;
}

const busyMs = 10_000;
