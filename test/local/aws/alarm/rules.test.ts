import fc from 'fast-check';
import type { AlarmRule, AlarmState } from '../../../../local/aws/alarm/definition';
import { evaluatedEveryMs, isComplete, type Periods, rangeEnd, rangeOf, refusalOf, stateOf } from '../../../../local/aws/alarm/rules';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const rule = (changes: Partial<AlarmRule> = {}): AlarmRule => ({
  periodMs: minute,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  treatMissingData: 'missing',
  window: 'sliding',
  ...changes,
});

/** As AWS draws them: newest on the right, `0` within the threshold, `X` breaching, `-` missing. */
const periodsOf = (drawn: string): Periods => drawn.split(' ').map((mark) => (mark === '-' ? undefined : mark === 'X'));

const kept = 'kept';
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const states: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const lack: AlarmState = 'INSUFFICIENT_DATA';

type Row = readonly [drawn: string, lacking: number, missing: string, ignore: string, breaching: string, notBreaching: string];

/** The tables of "Configuring how CloudWatch alarms treat missing data", row by row. */
const threeOfThree: readonly Row[] = [
  ['0 - X - X', 0, 'OK', 'OK', 'OK', 'OK'],
  ['0 - - - -', 2, 'OK', 'OK', 'OK', 'OK'],
  ['- - - - -', 3, lack, kept, 'ALARM', 'OK'],
  ['0 X X - X', 0, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['- - X - -', 2, 'ALARM', kept, 'ALARM', 'OK'],
];
const twoOfThree: readonly Row[] = [
  ['0 - X - X', 0, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 0, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 1, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - X -', 2, 'ALARM', kept, 'ALARM', 'OK'],
];
const cases = [...threeOfThree.map((row) => [3, ...row] as const), ...twoOfThree.map((row) => [2, ...row] as const)].flatMap(
  ([datapointsToAlarm, drawn, lacking, ...wanted]) =>
    treatments.map((treatMissingData, at) => [datapointsToAlarm, drawn, treatMissingData, wanted[at]!, lacking] as const),
);

describe("AWS's own tables", () => {
  it.each(cases)('%d of 3, %s, missing is %s: %s', (datapointsToAlarm, drawn, treatMissingData, wanted) => {
    for (const before of states) {
      expect(stateOf(rule({ datapointsToAlarm, treatMissingData }), periodsOf(drawn), before)).toBe(wanted === kept ? before : wanted);
    }
  });

  it.each(cases)('%d of 3, %s: whether something must be made up', (datapointsToAlarm, drawn, _treatment, _wanted, lacking) => {
    expect(isComplete(rule({ datapointsToAlarm }), periodsOf(drawn))).toBe(lacking === 0);
  });

  it.each([
    ['- - - - X', 3, 'OK'],
    ['- - - X -', 3, 'OK'],
    ['- - - X 0', 3, 'OK'],
    ['- - X - 0', 3, 'OK'],
    ['- - X - -', 3, 'ALARM'],
    ['- - - - X', 2, 'OK'],
    ['- - - X -', 2, 'ALARM'],
    ['- 0 X - -', 2, 'OK'],
  ])('where missing is missing, %s with M = %d does not alarm too early: %s', (drawn, datapointsToAlarm, wanted) => {
    expect(stateOf(rule({ datapointsToAlarm }), periodsOf(drawn), 'OK')).toBe(wanted);
  });

  it('a metric that stopped is evaluated again on its last points, until they leave the range', () => {
    const after = (drawn: string) => stateOf(rule({ treatMissingData: 'notBreaching' }), periodsOf(drawn), 'ALARM');
    expect(['0 0 X X X', '0 X X X -', 'X X X - -', 'X X - - -'].map(after)).toEqual(['ALARM', 'ALARM', 'ALARM', 'OK']);
  });
});

/** How many empty periods in a row, after a metric that was dense, bring a `breaching` alarm to ALARM. */
function emptyPeriodsToAlarm(alarm: AlarmRule): number {
  const range = rangeOf(alarm);
  const periods = (empty: number): Periods => [...Array<boolean>(range).fill(false), ...Array<undefined>(empty).fill(undefined)].slice(-range);
  return Array.from({ length: 20 }, (_, empty) => empty).find((empty) => stateOf(alarm, periods(empty), 'OK') === 'ALARM')!;
}

describe('silence', () => {
  it.each([
    [1, 1, 3, 1],
    [2, 2, 4, 2],
    [3, 3, 5, 3],
    [2, 3, 4, 2],
  ])(
    'of %d of %d is heard after %d empty periods where the window slides, and after %d by the clock',
    (datapointsToAlarm, evaluationPeriods, sliding, byTheClock) => {
      const alarm = rule({ datapointsToAlarm, evaluationPeriods, treatMissingData: 'breaching' });
      expect(emptyPeriodsToAlarm(alarm)).toBe(sliding);
      expect(emptyPeriodsToAlarm({ ...alarm, window: 'wall-clock' })).toBe(byTheClock);
    },
  );

  it.each([
    [3, 5, 'sliding'],
    [3, 3, 'wall-clock'],
    [1, 3, 'sliding'],
    [2, 2, 'wall-clock'],
  ] as const)('N = %d looks at %d periods, %s', (evaluationPeriods, range, window) => {
    expect(rangeOf(rule({ evaluationPeriods, datapointsToAlarm: 1, window }))).toBe(range);
  });
});

it.each([
  ['a period of a minute', { periodMs: minute }, minute],
  ['a period of five minutes', { periodMs: 5 * minute }, minute],
  ['a period of ten seconds', { periodMs: 10 * second }, 10 * second],
  ['a period of thirty seconds', { periodMs: 30 * second }, 10 * second],
  ['a window of a day', { periodMs: 8 * hour, evaluationPeriods: 3 }, minute],
  ['a window of more than a day', { periodMs: day, evaluationPeriods: 2 }, hour],
])('%s is evaluated every so often', (_case, changes, everyMs) => {
  expect(evaluatedEveryMs(rule(changes))).toBe(everyMs);
});

it.each([
  ['a minute that is not over does not count', {}, '04:02:59', '04:02:00'],
  ['nor does one by the clock', { window: 'wall-clock' }, '04:02:59', '04:02:00'],
  ['five minutes slide by the minute', { periodMs: 5 * minute }, '04:07:30', '04:07:00'],
  ['five minutes by the clock are whole ones', { periodMs: 5 * minute, window: 'wall-clock' }, '04:07:30', '04:05:00'],
  ['ten seconds slide by ten seconds', { periodMs: 10 * second }, '04:02:19', '04:02:10'],
] as const)('%s', (_case, changes, now, end) => {
  expect(rangeEnd(rule(changes), Date.parse(`2026-11-21T${now}Z`))).toBe(Date.parse(`2026-11-21T${end}Z`));
});

it.each([
  [{}, undefined],
  [{ window: 'wall-clock' }, undefined],
  [{ periodMs: 10 * second }, undefined],
  [{ periodMs: 10 * second, window: 'wall-clock' }, '60, 300'],
  [{ periodMs: 2 * minute, window: 'wall-clock' }, '60, 300'],
  [{ periodMs: 15 * second }, 'Period must be'],
  [{ datapointsToAlarm: 4 }, 'at most EvaluationPeriods'],
  [{ datapointsToAlarm: 0 }, 'at least 1'],
] as const)('CloudWatch takes or refuses %j', (changes, sentence) => {
  if (sentence === undefined) expect(refusalOf(rule(changes))).toBeUndefined();
  else expect(refusalOf(rule(changes))).toContain(sentence);
});

const drawnRules = fc
  .record({
    evaluationPeriods: fc.integer({ min: 1, max: 6 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    treatMissingData: fc.constantFrom(...treatments),
    window: fc.constantFrom('sliding' as const, 'wall-clock' as const),
  })
  .map(({ part, ...drawn }) => rule({ ...drawn, datapointsToAlarm: 1 + Math.floor(part * (drawn.evaluationPeriods - 1)) }));
const drawnWorlds = drawnRules.chain((alarm) =>
  fc.record({
    alarm: fc.constant(alarm),
    periods: fc.array(fc.constantFrom(true, false, undefined), { minLength: rangeOf(alarm), maxLength: rangeOf(alarm) }),
    before: fc.constantFrom(...states),
  }),
);

it('how missing data is treated says nothing where enough was heard', () => {
  fc.assert(
    fc.property(drawnWorlds, ({ alarm, periods, before }) => {
      fc.pre(isComplete(alarm, periods));
      const verdicts = treatments.map((treatMissingData) => stateOf({ ...alarm, treatMissingData }, periods, before));
      expect(new Set(verdicts).size).toBe(1);
    }),
  );
});

it('breaching alarms at least as readily as any other treatment, and never lacks data', () => {
  fc.assert(
    fc.property(drawnWorlds, ({ alarm, periods }) => {
      const strict = stateOf({ ...alarm, treatMissingData: 'breaching' }, periods, 'OK');
      expect(strict).not.toBe('INSUFFICIENT_DATA');
      if (strict === 'OK') for (const treatMissingData of treatments) expect(stateOf({ ...alarm, treatMissingData }, periods, 'OK')).not.toBe('ALARM');
    }),
  );
});

it('a period that breaches instead of being well never calms an alarm', () => {
  fc.assert(
    fc.property(drawnWorlds, fc.nat(), ({ alarm, periods, before }, at) => {
      const worse = periods.map((period, index) => (index === at % periods.length && period === false ? true : period));
      if (stateOf(alarm, periods, before) === 'ALARM') expect(stateOf(alarm, worse, before)).toBe('ALARM');
    }),
  );
});
