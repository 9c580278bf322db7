import fc from 'fast-check';
import { type Instant, instant } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { type Mark, tellTime } from '../../src/core/timeline';
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
    expect(tell([steady('00:00', '00:11')])).toEqual({ upMs: 10 * minute, downMs: 0, unknownMs: 0, pausedMs: 0, gaps: [] });
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

  it('unknown where probers reported but did not cover this monitor', () => {
    const marks = [...steady('00:00', '00:04'), ...steady('00:04', '00:06', 'skipped'), ...steady('00:06', '00:11')];
    expect(tell([marks]).gaps).toEqual([{ from: at('00:04'), to: at('00:06'), cause: 'probers reported but did not cover this monitor' }]);
  });

  it('is not a gap while the other region still watches', () => {
    expect(tell([steady('00:00', '00:03'), steady('00:00', '00:11')]).unknownMs).toBe(0);
  });

  it('an observation from before the window counts for its beginning', () => {
    expect(tell([[{ at: instant(at('00:00') - 5 * second), outcome: 'ok' }, ...steady('00:00:05', '00:11')]]).unknownMs).toBe(0);
  });
});

it('time is conserved: up, down, unknown and paused are the window, and gaps are the unknown part', () => {
  const marks = fc.array(
    fc
      .array(fc.record({ at: fc.nat(900).map(seconds), outcome: fc.constantFrom<Mark['outcome']>('ok', 'failed', 'skipped') }))
      .map((drawn) => drawn.sort((one, other) => one.at - other.at)),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(marks, fc.nat(600), fc.nat(600), fc.nat(1200), (drawn, one, other, now) => {
      const [from, to] = [seconds(Math.min(one, other)), seconds(Math.max(one, other))];
      const told = tell(drawn, { from, to, now: seconds(now) });
      expect(told.upMs + told.downMs + told.unknownMs + told.pausedMs).toBe(to - from);
      expect(told.gaps.reduce((sum, gap) => sum + (gap.to - gap.from), 0)).toBe(told.unknownMs);
      for (let index = 1; index < told.gaps.length; index += 1) expect(told.gaps[index]!.from).toBeGreaterThanOrEqual(told.gaps[index - 1]!.to);
    }),
  );
});
