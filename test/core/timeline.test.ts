import fc from 'fast-check';
import { type Instant, instant } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { type Mark, overlaps, type Span, type Stretch, spansOf, spansWithin, tellSpans, tellTime } from '../../src/core/timeline';
import { at, seconds } from './builders';

const tell = (marks: readonly (readonly Mark[])[], over: { from?: Instant; to?: Instant; now?: Instant } = {}) =>
  tellTime({ from: at('00:00'), to: at('00:10'), now: at('01:00'), intervalMs: 10 * second, toleranceMs: 5 * second, marks, ...over });

/** A mark every ten seconds between two times. */
function steady(from: string, to: string, outcome: Mark['outcome'] = 'ok'): Mark[] {
  const marks: Mark[] = [];
  for (let time: number = at(from); time < at(to); time += 10 * second) marks.push({ at: instant(time), outcome });
  return marks;
}

describe('how a window was spent', () => {
  it('up all the time, where observations follow on', () => {
    expect(tell([steady('00:00', '00:11')])).toEqual({
      upMs: 10 * minute,
      downMs: 0,
      unknownMs: 0,
      pausedMs: 0,
      gaps: [],
      segments: [{ from: at('00:00'), to: at('00:10'), state: 'up' }],
    });
  });

  it('down while every region that watches fails', () => {
    const west = [...steady('00:00', '00:05'), ...steady('00:05', '00:07', 'failed'), ...steady('00:07', '00:11')];
    expect(tell([west, west])).toMatchObject({ upMs: 8 * minute, downMs: 2 * minute, unknownMs: 0 });
  });

  it('up while one region reaches it', () => {
    expect(tell([steady('00:00', '00:11', 'failed'), steady('00:00', '00:11')])).toMatchObject({ upMs: 10 * minute, downMs: 0 });
  });

  it('unknown while nobody watched: never up, with its cause', () => {
    const marks = [...steady('00:00', '00:03'), ...steady('00:05', '00:11')];
    expect(tell([marks])).toEqual({
      upMs: 8 * minute,
      downMs: 0,
      unknownMs: 2 * minute,
      pausedMs: 0,
      gaps: [{ from: at('00:03'), to: at('00:05'), cause: 'no prober reported' }],
      segments: [
        { from: at('00:00'), to: at('00:03'), state: 'up' },
        { from: at('00:03'), to: at('00:05'), state: 'unknown', cause: 'no prober reported' },
        { from: at('00:05'), to: at('00:10'), state: 'up' },
      ],
    });
  });

  it('unknown after an outage that nobody saw end: never down for ever', () => {
    const marks = [...steady('00:00', '00:02'), ...steady('00:02', '00:03', 'failed')];
    expect(tell([marks])).toMatchObject({ upMs: 2 * minute, downMs: minute, unknownMs: 7 * minute });
  });

  it('unknown before the first observation and in the future', () => {
    const told = tell([steady('00:02', '00:06')], { now: at('00:06') });
    expect(told.gaps).toEqual([
      { from: at('00:00'), to: at('00:02'), cause: 'before the first observation' },
      { from: at('00:06'), to: at('00:10'), cause: 'in the future' },
    ]);
  });

  it('unknown since the last observation held, and from now on in the future', () => {
    expect(tell([steady('00:00', '00:04')], { now: at('00:06') }).gaps).toEqual([
      { from: at('00:04'), to: at('00:06'), cause: 'no prober reported' },
      { from: at('00:06'), to: at('00:10'), cause: 'in the future' },
    ]);
  });

  it('unknown where probers reported but did not cover this monitor', () => {
    const marks = [...steady('00:00', '00:04'), ...steady('00:04', '00:06', 'skipped'), ...steady('00:06', '00:11')];
    expect(tell([marks]).gaps).toEqual([{ from: at('00:04'), to: at('00:06'), cause: 'probers reported but did not cover this monitor' }]);
  });

  it('is not a gap while the other region still watches', () => {
    expect(tell([steady('00:00', '00:03'), steady('00:00', '00:11')]).unknownMs).toBe(0);
  });

  it.each([
    ['as late as is tolerated', '00:00:15', 0],
    ['later than that', '00:00:16', 6 * second],
  ])('an observation that comes %s follows on, or leaves a gap from when the one before no longer held', (_late, time, unknownMs) => {
    const marks: Mark[] = [
      { at: at('00:00'), outcome: 'ok' },
      { at: at(time), outcome: 'ok' },
    ];
    expect(tell([marks], { to: at('00:00:20') }).unknownMs).toBe(unknownMs);
  });

  it('an observation from before the window counts for its beginning', () => {
    expect(tell([[{ at: instant(at('00:00') - 5 * second), outcome: 'ok' }, ...steady('00:00:05', '00:11')]]).unknownMs).toBe(0);
  });
});

