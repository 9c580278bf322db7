import fc from 'fast-check';
import { availabilityFinding } from '../../src/core/availability-finding';
import { type RegionId, type Slot, slotAt } from '../../src/core/basics/brand';
import { conclude } from '../../src/core/conclusion';
import { isFlaky } from '../../src/core/flaky';
import { advanceSample, type Sample } from '../../src/core/health';
import { foldIncidents } from '../../src/core/incident';
import { nothingSaid, type Standing, standings } from '../../src/core/standing';
import { judgeMonitor, type Voice } from '../../src/core/verdict';
import { at, attempt, config, east, entry, middle, monitor, observation, opened, resolved, slot, unheard, west } from './builders';

const newest = slot('00:10');
const step = 10;
const wanted = monitor({ downAfter: 3 });
const flaky: Standing = { ...nothingSaid, isFlaky: true };

/** The sample of a region after such outcomes, oldest first, one every ten seconds: `.` is good, `x` failed, `-` was missed, and spaces mean nothing. */
function after(outcomes: string): Sample {
  const seen = [...outcomes.replaceAll(' ', '')];
  return seen.reduce<Sample | undefined>((before, outcome, index) => {
    const at = slotAt(newest - (seen.length - 1 - index) * step);
    if (outcome === '-') return before;
    return advanceSample(before, observation({ slot: at, attempts: [attempt({ reason: outcome === '.' ? 'ok' : 'status' })] }), wanted);
  }, undefined)!;
}

const heard = (...outcomes: readonly string[]) => outcomes.map((text, index) => ({ region: [west, east, middle][index]!, sample: after(text) }));
const voices = (...outcomes: readonly string[]): readonly Voice[] => heard(...outcomes).map((one) => ({ kind: 'fresh', ...one, finishedAt: at('00:10:02') }));
const judge = (said: readonly Voice[], standing: Standing = nothingSaid) => judgeMonitor({ monitor: wanted, voices: said, standing });

describe('a monitor is flaky', () => {
  it.each([
    ['four failures in three runs of one region', ['.......... x...xx...x..'], true],
    ['four failures in two runs', ['.......... xx.....xx...'], false],
    ['three failures in three runs', ['.......... x...x....x..'], false],
    ['the first of four failures is older than twenty samples', ['x.................... x.x.x..'], false],
    ['four failures since the first sample ever, which is not twenty samples ago', ['x.x.xx.'], true],
    ['fewer samples than it takes', ['x.x.'], false],
    ['each of two regions sees two failures, at different times', ['..x....x..', '....x....x'], true],
    ['four failures in three runs of one of two regions', ['x..x..xx..', '..........'], true],
    ['one outage that two regions see', ['........xxxx......', '........xxxx......'], false],
    ['one outage that two regions see from different rounds on', ['.......xxxx.......', '........xxxx......'], false],
    ['one outage that one of two regions sees', ['........xxxx......', '..................'], false],
    ['three outages that two regions see', ['.x..x..x..', '.x..x..x..'], true],
    ['two regions take turns at failing', ['x.x.x.x.x.x.x.', '.x.x.x.x.x.x.x'], true],
    ['more than ten rounds ago, and two regions look', ['x.x.xx....................', '..........................'], false],
    ['two outages that two regions see, of which one missed all but the first', ['x...xx...', 'x-------.'], false],
    ['three outages that two regions see, of which one missed what came between', ['.x..x..x..', '.x--x--x..'], true],
    ['three regions, each with a share of seven', ['..........x...x', '........x......', '............x..'], true],
  ] as [string, string[], boolean][])('%s: %s', (_case, outcomes, expected) => {
    expect(isFlaky(heard(...outcomes), { monitor: wanted, standing: nothingSaid })).toBe(expected);
  });

  it('only by what came after the last resolution', () => {
    const said = heard('..........x...xx...x..');
    const resolvedOn = (ago: number): Record<RegionId, Slot> => ({ [west]: slotAt(newest - ago * step) });
    const isSince = (ago: number): boolean => isFlaky(said, { monitor: wanted, standing: { ...nothingSaid, resolvedOn: resolvedOn(ago) } });
    expect([20, 12, 11, 3, 2, 1, 0].map(isSince)).toEqual([true, true, false, false, false, false, false]);
    expect(isFlaky(said, { monitor: wanted, standing: { ...nothingSaid, resolvedOn: { [east]: newest } } })).toBe(true);
  });
});

it('of a failing run that goes on since before the last resolution only what came after it counts', () => {
  const [one, other] = [heard('......xxx')[0]!, { region: east, sample: after('...x.x.x..') }];
  const isSince = (ago: number): boolean =>
    isFlaky([one, other], { monitor: wanted, standing: { ...nothingSaid, resolvedOn: { [west]: slotAt(newest - ago * step) } } });
  expect([0, 1, 2, 3].map(isSince)).toEqual([false, true, true, true]);
});

describe('a flaky monitor', () => {
  it.each([
    [['x...................'], true],
    [['x....................'], false],
    [['....................'], false],
    [['...........'], true],
    [['..........', '..........'], false],
    [['..........', 'x..........'], false],
    [['..........', 'x.........'], true],
    [['.......', '.......', '.......'], false],
    [['.......', '.......', '.....x'], true],
  ])('of which the newest samples are %j is still flaky: %s', (outcomes, expected) => {
    expect(isFlaky(heard(...outcomes), { monitor: wanted, standing: flaky })).toBe(expected);
  });

  it('is up, and is not steady because its configuration has just changed', () => {
    expect(judge(voices('....', '....'), flaky)).toMatchObject({ verdict: 'up', isFlaky: true, reason: 'fails-now-and-then' });
  });
});

