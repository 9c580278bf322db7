/** Every verdict says which rule it rests on, and whose sample was the last that it needed. */
import type { Monitor, RegionsToPage } from '../../src/core/config/config';
import { nothingSaid, type Verdict } from '../../src/core/standing';
import { type Judgement, judgeMonitor, type VerdictReason, type Voice } from '../../src/core/verdict';
import { at, east, fresh, middle, monitor, slot, unheard, west } from './builders';

const judge = (voices: readonly Voice[], standing: Verdict, over: Partial<Monitor> = {}): Judgement =>
  judgeMonitor({ monitor: monitor(over), voices, standing: { ...nothingSaid, verdict: standing } });

const failing = (run: number) => ({ ok: false, run, health: run >= 2 ? ('down' as const) : ('up' as const) });
const good = (run: number) => ({ ok: true, run, health: run >= 2 ? ('up' as const) : ('down' as const) });
const newlyConfigured: Voice = { kind: '?', region: east, why: 'newer-configuration', lastSlot: slot('00:10') };
const patient = { downAfter: 3, upAfter: 5 };
const remembered = { ok: true, run: 1, health: 'up' as const };

describe('the rule behind a verdict', () => {
  it.each([
    ['one failure in each region', [fresh(west, failing(1)), fresh(east, failing(1))], 'up', {}, 'down', 'every-region-fails'],
    ['too few failures in all', [fresh(west, failing(1)), fresh(east, failing(1))], 'up', patient, 'up', 'not-yet-confirmed'],
    ['one success in each region', [fresh(west, good(1)), fresh(east, good(1))], 'down', {}, 'up', 'every-region-succeeds'],
    ['too few successes in all', [fresh(west, { ...good(1), health: 'unknown' }), fresh(east, good(1))], 'down', patient, 'down', 'not-yet-confirmed'],
    [
      'too few, in regions that are up by their own memory',
      [fresh(west, remembered), fresh(east, remembered)],
      'partial',
      patient,
      'up',
      'every-region-succeeds',
    ],
    ['too few, and one region is down by its own memory', [fresh(west, remembered), fresh(east, good(1))], 'partial', patient, 'partial', 'not-yet-confirmed'],
    ['most regions down', [fresh(west, failing(9)), fresh(east, failing(9)), fresh(middle, good(9))], 'up', {}, 'down', 'enough-regions-down'],
    [
      'all regions down, one of which has just succeeded once',
      [fresh(west, failing(9)), fresh(east, good(1))],
      'up',
      { regionsToPage: 'all' },
      'down',
      'enough-regions-down',
    ],
    ['one region down for long', [fresh(west, failing(5)), fresh(east, good(9))], 'up', {}, 'partial', 'down-from-some-regions'],
    ['one region well for long after all were down', [fresh(west, good(5)), fresh(east, failing(9))], 'down', {}, 'partial', 'down-from-some-regions'],
    ['one region well for less long after all were down', [fresh(west, good(4)), fresh(east, failing(9))], 'down', {}, 'down', 'not-yet-confirmed'],
    ['nobody', [unheard(west), unheard(east)], 'up', {}, 'unknown', 'no-region-is-fresh'],
    ['a newer configuration in one of two regions', [fresh(west, good(9)), newlyConfigured], 'up', {}, 'unknown', 'newer-configuration-elsewhere'],
    ['one witness that fails', [fresh(west, failing(4)), unheard(east)], 'up', {}, 'down', 'only-witness-fails'],
    ['one witness that succeeds, where it was up', [fresh(west, good(2)), unheard(east, slot('00:10'))], 'up', {}, 'up', 'only-witness-succeeds'],
    ['one witness that succeeds, where nothing was said', [fresh(west, good(2)), unheard(east, slot('00:10'))], 'unknown', {}, 'up', 'only-witness-succeeds'],
    ['one witness that succeeded once, where it was up', [fresh(west, good(1)), unheard(east)], 'up', {}, 'up', 'not-yet-confirmed'],
    ['one witness since a moment ago, where it was down', [fresh(west, good(9)), unheard(east, slot('00:09:50'))], 'down', {}, 'down', 'not-yet-confirmed'],
    ['the only region that there is, well twice', [fresh(west, good(2))], 'down', {}, 'up', 'only-witness-succeeds'],
    ['the only region that there is, well once', [fresh(west, good(1))], 'down', {}, 'down', 'not-yet-confirmed'],
    [
      'one witness, counted since the last of the others was heard',
      [fresh(west, failing(20)), unheard(east, slot('00:01')), unheard(middle, slot('00:09:50'))],
      'up',
      {},
      'up',
      'not-yet-confirmed',
    ],
    [
      'one region remembers that it was up, where nothing was said',
      [fresh(west, failing(1)), fresh(east, { ...good(1), health: 'unknown' })],
      'unknown',
      {},
      'up',
      'not-yet-confirmed',
    ],
    ['nobody remembers anything', [fresh(west, { ...failing(1), health: 'unknown' }), fresh(east, good(1))], 'unknown', {}, 'unknown', 'not-yet-confirmed'],
  ] as [string, Voice[], Verdict, Partial<Monitor>, Verdict, VerdictReason][])('%s', (_case, voices, standing, over, verdict, reason) => {
    expect(judge(voices, standing, over)).toMatchObject({ verdict, reason, isUnsure: reason === 'not-yet-confirmed' });
  });
});

