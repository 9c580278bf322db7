import { nothingSaid, type Verdict } from '../../src/core/standing';
import { judgeMonitor, type Voice } from '../../src/core/verdict';
import { at, east, fresh, middle, monitor, slot, unheard, west } from './builders';

const judge = (voices: readonly Voice[], standing: Verdict = 'unknown') =>
  judgeMonitor({ monitor: monitor(), voices, standing: { ...nothingSaid, verdict: standing } });

const failing = (run: number) => ({ ok: false, run, health: run >= 2 ? ('down' as const) : ('up' as const) });
const good = (run: number) => ({ ok: true, run, health: run >= 2 ? ('up' as const) : ('down' as const) });

describe('the pool: a second place confirms faster than a second round', () => {
  it.each([
    ['one failure in each of two regions', [fresh(west, failing(1)), fresh(east, failing(1))], 'up', 'down'],
    ['one success in each of two regions', [fresh(west, good(1)), fresh(east, good(1))], 'down', 'up'],
    ['the first samples ever, all good', [fresh(west, { run: 1, health: 'unknown' }), fresh(east, { run: 1, health: 'unknown' })], 'unknown', 'up'],
    ['one failure in one region alone', [fresh(west, failing(1)), fresh(east, good(9))], 'up', 'up'],
  ] as [string, Voice[], Verdict, Verdict][])('%s, said %s before: %s', (_case, voices, standing, verdict) => {
    expect(judge(voices, standing)).toMatchObject({ verdict, certainty: 'confirmed' });
  });

  it('three fresh regions must all fail to confirm by the pool', () => {
    expect(judge([fresh(west, failing(1)), fresh(east, failing(1)), fresh(middle, good(9))], 'up').verdict).toBe('up');
  });
});

describe('the table of two regions', () => {
  it.each([
    ['up', 'up', 'up'],
    ['down', 'down', 'down'],
    ['down', 'up', 'partial'],
    ['up', 'down', 'partial'],
  ])('%s and %s: %s', (a, b, verdict) => {
    const health = { up: good(9), down: failing(9) };
    const voices = [fresh(west, health[a as 'up']), fresh(east, health[b as 'up'])];
    expect(judge(voices, 'up')).toMatchObject({ verdict, certainty: 'confirmed' });
  });

  it('a failure from one region only is told after three rounds more, not before', () => {
    expect(judge([fresh(west, failing(4)), fresh(east, good(9))], 'up').verdict).toBe('up');
    expect(judge([fresh(west, failing(5)), fresh(east, good(9))], 'up')).toMatchObject({ verdict: 'partial', completedBy: west });
  });

  it('a first failure in one region is not yet confirmed, whatever its health was: it is neither up nor down by that', () => {
    for (const standing of ['up', 'down', 'partial'] as const) {
      expect(judge([fresh(west, failing(1)), fresh(east, good(4))], standing)).toMatchObject({ verdict: standing, reason: 'not-yet-confirmed' });
    }
  });

  it('what one failure in each region brought down does not end with one good sample', () => {
    expect(judge([fresh(west, { ok: true, run: 1, health: 'up' }), fresh(east, failing(1))], 'down').verdict).toBe('down');
  });

  it('two of three regions that are down are the majority', () => {
    expect(judge([fresh(west, failing(9)), fresh(east, failing(9)), fresh(middle, good(9))], 'up').verdict).toBe('down');
  });
});

describe('a single witness', () => {
  it('must fail twice as often, counted since the other was last heard', () => {
    const other = unheard(east, slot('00:09:20'));
    expect(judge([fresh(west, failing(20)), other], 'up')).toMatchObject({ verdict: 'down', certainty: 'single-witness', reason: 'only-witness-fails' });
    expect(judge([fresh(west, failing(3)), other], 'up').verdict).toBe('up');
    expect(judge([fresh(west, failing(20)), unheard(east, slot('00:09:40'))], 'up').verdict).toBe('up');
  });

  it('keeps a monitor up, and says that it is one', () => {
    expect(judge([fresh(west, good(9)), unheard(east, slot('00:01'))], 'up')).toMatchObject({ verdict: 'up', certainty: 'single-witness' });
  });

  it('must succeed twice as often to end what is open', () => {
    expect(judge([fresh(west, good(3)), unheard(east)], 'down').verdict).toBe('down');
    expect(judge([fresh(west, good(4)), unheard(east)], 'down').verdict).toBe('up');
  });

  it('is all there is where only one region is configured, and needs no double confirmation', () => {
    expect(judge([fresh(west, failing(2))], 'up')).toMatchObject({ verdict: 'down', certainty: 'single-witness' });
  });
});

describe('what is not known', () => {
  it('no fresh region: unknown, whatever was said before', () => {
    for (const standing of ['up', 'down', 'partial', 'unknown'] as const) expect(judge([unheard(west), unheard(east)], standing).verdict).toBe('unknown');
  });

  it('a first failure of a monitor that nobody knows is neither up nor down', () => {
    expect(judge([fresh(west, { ok: false, run: 1, health: 'unknown' }), unheard(east)]).verdict).toBe('unknown');
  });
});

describe('the evidence', () => {
  it('names the newest slot of each fresh region, and whose sample completed it', () => {
    const judgement = judge([fresh(west, { ...failing(1), slot: slot('00:10:10') }), fresh(east, { ...failing(1), slot: slot('00:10:00') })], 'up');
    expect(judgement).toMatchObject({ evidence: { [west]: slot('00:10:10'), [east]: slot('00:10:00') }, completedBy: west });
  });

  it('of two samples of one slot the one whose round finished later is the newer', () => {
    expect(judge([fresh(west, failing(1), at('00:10:03')), fresh(east, failing(1), at('00:10:01'))], 'up').completedBy).toBe(west);
    expect(judge([fresh(west, failing(1), at('00:10:01')), fresh(east, failing(1), at('00:10:03'))], 'up').completedBy).toBe(east);
  });
});

it('every combination of two voices gives a verdict, the same one each time, and never up without a good sample', () => {
  const states: ((region: typeof west) => Voice)[] = [
    (region) => unheard(region, slot('00:01')),
    ...[1, 2, 4, 9].flatMap((run) =>
      [true, false].flatMap((ok) => (['up', 'down', 'unknown'] as const).map((health) => (region: typeof west) => fresh(region, { ok, run, health }))),
    ),
  ];
  for (const a of states) {
    for (const b of states) {
      for (const standing of ['up', 'down', 'partial', 'unknown'] as const) {
        const voices = [a(west), b(east)];
        const judgement = judge(voices, standing);
        expect(judge(voices, standing)).toEqual(judgement);
        const anyGood = voices.some((voice) => voice.kind === 'fresh' && (voice.sample.ok || voice.sample.health === 'up'));
        if (judgement.verdict === 'up' && standing !== 'up') expect(anyGood).toBe(true);
      }
    }
  }
});
