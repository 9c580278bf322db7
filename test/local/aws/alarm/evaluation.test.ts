import { newAlarm } from '../../../../local/aws/alarm/definition';
import { alarmWith, inState, look, midnight, minute, pointsAt, second } from './alarm-builders';

const at = (minutes: number): number => midnight + minutes * minute;

describe('the deployed alarm', () => {
  const alarm = alarmWith();

  it('looks at the two minutes that are over, and at nothing before them', () => {
    const now = at(10) + 7 * second;
    expect(look(alarm, inState('OK'), { now, points: pointsAt(at(8)) }).state).toBe('OK');
    expect(look(alarm, inState('OK'), { now, points: pointsAt(at(8) - 1) }).state).toBe('ALARM');
    expect(look(alarm, inState('OK'), { now, points: pointsAt(at(10)) }).state).toBe('ALARM');
    expect(look(alarm, inState('ALARM'), { now, points: pointsAt(at(9)) }).state).toBe('OK');
  });

  it('counts points, and takes many in a minute for one that was heard', () => {
    const lively = alarmWith({ threshold: 3, evaluationPeriods: 1, datapointsToAlarm: 1 });
    expect(look(lively, inState('OK'), { now: at(10), points: pointsAt(at(9), at(9.5)) }).state).toBe('ALARM');
    expect(look(lively, inState('ALARM'), { now: at(10), points: pointsAt(at(9), at(9.3), at(9.6)) }).state).toBe('OK');
  });

  it('changes only with its state: when, why, and nothing else', () => {
    const before = inState('OK', { since: at(1), reason: 'because' });
    expect(look(alarm, before, { now: at(10), points: pointsAt(at(8), at(9)) })).toBe(before);
    const silent = look(alarm, before, { now: at(10) });
    expect(silent).toMatchObject({ state: 'ALARM', since: at(10) });
    expect(look(alarm, silent, { now: at(11) })).toBe(silent);
  });
});

describe('the reason', () => {
  it.each([
    ['OK', [], {}, 'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].'],
    [
      'OK',
      [],
      { evaluationPeriods: 1, datapointsToAlarm: 1 },
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
    ],
    ['ALARM', [8, 9], {}, 'Threshold Crossed: 2 datapoints [1.0 (21/11/26 00:09:00), 1.0 (21/11/26 00:08:00)] were not less than the threshold (1.0).'],
    [
      'ALARM',
      [9],
      {},
      'Threshold Crossed: 1 datapoint [1.0 (21/11/26 00:09:00)] was not less than the threshold (1.0) and 1 missing datapoint was treated as [Breaching].',
    ],
    ['OK', [7], { evaluationPeriods: 3 }, 'Threshold Crossed: 2 missing datapoints were treated as [Breaching].'],
    ['OK', [8, 9, 9.5], { threshold: 2, datapointsToAlarm: 1 }, 'Threshold Crossed: 1 datapoint [1.0 (21/11/26 00:08:00)] was less than the threshold (2.0).'],
    ['OK', [], { treatMissingData: 'missing' }, 'Insufficient Data: 2 datapoints were unknown.'],
  ] as const)('of leaving %s with points in %j, %j', (before, minutes, changes, reason) => {
    expect(look(alarmWith(changes), inState(before), { now: at(10), points: pointsAt(...minutes.map(at)) }).reason).toBe(reason);
  });
});

describe('a warm-up', () => {
  const alarm = alarmWith({ warmUpMs: 10 * minute });
  const born = newAlarm(at(0));

  it('waits without a word while its window is not full', () => {
    for (const now of [at(1), at(5), at(10) - 1]) expect(look(alarm, born, { now })).toBe(born);
    expect(look(alarm, born, { now: at(3), points: pointsAt(at(2)) })).toBe(born);
  });

  it('ends early once the window is full', () => {
    expect(look(alarm, born, { now: at(3), points: pointsAt(at(1), at(2)) })).toMatchObject({ state: 'OK', isWarm: true });
  });

  it('ends early with points that are older than the alarm', () => {
    expect(look(alarm, newAlarm(at(3)), { now: at(3), points: pointsAt(at(1), at(2)) }).state).toBe('OK');
  });

  it('ends with silence, which is told', () => {
    expect(look(alarm, born, { now: at(10) })).toMatchObject({ state: 'ALARM', isWarm: true });
  });

  it('never begins again', () => {
    const warm = look(alarm, born, { now: at(3), points: pointsAt(at(1), at(2)) });
    expect(look(alarm, warm, { now: at(6), points: pointsAt(at(1), at(2)) }).state).toBe('ALARM');
  });

  it('without one, an alarm that is put before any beat fires at once', () => {
    expect(look(alarmWith({ warmUpMs: 0 }), born, { now: at(0) + second }).state).toBe('ALARM');
  });
});

describe('a region that was away', () => {
  const alarm = alarmWith();

  it('takes no minute for silent in which it could not hear', () => {
    const before = inState('OK');
    expect(look(alarm, before, { now: at(10), heardSince: at(8) + 1 })).toBe(before);
    expect(look(alarm, before, { now: at(10), heardSince: at(8) }).state).toBe('ALARM');
  });

  it('believes what it did hear', () => {
    expect(look(alarm, inState('ALARM'), { now: at(10), points: pointsAt(at(8.5), at(9)), heardSince: at(8.4) }).state).toBe('OK');
  });
});