describe('how many regions must be down to page', () => {
  it.each([
    [1, 2, 'all', 'partial'],
    [2, 3, 'all', 'partial'],
    [2, 3, 'majority', 'down'],
    [1, 3, 'majority', 'partial'],
    [1, 3, 'any', 'down'],
    [1, 3, 1, 'down'],
    [1, 3, 2, 'partial'],
    [2, 3, 2, 'down'],
    [2, 2, 3, 'down'],
  ] as [number, number, RegionsToPage, Verdict][])('%i of %i, where %s must: %s', (down, of, regionsToPage, verdict) => {
    const voices = [west, east, middle].slice(0, of).map((region, index) => fresh(region, index < down ? failing(9) : good(9)));
    expect(judge(voices, 'up', { regionsToPage }).verdict).toBe(verdict);
  });
});

describe('a monitor that fails now and then', () => {
  const nowAndThen = { failedBits: 0b1010101010 };

  it('is up, says so, and rests on whatever sample is the newest', () => {
    const voices = [fresh(west, { ...good(1), ...nowAndThen, slot: slot('00:09:50') }), fresh(east, { ...good(1), ...nowAndThen })];
    expect(judge(voices, 'up')).toMatchObject({ verdict: 'up', reason: 'fails-now-and-then', isFlaky: true, isUnsure: false, completedBy: east });
  });

  it('is not called flaky while it is down', () => {
    const voices = [fresh(west, { ...failing(1), failedBits: 0b101010101 }), fresh(east, { ...failing(1), failedBits: 0b101010101 })];
    expect(judge(voices, 'up')).toMatchObject({ verdict: 'down', reason: 'every-region-fails', isFlaky: false });
  });
});

describe('whose sample completed the evidence', () => {
  it('is nobody, where nothing is confirmed', () => {
    expect(judge([fresh(west, failing(1)), fresh(east, good(9))], 'up').completedBy).toBeUndefined();
    expect(judge([fresh(west, good(9)), newlyConfigured], 'up').completedBy).toBeUndefined();
    expect(judge([unheard(west), unheard(east)], 'up').completedBy).toBeUndefined();
  });

  it('is one of those that the rule counts', () => {
    const voices = [fresh(west, failing(9)), fresh(east, { ...failing(9), slot: slot('00:09:50') }), fresh(middle, { ...good(9), slot: slot('00:10:10') })];
    expect(judge(voices, 'up').completedBy).toBe(west);
  });

  it.each([
    ['a newer slot, wherever it is listed', fresh(west, { ...failing(1), slot: slot('00:09:50') }, at('00:10:09')), fresh(east, failing(1))],
    ['the same slot, finished at the same time: the one listed later', fresh(west, failing(1)), fresh(east, failing(1))],
  ])('is the one of %s', (_case, one, other) => {
    expect(judge([one, other], 'up').completedBy).toBe(east);
  });
});
