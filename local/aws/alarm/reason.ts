/** Why an alarm took a state, in CloudWatch's words: what speaks for the state, and what was made up. */
import type { AlarmDefinition, AlarmState } from './definition';

/** The periods that an alarm looked at. */
export interface Range {
  readonly from: number;
  /** Per period, oldest first, how many points arrived. */
  readonly counts: readonly number[];
}

export function reasonOf(alarm: AlarmDefinition, state: AlarmState, range: Range): string {
  const { evaluationPeriods: periods, treatMissingData } = alarm;
  const heard = heardIn(alarm, range);
  const lacking = periods - heard.length;
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${counted(lacking, 'datapoint')} ${lacking === 1 ? 'was' : 'were'} unknown.`;
  const treated = `${counted(lacking, 'missing datapoint')} ${lacking === 1 ? 'was' : 'were'} treated as [${treatedAs[treatMissingData]}]`;
  if (heard.length === 0) return `Threshold Crossed: no datapoints were received for ${counted(periods, 'period')} and ${treated}.`;
  const telling = heard.filter(({ count }) => count < alarm.threshold === (state === 'ALARM'));
  const compared = `${telling.length === 1 ? 'was' : 'were'}${state === 'OK' ? ' not' : ''} less than the threshold (${decimal(alarm.threshold)})`;
  const points = telling.length === 0 ? [] : [`${counted(telling.length, 'datapoint')} [${telling.map(pointText).join(', ')}] ${compared}`];
  return `Threshold Crossed: ${[...points, ...(lacking === 0 ? [] : [treated])].join(' and ')}.`;
}

const treatedAs: Readonly<Record<AlarmDefinition['treatMissingData'], string>> = {
  breaching: 'Breaching',
  notBreaching: 'NonBreaching',
  ignore: 'Ignore',
  missing: 'Missing',
};

interface Heard {
  readonly at: number;
  readonly count: number;
}

/** Those that were evaluated, newest first. */
function heardIn({ periodMs, evaluationPeriods }: AlarmDefinition, { from, counts }: Range): readonly Heard[] {
  const all = counts.map((count, index): Heard => ({ at: from + index * periodMs, count }));
  return all
    .filter(({ count }) => count > 0)
    .slice(-evaluationPeriods)
    .reverse();
}

/** `1.0 (21/11/26 04:02:00)` */
function pointText({ at, count }: Heard): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return `${decimal(count)} (${date.slice(2).split('-').reverse().join('/')} ${time.slice(0, 8)})`;
}

const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