describe('down, partial and a single witness come before flaky', () => {
  const often = '...........x..x..xx.';
  it.each([
    ['down', voices(`${often}.xxx`, `${often}.xxx`), 'down'],
    ['partial', voices(`${often}xxxxxx`, `${often}......`), 'partial'],
    ['down by a single witness', [...voices(`${often}xxxxxx`), unheard(east)], 'down'],
    ['unknown', [unheard(west), unheard(east)], 'unknown'],
  ] as const)('%s', (_case, said, verdict) => {
    for (const standing of [nothingSaid, flaky]) expect(judge(said, standing)).toMatchObject({ verdict, isFlaky: false });
  });

  it('flaky comes before up, even while a newest sample fails', () => {
    expect(judge(voices(often, often))).toMatchObject({ verdict: 'up', isFlaky: true, isUnsure: false });
    expect(judge(voices(`${often}x`, `${often}.`))).toMatchObject({ verdict: 'up', isFlaky: true, isUnsure: true });
  });
});

describe('the incident', () => {
  const seen = { [west]: newest, [east]: newest };
  const earlier = { [west]: slotAt(newest - 12 * step), [east]: slotAt(newest - 12 * step) };
  const find = (said: readonly Voice[], entries: Parameters<typeof foldIncidents>[0], severity: 'page' | 'note' = 'page') => {
    const standing = standings(foldIncidents(entries)).get('shop:availability') ?? nothingSaid;
    const of = { ...wanted, severity };
    const judgement = judgeMonitor({ monitor: of, voices: said, standing });
    const finding = availabilityFinding({ monitor: of, judgement, voices: said, config: config(), me: west, now: at('00:10:05') });
    const conclusion = conclude(finding, foldIncidents(entries).at(-1));
    return conclusion.kind === 'write' ? conclusion.body : conclusion.why;
  };
  const unsteady = voices('......x...x.x..', '......x...x.x..');

  it('opens as a ticket under the same key, and as a note where the monitor is one', () => {
    expect(find(unsteady, [])).toMatchObject({ kind: 'opened', key: 'shop:availability', condition: 'flaky', severity: 'ticket', evidence: seen });
    expect(find(unsteady, [], 'note')).toMatchObject({ condition: 'flaky', severity: 'note' });
  });

  it('that was down and is up again, but flaky, is changed and not resolved', () => {
    const down = entry(opened({ evidence: earlier }));
    expect(find(unsteady, [down])).toMatchObject({ kind: 'changed', condition: 'flaky', severity: 'ticket' });
    expect(find(voices('.......xxx....', '.......xxx....'), [down])).toMatchObject({ kind: 'resolved' });
  });

  it('is over when nothing of it is left, and does not open again by what was seen before', () => {
    const open = entry(opened({ condition: 'flaky', severity: 'ticket', evidence: earlier }));
    expect(find(unsteady, [open])).toBe('already-open');
    expect(find(voices('x..........', '...........'), [open])).toMatchObject({ kind: 'resolved' });
    const down = entry(opened({ evidence: earlier }));
    const end = entry(resolved({ evidence: { [west]: slotAt(newest - step), [east]: slotAt(newest - step) } }), { n: 2 });
    expect(find(unsteady, [down, end])).toBe('nothing-wrong');
  });

  it('becomes a page when it is down after all', () => {
    const open = entry(opened({ condition: 'flaky', severity: 'ticket', evidence: earlier }));
    expect(find(voices('.....xxx', '.....xxx'), [open])).toMatchObject({ kind: 'changed', condition: 'down', severity: 'page' });
  });

  it('remembers the last resolution while another incident is open', () => {
    const end = resolved({ evidence: earlier });
    const [first, over, again] = [entry(opened({ evidence: { [west]: slot('00:01') } })), entry(end, { n: 2 }), entry(opened({ evidence: seen }), { n: 3 })];
    expect(standings(foldIncidents([first, over, again])).get('shop:availability')).toEqual({ verdict: 'down', isFlaky: false, resolvedOn: earlier });
    expect(standings(foldIncidents([first, over])).get('shop:availability')).toEqual({ verdict: 'unknown', isFlaky: false, resolvedOn: earlier });
  });
});

describe('by any outcomes of one to three regions', () => {
  const outcomes = fc.array(fc.array(fc.constantFrom('.', '.', '.', 'x'), { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 });
  const texts = outcomes.map((all) => all.map((one) => one.join('')));

  it('four failures at least, three runs at least, and never without any', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const share = Math.ceil(20 / all.length);
        const latest = all.map((text) => text.slice(-share));
        const failures = latest.join('').split('x').length - 1;
        const runs = latest.reduce((sum, text) => sum + (text.match(/x+/g) ?? []).length, 0);
        const found = isFlaky(heard(...all), { monitor: wanted, standing: nothingSaid });
        if (failures < 4 || runs < 3) expect(found).toBe(false);
        if (failures >= 4 && latest.some((text) => (text.match(/x+/g) ?? []).length >= 3)) expect(found).toBe(true);
      }),
    );
  });

  it('it does not matter which region saw what, and whoever is flaky stays so for as long as what made it so is looked at', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const found = isFlaky(heard(...all), { monitor: wanted, standing: nothingSaid });
        expect(isFlaky(heard(...[...all].reverse()), { monitor: wanted, standing: nothingSaid })).toBe(found);
        if (found) expect(isFlaky(heard(...all), { monitor: wanted, standing: flaky })).toBe(true);
      }),
    );
  });
});