/** Up to three regions with up to ten marks each, as laws are checked on. */
const drawnMark = fc.record({ at: fc.nat(900).map(seconds), outcome: fc.constantFrom<Mark['outcome']>('ok', 'failed', 'skipped') });
const inTime = (drawn: readonly Mark[]): Mark[] => [...drawn].sort((one, other) => one.at - other.at);
const drawnMarks = fc.array(fc.array(drawnMark).map(inTime), { maxLength: 3 });
const drawnWindow = fc.tuple(fc.nat(600), fc.nat(600)).map(([one, other]) => ({ from: seconds(Math.min(one, other)), to: seconds(Math.max(one, other)) }));
const drawnNow = fc.nat(1200).map(seconds);

describe('laws of time, for any marks, window and moment', () => {
  it('time is conserved: up, down, unknown and paused are the window', () => {
    fc.assert(
      fc.property(drawnMarks, drawnWindow, drawnNow, (marks, window, now) => {
        const told = tell(marks, { ...window, now });
        expect(told.upMs + told.downMs + told.unknownMs + told.pausedMs).toBe(window.to - window.from);
      }),
    );
  });

  it('gaps are the unknown part, disjoint, inside the window, and each has a cause', () => {
    fc.assert(
      fc.property(drawnMarks, drawnWindow, drawnNow, (marks, window, now) => {
        const { gaps, unknownMs } = tell(marks, { ...window, now });
        expect(gaps.reduce((sum, gap) => sum + (gap.to - gap.from), 0)).toBe(unknownMs);
        for (const [index, gap] of gaps.entries()) {
          expect(gap.from).toBeLessThan(gap.to);
          expect(gap.from).toBeGreaterThanOrEqual(gaps[index - 1]?.to ?? window.from);
          expect(gap.to).toBeLessThanOrEqual(window.to);
          expect(gap.cause).not.toBe('');
        }
      }),
    );
  });

  it('one more observation never makes more time unknown', () => {
    const drawnObservation = fc.record({ at: fc.nat(900).map(seconds), outcome: fc.constantFrom<Mark['outcome']>('ok', 'failed') });
    fc.assert(
      fc.property(drawnMarks, drawnWindow, drawnNow, drawnObservation, fc.nat(2), (marks, window, now, observation, region) => {
        const more = [...marks, [], [], []].slice(0, 3).map((known, index) => (index === region ? inTime([...known, observation]) : known));
        expect(tell(more, { ...window, now }).unknownMs).toBeLessThanOrEqual(tell(marks, { ...window, now }).unknownMs);
      }),
    );
  });

  it('a window that is split adds up', () => {
    fc.assert(
      fc.property(drawnMarks, drawnWindow, drawnNow, fc.nat(100), (marks, { from, to }, now, percent) => {
        const middle = instant(from + Math.floor(((to - from) * percent) / 100));
        const [whole, first, second] = [tell(marks, { from, to, now }), tell(marks, { from, to: middle, now }), tell(marks, { from: middle, to, now })];
        for (const part of ['upMs', 'downMs', 'unknownMs', 'pausedMs'] as const) expect(first[part] + second[part]).toBe(whole[part]);
      }),
    );
  });
});

it('a window that begins unwatched is not before the first observation, where an earlier one is known', () => {
  const marks = [steady('00:05', '00:11')];
  const question = { from: at('00:00'), to: at('00:10'), now: at('01:00'), intervalMs: 10 * second, toleranceMs: 5 * second, marks };
  expect(tellTime(question).gaps[0]?.cause).toBe('before the first observation');
  expect(tellTime({ ...question, firstAt: seconds(-7200) }).gaps[0]?.cause).toBe('no prober reported');
});

it.each([
  ['one before the other', '00:00', '00:02', false],
  ['one that ends where the other begins', '00:00', '00:03', false],
  ['one that reaches into the other', '00:00', '00:04', true],
  ['one within the other', '00:04', '00:05', true],
  ['one around the other', '00:00', '00:10', true],
  ['one that begins where the other ends', '00:06', '00:07', false],
])('two stretches, %s: do they overlap?', (_case, from, to, expected) => {
  const [one, other] = [
    { from: at(from), to: at(to) },
    { from: at('00:03'), to: at('00:06') },
  ];
  expect([overlaps(one, other), overlaps(other, one)]).toEqual([expected, expected]);
});

