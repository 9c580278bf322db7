import fc from 'fast-check';
import { instant } from '../../src/core/basics/brand';
import { hour, minute, second } from '../../src/core/basics/time';
import { decodeHour, encodeHour, type HourRollUp, hourBefore, readHour } from '../../src/core/hour';
import { countLatency, noLatency } from '../../src/core/latency';
import { hourOfTime, monitorHour, roundsOf, workIn } from '../../src/core/roll-up';
import { type Mark, type Span, tellSpans, tellTime } from '../../src/core/timeline';
import { at, monitor, seconds, west } from './builders';

const begins = at('04:00');

function rollUp(over: Partial<HourRollUp> = {}): HourRollUp {
  const shared = { region: west, begins, revision: 0, writtenAt: at('05:10'), configHash: 'c0ffee000000', rounds: 360 };
  return { ...shared, work: [{ from: begins, to: at('04:59:50') }], monitors: [], ...over };
}

function unpacked(rollUpOf: HourRollUp) {
  const seen = rollUpOf.monitors.map(() => ({ spans: [] as Span[], latency: noLatency() }));
  for (const item of encodeHour(rollUpOf, west))
    readHour(decodeHour(item)!, { spans: (place) => seen[place]?.spans, latency: (place) => seen[place]?.latency });
  return seen;
}

const healthy = { spans: [{ from: begins, to: at('05:00'), outcome: 'ok' as const }], latency: noLatency() };

describe('the roll-up of an hour', () => {
  it('is read as it was written, with who wrote it and what it was told from', () => {
    const written = rollUp({ revision: 3, monitors: [healthy] });
    const [item] = encodeHour(written, west);
    expect(item).toMatchObject({ pk: 'HOUR#eu-west-1#2026-11', sk: '2026-11-21T04#0003#00' });
    const { monitors: _monitors, ...facts } = written;
    expect(decodeHour(item!)).toMatchObject({ ...facts, part: 0, parts: 1, first: 0 });
  });

  it('takes two bytes for an hour that was up all the time, and what latency adds', () => {
    const latency = noLatency();
    for (let count = 0; count < 60; count += 1) countLatency(latency, 80);
    expect((encodeHour(rollUp({ monitors: [healthy] }), west)[0]!.packed as Uint8Array).length).toBe(2 + 1);
    expect((encodeHour(rollUp({ monitors: [{ ...healthy, latency }] }), west)[0]!.packed as Uint8Array).length).toBe(2 + 3);
  });

  it('outlives the beats by years', () => {
    expect(Number(encodeHour(rollUp({ monitors: [healthy] }), west)[0]!.ttl) * second - begins).toBeGreaterThan(400 * 24 * hour);
  });

  it('is written in parts where it would not fit into one item', () => {
    const spans = Array.from({ length: 360 }, (_, index) => ({
      from: seconds(4 * 3600 + index * 10),
      to: seconds(4 * 3600 + index * 10 + 5),
      outcome: 'failed' as const,
    }));
    const many = rollUp({ monitors: Array.from({ length: 200 }, () => ({ spans, latency: noLatency() })) });
    const items = encodeHour(many, west);
    expect(items.length).toBeGreaterThan(1);
    for (const { packed } of items) expect((packed as Uint8Array).length).toBeLessThan(400_000);
    expect(unpacked(many).every((seen) => seen.spans.length === 360)).toBe(true);
  });

  it.each([
    ['another kind', { pk: 'BEAT#eu-west-1#0' }],
    ['no hour in its name', { sk: 'beginnings' }],
    ['nothing packed', { packed: 'x' }],
    ['no count of rounds', { rounds: 'many' }],
  ])('is passed over with %s', (_case, over) => {
    expect(decodeHour({ ...encodeHour(rollUp({ monitors: [healthy] }), west)[0]!, ...over })).toBeUndefined();
  });

  it('is that of the whole hour before a moment', () => {
    expect(hourBefore(at('05:00'))).toBe(at('04:00'));
    expect(hourBefore(at('04:59:59'))).toBe(at('03:00'));
  });
});

