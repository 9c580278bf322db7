/** From what happened and what was heard to figures, and from figures to goals. */
import { goalsOf, type Measured } from '../../../bench/page/goals';
import type { Happened, Kind } from '../../../bench/page/outages';
import { concludedOf } from '../../../bench/page/own';
import type { Heard } from '../../../bench/page/receiver';
import { type Row, rowsOf, spreadOf, toldBy } from '../../../bench/page/rows';
import { spentOf } from '../../../bench/page/spent';

const at = 1_000_000;
const outage = (target: string, kind: Kind = '500'): Happened => ({ target, kind, beginPhase: 0, endPhase: 0, brokenAt: at, mendedAt: at + 30_000 });
const heard = (target: string, state: Heard['state'], afterMs: number, tool = 'ours'): Heard => ({ tool, target, state, atMs: at + afterMs });

describe('what a tool told', () => {
  it('is timed from the outage to the first page, and from its end to the first word of it', () => {
    const all = [heard('a', 'down', 7000), heard('a', 'down', 9000), heard('a', 'well', 34_000), heard('a', 'down', 5000, 'other')];
    expect(toldBy('ours', [outage('a')], all)).toMatchObject({ timings: [{ pageMs: 7000, recoveryMs: 4000 }], falsePages: 0 });
  });

  it('is untold when it comes after the end, and false when nothing is down', () => {
    const told = toldBy('ours', [outage('a'), outage('b')], [heard('a', 'down', 31_000), heard('c', 'down', 100), heard('b', 'down', 4000)]);
    expect(told.timings.map(({ pageMs, recoveryMs }) => [pageMs, recoveryMs])).toEqual([
      [undefined, undefined],
      [4000, undefined],
    ]);
    expect(told.falsePages).toBe(2);
  });

  it('makes a row for each kind that there was, and one of all', () => {
    const { timings } = toldBy('ours', [outage('a'), outage('b', 'hung'), outage('c', 'hung')], [heard('a', 'down', 6000), heard('b', 'down', 12_000)]);
    const rows = rowsOf('ours', timings);
    expect(rows.map(({ kind, outages, untold, unrecovered, page }) => [kind, outages, untold, unrecovered, page.median])).toEqual([
      ['500', 1, 0, 1, 6000],
      ['hung', 2, 1, 1, 12_000],
      ['all', 3, 1, 2, 9000],
    ]);
  });
});

describe('a spread', () => {
  it.each([
    { values: [], least: Number.NaN, median: Number.NaN, most: Number.NaN },
    { values: [3], least: 3, median: 3, most: 3 },
    { values: [10, 1, 4], least: 1, median: 4, most: 10 },
    { values: [10, 1, 4, 5], least: 1, median: 4.5, most: 10 },
  ])('of $values', ({ values, ...wanted }) => {
    expect(spreadOf(values)).toEqual({ count: values.length, ...wanted });
  });
});

describe('where our time goes', () => {
  const timings = toldBy('ours', [{ ...outage('a'), brokenAt: at + 3000 }], [heard('a', 'down', 10_400)]).timings;
  const note = (afterMs: number, changes: object = {}) =>
    JSON.stringify({ at: new Date(at + afterMs).toISOString(), what: 'concluded', kind: 'opened', key: 'a:availability', ...changes });

  it('is split by the grid of rounds and by the first who concluded it', () => {
    const concluded = [
      concludedOf(note(12_000), 'us-east-2', 'watchdog'),
      concludedOf(note(10_100), 'eu-west-1', 'prober'),
      concludedOf(note(10_050, { key: 'b:availability' }), 'eu-west-1', 'prober'),
      concludedOf(note(10_050, { kind: 'resolved' }), 'eu-west-1', 'prober'),
    ].flatMap((one) => one ?? []);
    const spent = spentOf(timings, concluded, { intervalMs: 10_000, places: 2 });
    const medians = [spent.firstLook, spent.secondLook, spent.judgement, spent.telling].map(({ median }) => median);
    expect(medians).toEqual([2000, 5000, 100, 300]);
    expect(spent.by).toEqual({ prober: 1 });
  });

  it.each([
    '{"at":"2026-11-21T10:39:30.050Z","what":"round finished","slot":1795257570}',
    note(0, { key: 'prober:us-east-2:watch' }),
    note(0, { kind: 'changed' }),
    '',
  ])('is not told by the line %s', (line) => {
    expect(concludedOf(line, 'eu-west-1', 'prober')).toBeUndefined();
  });
});

describe('goals', () => {
  const row = (median: number, changes: Partial<Row> = {}): Row => {
    const spread = { count: 40, least: median - 1000, median, most: median + 1000 };
    return { tool: 'gatus', kind: 'all', outages: 40, page: spread, recovery: spread, untold: 0, unrecovered: 0, ...changes };
  };
  const measured = (ours: readonly Row[], changes: Partial<Measured> = {}): Measured => ({
    ...{ ours, falsePages: 0, intervalMs: 10_000, timeoutMs: 5000 },
    peers: [
      { pace: 'same-interval', rows: [row(16_000)] },
      { pace: 'same-interval', rows: [row(15_000, { tool: 'cloudprober' })] },
      { pace: 'same-probes', rows: [row(8000)] },
    ],
    ...changes,
  });
  const missedOf = (asked: Measured): readonly string[] => goalsOf(asked).flatMap(({ what, isMet }) => (isMet ? [] : [what]));

  it('are met at 0.6 of the best at the same interval and within a tenth of the best at as many probes', () => {
    expect(missedOf(measured([row(8800)]))).toEqual([]);
    expect(goalsOf(measured([row(8800)])).map(({ seen }) => seen)).toEqual(['0.59', '1.10', '0', '0']);
  });

  it.each([
    { median: 9100, missed: [/same interval.*cloudprober/, /same number of probes.*gatus/] },
    { median: 8900, missed: [/same number of probes.*gatus/] },
  ])('are missed with a median of $median ms', ({ median, missed }) => {
    expect(missedOf(measured([row(median)]))).toEqual(missed.map((pattern) => expect.stringMatching(pattern)));
  });

  it('leave out peers that are not there or told nothing', () => {
    const silent = row(Number.NaN, { page: spreadOf([]) });
    expect(goalsOf(measured([row(8800)], { peers: [{ pace: 'same-interval', rows: [silent] }] })).map(({ what }) => what)).toHaveLength(2);
  });

  it('hold each kind to our interval, and give a target that hangs its timeout', () => {
    expect(missedOf(measured([row(8800), row(8100, { kind: '500' }), row(13_000, { kind: 'hung' })]))).toEqual(['median to the page, 500']);
    expect(missedOf(measured([row(8800), row(7000, { kind: '500', page: { count: 14, least: 5000, median: 7000, most: 13_001 } })]))).toEqual([
      'longest to the page, 500',
    ]);
  });

  it('are missed by what is untold or false', () => {
    expect(missedOf(measured([row(8800, { untold: 1 })]))).toEqual(['outages and ends that we did not tell']);
    expect(missedOf(measured([row(8800)], { falsePages: 1 }))).toEqual(['false pages of ours']);
  });
});