describe('planned work', () => {
  const window = { from: at('00:00'), to: at('00:10'), now: at('01:00') };
  const patience = { intervalMs: 10 * second, toleranceMs: 5 * second, now: window.now };
  const spent = (marks: readonly Mark[], ...pauses: Stretch[]) => tellSpans({ ...window, spans: spansOf(marks, patience), pauses });
  const work = { from: at('00:02'), to: at('00:04') };

  it('pauses what was observed meanwhile, good or bad', () => {
    const marks = [...steady('00:00', '00:03'), ...steady('00:03', '00:05', 'failed'), ...steady('00:05', '00:11')];
    expect(spent(marks, work)).toMatchObject({ upMs: 7 * minute, downMs: minute, unknownMs: 0, pausedMs: 2 * minute });
    expect(spent(marks, work).segments.map(({ state }) => state)).toEqual(['up', 'paused', 'down', 'up']);
  });

  it('hides no time that nobody watched', () => {
    const marks = [...steady('00:00', '00:03'), ...steady('00:05', '00:11')];
    expect(spent(marks, work)).toMatchObject({ upMs: 7 * minute, unknownMs: 2 * minute, pausedMs: minute });
    expect(spent(marks, work).gaps).toMatchObject([{ from: at('00:03'), to: at('00:05') }]);
  });

  it('counts once where windows overlap, and ends where they end', () => {
    const marks = steady('00:00', '00:11');
    expect(spent(marks, work, { from: at('00:03'), to: at('00:06') }, work)).toMatchObject({ upMs: 6 * minute, pausedMs: 4 * minute });
  });

  const drawnPauses = fc.array(drawnWindow, { maxLength: 4 });

  it('never changes how long the window was, nor what of it is unknown', () => {
    fc.assert(
      fc.property(drawnMarks, drawnWindow, drawnNow, drawnPauses, (marks, { from, to }, now, pauses) => {
        const spans = marks.flatMap((one) => spansOf(one, { ...patience, now }));
        const [paused, plain] = [tellSpans({ from, to, now, spans, pauses }), tellSpans({ from, to, now, spans })];
        expect(paused.upMs + paused.downMs + paused.unknownMs + paused.pausedMs).toBe(to - from);
        expect([paused.unknownMs, paused.gaps]).toEqual([plain.unknownMs, plain.gaps]);
        for (const state of ['upMs', 'downMs'] as const) expect(paused[state]).toBeLessThanOrEqual(plain[state]);
      }),
    );
  });
});

describe('spans within a stretch', () => {
  const span = (from: string, to: string, outcome: Span['outcome'] = 'ok', why?: string): Span => ({
    from: at(from),
    to: at(to),
    outcome,
    ...(why === undefined ? {} : { why }),
  });
  const within = (...spans: readonly Span[]) => spansWithin(spans, { from: at('00:10'), to: at('00:20') });

  it.each<[string, readonly Span[], readonly Span[]]>([
    ['that lie in it stay as they are', [span('00:11', '00:12'), span('00:13', '00:14')], [span('00:11', '00:12'), span('00:13', '00:14')]],
    ['that fill it stay as they are', [span('00:10', '00:20')], [span('00:10', '00:20')]],
    ['that begin before it begin with it', [span('00:05', '00:12', 'failed')], [span('00:10', '00:12', 'failed')]],
    ['that end after it end with it', [span('00:18', '00:25', 'failed')], [span('00:18', '00:20', 'failed')]],
    [
      'that begin before it and end after it are cut at both ends',
      [span('00:05', '00:25', 'skipped', 'deadline')],
      [span('00:10', '00:20', 'skipped', 'deadline')],
    ],
    ['that end where it begins are none of it', [span('00:05', '00:10')], []],
    ['that begin where it ends are none of it', [span('00:20', '00:25')], []],
    ['that are empty are left out', [span('00:12', '00:12'), span('00:14', '00:13')], []],
    [
      'that say the same of adjoining time are one',
      [span('00:11', '00:12', 'ok', 'a'), span('00:12', '00:13', 'ok', 'a')],
      [span('00:11', '00:13', 'ok', 'a')],
    ],
    ['with a pause in between stay two', [span('00:11', '00:12'), span('00:13', '00:14')], [span('00:11', '00:12'), span('00:13', '00:14')]],
    [
      'that say different things stay two',
      [span('00:11', '00:12'), span('00:12', '00:13', 'failed')],
      [span('00:11', '00:12'), span('00:12', '00:13', 'failed')],
    ],
    [
      'for different reasons stay two',
      [span('00:11', '00:12', 'skipped', 'a'), span('00:12', '00:13', 'skipped', 'b')],
      [span('00:11', '00:12', 'skipped', 'a'), span('00:12', '00:13', 'skipped', 'b')],
    ],
    [
      'are joined with the newest alone',
      [span('00:11', '00:12'), span('00:14', '00:15'), span('00:15', '00:16')],
      [span('00:11', '00:12'), span('00:14', '00:16')],
    ],
  ])('%s', (_case, spans, expected) => {
    expect(within(...spans)).toEqual(expected);
  });
});