/** Up to three regions; marks from an hour before to an hour after. */
const drawnOutcome = fc.oneof(
  fc.constantFrom<Pick<Mark, 'outcome' | 'why'>>({ outcome: 'ok' }, { outcome: 'failed' }, { outcome: 'skipped' }),
  fc.constantFrom('skipped it (deadline)', 'could not be believed').map((why): Pick<Mark, 'outcome' | 'why'> => ({ outcome: 'skipped', why })),
);
const drawnMark = fc.record({ offsetMs: fc.integer({ min: -hour, max: 2 * hour }), saw: drawnOutcome });
const drawnMarks = fc
  .array(drawnMark, { maxLength: 40 })
  .map((marks): Mark[] => marks.map(({ offsetMs, saw }) => ({ at: instant(begins + offsetMs), ...saw })).sort((one, other) => one.at - other.at));
const shop = monitor({ intervalMs: 10 * minute, timeoutMs: 10 * second });
const now = at('08:00');

describe('laws of roll-ups, for any observations', () => {
  it('what is told from them is what the observations themselves tell, to the millisecond', () => {
    fc.assert(
      fc.property(fc.array(drawnMarks, { maxLength: 3 }), fc.nat(3_600_000), fc.nat(3_600_000), (regions, one, other) => {
        const [from, to] = [instant(begins + Math.min(one, other)), instant(begins + Math.max(one, other))];
        const patience = { intervalMs: shop.intervalMs, toleranceMs: shop.timeoutMs + 2 * second };
        const firstAt = instant(Math.min(...regions.map((marks) => marks[0]?.at ?? Number.POSITIVE_INFINITY)));
        const spans = regions.flatMap((marks) => unpacked(rollUp({ monitors: [monitorHour(shop, marks, { ...hourOfTime(begins), now })] }))[0]!.spans);
        expect(tellSpans({ from, to, now, spans, firstAt })).toEqual(tellTime({ from, to, now, ...patience, marks: regions }));
      }),
    );
  });

  it('spans and latency are read as they were written', () => {
    fc.assert(
      fc.property(drawnMarks, fc.array(fc.nat(90_000)), (marks, latencies) => {
        const latency = noLatency();
        for (const ms of latencies) countLatency(latency, ms);
        const { spans } = monitorHour(shop, marks, { ...hourOfTime(begins), now });
        expect(unpacked(rollUp({ monitors: [healthy, { spans, latency }, healthy] }))[1]).toEqual({ spans, latency });
      }),
    );
  });

  it('time is conserved: a window of any hours is the sum of its parts', () => {
    fc.assert(
      fc.property(drawnMarks, (marks) => {
        const spans = monitorHour(shop, marks, { ...hourOfTime(begins), now }).spans;
        const { upMs, downMs, unknownMs, pausedMs } = tellSpans({ from: begins, to: at('05:00'), now, spans });
        expect(upMs + downMs + unknownMs + pausedMs).toBe(hour);
      }),
    );
  });
});

describe('the work of an hour', () => {
  const patience = { cycleMs: 10 * second, slackMs: 5 * second };
  it('is each time in which rounds followed on one another', () => {
    const begun = ['04:00:00', '04:00:10', '04:00:25', '04:10:00'].map(at);
    expect(workIn(begun, patience)).toEqual([
      { from: at('04:00:00'), to: at('04:00:25') },
      { from: at('04:10:00'), to: at('04:10:00') },
    ]);
  });

  it('leaves as much time unwatched as the rounds that it was told from', () => {
    const work = [{ from: at('04:00:00'), to: at('04:00:25') }];
    expect(roundsOf(work, patience.cycleMs)).toEqual(['04:00:00', '04:00:10', '04:00:20', '04:00:25'].map(at));
    expect(workIn(roundsOf(work, patience.cycleMs), patience)).toEqual(work);
  });
});
