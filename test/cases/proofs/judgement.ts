/** What is told of a monitor and of a prober, and how time is counted. */
import { readWindow } from '../../../cli/report/window';
import { availabilityOf, availabilityText } from '../../../src/core/availability';
import { availabilityFinding } from '../../../src/core/availability-finding';
import { type Instant, instant } from '../../../src/core/basics/brand';
import { day, hour, minute } from '../../../src/core/basics/time';
import { conclude, type Finding } from '../../../src/core/conclusion';
import { foldIncidents } from '../../../src/core/incident';
import { nothingSaid, type Verdict } from '../../../src/core/standing';
import { type Mark, tellTime } from '../../../src/core/timeline';
import { judgeMonitor, type Voice } from '../../../src/core/verdict';
import { type WatchState, watchPeer } from '../../../src/core/watch';
import { watchFinding } from '../../../src/core/watch-finding';
import { at, config, east, entry, fresh, middle, monitor, opened, slot, west } from '../../core/builders';
import { dark } from '../../core/watch-builders';
import type { Proofs } from '../proof';

const failing = { ok: false, run: 9, health: 'down', slot: slot('00:20') } as const;
const well = { ok: true, run: 9, health: 'up', slot: slot('00:20') } as const;

const judge = (voices: readonly Voice[], verdict: Verdict) => judgeMonitor({ monitor: monitor(), voices, standing: { ...nothingSaid, verdict } });

/** Told down at 00:10. */
const [toldDown] = foldIncidents([entry(opened())]);

/** How a day was spent of which these marks were made, one every so often. */
function spent(outcomes: readonly Mark['outcome'][]) {
  const everyMs = outcomes.length === 0 ? day : day / outcomes.length;
  const marks = outcomes.map((outcome, index): Mark => ({ at: instant(at('00:00') + index * everyMs), outcome }));
  const window = { from: at('00:00'), to: instant(at('00:00') + day), now: instant(at('00:00') + day) };
  return tellTime({ ...window, intervalMs: everyMs, toleranceMs: minute, marks: [marks] });
}

/** Up until an hour before the year 2020 began in UTC, and down from then on; told at midnight of 15 January. */
function downInMonth(month: string): number {
  const now = instant(Date.parse('2020-01-15T00:00:00Z'));
  const { from, to } = readWindow({ month, timezone: 'Europe/Riga' }, now);
  const marks: Mark[] = [];
  for (let time: Instant = instant(Date.parse('2019-11-30T00:00:00Z')); time <= now; time = instant(time + hour)) {
    marks.push({ at: time, outcome: time < Date.parse('2019-12-31T23:00:00Z') ? 'ok' : 'failed' });
  }
  return tellTime({ from, to, now, intervalMs: hour, toleranceMs: minute, marks: [marks] }).downMs;
}

const patience = { cycleMs: minute, tolerateMs: 15 * minute };

/** What is found of a prober that has been silent for so long. */
function silent(ms: number): { readonly state: WatchState; readonly finding: Finding } {
  const watch = watchPeer(dark({ overdueMs: ms, regionOverdueMs: ms }), patience);
  const evidence = { [west]: slot('00:20') };
  return {
    state: watch.state,
    finding: watchFinding({ subject: east, watch, lastsMs: minute, evidence, newest: slot('00:00'), speakers: [west], me: west, now: at('00:20') }),
  };
}

export const judgement: Proofs = {
  P206() {
    expect(availabilityText(spent([]))).toBe('no data · coverage 0 %');
  },
  P208() {
    expect(availabilityOf(spent(['ok', 'ok', 'ok', 'ok', 'failed'])).known).toBe(0.8);
  },
  P210() {
    expect(availabilityOf(spent(['failed'])).known).toBe(0);
  },
  P280() {
    expect([downInMonth('2020-01'), downInMonth('2019-12')]).toEqual([14 * day + hour, 0]);
  },
  P304() {
    const voices = [fresh(west, failing), fresh(east, failing)];
    const judged = judge(voices, 'down');
    const finding = availabilityFinding({ monitor: monitor(), judgement: judged, voices, config: config(), me: west, now: at('00:20') });
    expect(judged.evidence).toEqual({ [west]: slot('00:20'), [east]: slot('00:20') });
    expect(conclude(finding, toldDown)).toEqual({ kind: 'nothing', why: 'already-open' });
  },
  P306() {
    expect(judge([fresh(west, { ...failing, reason: 'slow' }), fresh(east, failing), fresh(middle, failing)], 'down').verdict).toBe('down');
  },
  P310() {
    const { state, finding } = silent(20 * minute);
    expect(state).toBe('silent');
    expect(conclude(finding, undefined)).toMatchObject({ kind: 'write', body: { kind: 'opened', severity: 'page' } });
  },
  P312() {
    const first = conclude(silent(20 * minute).finding, undefined);
    if (first.kind === 'nothing') throw new Error('it is not told at all');
    const [told] = foldIncidents([entry(first.body)]);
    expect(conclude(silent(40 * minute).finding, told)).toEqual({ kind: 'nothing', why: 'already-open' });
  },
};

/** One of two places alone: nobody is woken. */
export function oneOfTwo(): void {
  const voices = [fresh(west, { ...failing, run: 2 }), fresh(east, well)];
  expect(judge(voices, 'up').verdict).toBe('up');
  expect(judge([fresh(west, failing), fresh(east, well)], 'up').verdict).toBe('partial');
}
