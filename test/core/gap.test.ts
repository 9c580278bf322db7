import fc from 'fast-check';
import type { Instant } from '../../src/core/basics/brand';
import { hour, minute, second } from '../../src/core/basics/time';
import {
  isTold,
  knownBefore,
  knownGaps,
  lengthMs,
  looksDue,
  monitoringKey,
  notYetIn,
  remaining,
  toldAfterwards,
  unwatchedStretches,
  type Work,
} from '../../src/core/gap';
import { sayCause, sayProbers } from '../../src/core/gap-cause';
import { gapViews, lookedAtNow } from '../../src/core/gap-views';
import { foldIncidents } from '../../src/core/incident';
import type { EvidenceSlots, GapRevision, LogEntry } from '../../src/core/log';
import { decodeLogEntry, encodeLogEntry } from '../../src/core/log-item';
import type { Span, Stretch } from '../../src/core/timeline';
import { at, east, entry, middle, opened, resolved, seconds, slot, west } from './builders';

const patience = { cycleMs: 10 * second, slackMs: 60 * second };

/** A round every ten seconds between two times. */
function steady(from: string, to: string): Instant[] {
  const begun: Instant[] = [];
  for (let time: number = at(from); time < at(to); time += 10 * second) begun.push(time as Instant);
  return begun;
}

const stretch = (from: string, to: string): Stretch => ({ from: at(from), to: at(to) });

function revision(stretches: readonly Stretch[], over: Partial<GapRevision> = {}): GapRevision {
  return {
    kind: 'gap',
    key: monitoringKey,
    of: '2026-11-21T00:10:00.000Z',
    revision: 0,
    stretches,
    cause: 'no prober reported',
    before: { [west]: slot('00:09:50') },
    ...over,
  };
}

describe('time that nobody watched', () => {
  it('is nothing while rounds follow on', () => {
    expect(unwatchedStretches(steady('00:00', '00:20'), patience)).toEqual([]);
  });

  it('begins when the last observation no longer holds, and ends with the first new one', () => {
    expect(unwatchedStretches([...steady('00:00', '00:10'), ...steady('00:20', '00:21')], patience)).toEqual([stretch('00:10', '00:20')]);
  });

  it('is not a gap while it may be tolerated', () => {
    expect(unwatchedStretches([at('00:00'), at('00:01:10')], patience)).toEqual([]);
    expect(unwatchedStretches([at('00:00'), at('00:01:11')], patience)).toHaveLength(1);
  });

  it('shrinks by what comes to light later, and may fall into pieces', () => {
    const tight = { ...patience, slackMs: 5 * second };
    expect(remaining([stretch('00:10', '00:20')], steady('00:14', '00:16'), tight)).toEqual([stretch('00:10', '00:14'), stretch('00:16', '00:20')]);
    expect(remaining([stretch('00:10', '00:20')], steady('00:10', '00:20'), tight)).toEqual([]);
  });
});

it('law: what comes to light never makes a gap longer, whatever was known before', () => {
  const begun = fc.array(fc.nat(1200).map(seconds), { maxLength: 30 });
  fc.assert(
    fc.property(begun, begun, fc.nat(60), (known, more, slack) => {
      const loose = { cycleMs: 10 * second, slackMs: slack * second };
      const before = unwatchedStretches(known, loose);
      const after = remaining(before, [...known, ...more], loose);
      expect(lengthMs(after)).toBeLessThanOrEqual(lengthMs(before));
      for (const piece of after) expect(before.some((whole) => piece.from >= whole.from && piece.to <= whole.to)).toBe(true);
    }),
  );
});

describe('a gap in the log', () => {
  const whole = entry(revision([stretch('00:10', '00:20')]), { n: 1, at: at('00:20:05') });
  const smaller = entry(revision([stretch('00:15', '00:20')], { revision: 1 }), { n: 2, at: at('00:22') });
  const elsewhere = entry(revision([stretch('00:10', '00:20')]), { region: east, writer: east, n: 1, at: at('00:20:06') });

  it('is read as it was written', () => {
    expect(decodeLogEntry(encodeLogEntry(smaller))).toEqual(smaller);
  });

  it('keeps every revision that says something new', () => {
    const [gap] = knownGaps([smaller, elsewhere, whole]);
    expect(gap?.revisions.map(({ at: time, body }) => [time, body.stretches])).toEqual([
      [at('00:20:05'), [stretch('00:10', '00:20')]],
      [at('00:22'), [stretch('00:15', '00:20')]],
    ]);
  });

  it('law: is the same for any order and duplication of the logs', () => {
    const drawn = fc.array(
      fc
        .record({ n: fc.nat(5), of: fc.constantFrom('a', 'b'), length: fc.nat(3), time: fc.nat(5) })
        .map(({ n, of, length, time }) =>
          entry(revision(length === 0 ? [] : [{ from: seconds(0), to: seconds(length) }], { of }), { n: n * 100 + length * 10 + time, at: seconds(time) }),
        ),
    );
    fc.assert(
      fc.property(drawn, fc.integer(), (entries, turn) => {
        const shuffled: LogEntry[] = [...entries, ...entries.slice(0, 3)].sort((one, other) => ((one.n * 31 + turn) % 7) - ((other.n * 31 + turn) % 7));
        expect(knownGaps(shuffled)).toEqual(knownGaps(entries));
      }),
    );
  });

  it.each([
    [0, 0],
    [minute - 1, 0],
    [minute, 1],
    [10 * minute, 4],
    [hour, 5],
    [3 * hour, 0],
  ])('%d ms after it was found, %d looks at it are due', (sinceMs, due) => {
    expect(looksDue(sinceMs)).toBe(due);
  });

  it('is shown with its revisions, and with what came since as one more', () => {
    const seen = { window: stretch('00:00', '01:00'), patience: { ...patience, slackMs: 5 * second }, now: at('01:00') };
    const gap = { ...stretch('00:15', '00:20'), cause: 'no prober reported' as const, why: '' };
    const shown = gapViews([gap], lookedAtNow(knownGaps([whole])[0]!, { ...seen, begun: steady('00:10', '00:15') }));
    expect(shown.gaps[0]?.revisions.map(({ at: time, from, to }) => [time, from, to].map((text) => text.slice(11, 16)))).toEqual([
      ['00:20', '00:10', '00:20'],
      ['01:00', '00:15', '00:20'],
    ]);
  });

  it('is shown among the former ones where nothing is left of it, and nowhere in a window that does not touch it', () => {
    const seen = { patience: { ...patience, slackMs: 5 * second }, now: at('01:00'), begun: steady('00:10', '00:20') };
    const [gap] = knownGaps([whole]);
    const shown = gapViews([], lookedAtNow(gap!, { ...seen, window: stretch('00:00', '01:00') }));
    expect(shown).toMatchObject({ gaps: [], formerGaps: [{ from: '2026-11-21T00:10:00.000Z', revisions: [{}, { cause: 'beats of that time came late' }] }] });
    expect(lookedAtNow(gap!, { ...seen, window: stretch('00:20', '01:00') })).toEqual([]);
  });
});

describe('a gap that is told when it is over', () => {
  const work: readonly Work[] = [
    { region: west, slot: slot('00:20'), begunAt: at('00:20') },
    { region: east, slot: slot('00:20:10'), begunAt: at('00:20:15') },
  ];
  const told = toldAfterwards({
    stretches: [stretch('00:10', '00:20')],
    cause: 'no prober reported: nothing was said of eu-west-1',
    before: { [west]: slot('00:09:50'), [east]: slot('00:09:40') },
    now: {},
    work,
    probers: [west, east],
    monitors: 3,
    speaker: middle,
  });
  const entries = [entry(told.opened, { n: 1, at: at('00:21') }), entry(told.resolved, { n: 2, at: at('00:21') })];

  it('says from when to when, how long and why', () => {
    expect(told.resolved.facts).toEqual([
      'nobody watched from 2026-11-21 00:10:00 UTC to 2026-11-21 00:20:00 UTC: 10 min',
      'cause: no prober reported: nothing was said of eu-west-1; nobody could tell it while it lasted',
      '3 monitors are unknown for that time, and the reports show it so',
    ]);
  });

  it('is over as soon as it is written down, whoever else writes it too', () => {
    const others = entries.map((one) => ({ ...one, region: east, writer: east }));
    expect(foldIncidents([...entries, ...others])).toMatchObject([{ condition: 'unwatched', transitions: [{ kind: 'opened' }, { kind: 'resolved' }] }]);
  });

  it('counts as told: itself, and an incident that was open during it', () => {
    expect(isTold(stretch('00:10', '00:20'), {}, foldIncidents(entries))).toBe(true);
    expect(isTold(stretch('00:30', '00:40'), {}, foldIncidents(entries))).toBe(false);
    const live = opened({ key: monitoringKey, subject: 'monitoring', family: 'coverage', condition: 'unwatched', evidence: { [west]: slot('00:29:50') } });
    const open = foldIncidents([...entries, entry(live, { n: 3, at: at('00:31') })]);
    expect(isTold(stretch('00:30', '00:40'), {}, open)).toBe(true);
    expect(isTold(stretch('00:25', '00:27'), {}, open)).toBe(false);
  });
});

it('what was known before is from before, of whatever time it calls itself: an end that rests on it tells nothing, and an opening does', () => {
  const ofMonitoring = { key: monitoringKey, subject: 'monitoring', family: 'coverage' } as const;
  const known = { [west]: slot('00:21') };
  const early = entry(opened({ ...ofMonitoring, condition: 'unwatched', evidence: { [west]: slot('00:05') } }), { n: 1, at: at('00:06') });
  const over = entry(resolved({ ...ofMonitoring, evidence: known }), { n: 2, at: at('00:10') });
  expect(isTold(stretch('00:10', '00:20'), known, foldIncidents([early, over]))).toBe(false);
  expect(isTold(stretch('00:10', '00:20'), {}, foldIncidents([early, over]))).toBe(true);
  const live = entry(opened({ ...ofMonitoring, condition: 'unwatched', evidence: known }), { n: 1, at: at('00:12') });
  expect(isTold(stretch('00:10', '00:20'), known, foldIncidents([live]))).toBe(true);
  expect(isTold(stretch('00:10', '00:20'), {}, foldIncidents([live]))).toBe(false);
});

it.each<[string, [string, string][], [string, string][]]>([
  ['nothing', [], [['00:10', '00:20']]],
  ['its end', [['00:15', '00:20']], [['00:10', '00:15']]],
  [
    'its middle',
    [['00:13', '00:15']],
    [
      ['00:10', '00:13'],
      ['00:15', '00:20'],
    ],
  ],
  [
    'all of it, in pieces',
    [
      ['00:14', '00:25'],
      ['00:05', '00:14'],
    ],
    [],
  ],
  ['all but as much as is tolerated', [['00:11', '00:25']], []],
  [
    'other times',
    [
      ['00:05', '00:10'],
      ['00:20', '00:25'],
    ],
    [['00:10', '00:20']],
  ],
])('of a stretch of which %s is written down: what is left', (_case, known, left) => {
  const stretches = (times: [string, string][]) => times.map(([from, to]) => stretch(from, to));
  expect(notYetIn(stretch('00:10', '00:20'), stretches(known), 60 * second)).toEqual(stretches(left));
});

it('what was told afterwards counts as told, also where it became one incident with an opening of later', () => {
  const ofMonitoring = { key: monitoringKey, subject: 'monitoring', family: 'coverage' } as const;
  const unwatched = (westTime: string, eastTime: string) =>
    opened({ ...ofMonitoring, condition: 'unwatched', evidence: { [west]: slot(westTime), [east]: slot(eastTime) } });
  const later = entry(unwatched('00:20', '00:04'), { n: 1, at: at('00:22') });
  const told = entry(unwatched('00:04', '00:09'), { n: 2, at: at('00:24') });
  const over = entry(resolved({ ...ofMonitoring, evidence: { [west]: slot('00:20'), [east]: slot('00:09') } }), { n: 3, at: at('00:24') });
  const incidents = foldIncidents([later, told, over]);
  expect(incidents.map(({ transitions }) => transitions.map(({ entries }) => entries.length))).toEqual([[2, 1]]);
  expect(isTold(stretch('00:10', '00:20'), { [west]: slot('00:04'), [east]: slot('00:04') }, incidents)).toBe(true);
});

it('a gap that is told by whoever knew less than an earlier end is still an incident of its own: it rests on what that end knew', () => {
  const ofMonitoring = { key: monitoringKey, subject: 'monitoring', family: 'coverage' } as const;
  const earlier = [
    entry(opened({ ...ofMonitoring, condition: 'unwatched', evidence: { [west]: slot('00:10'), [east]: slot('00:05') } }), { n: 1, at: at('00:11') }),
    entry(resolved({ ...ofMonitoring, evidence: { [west]: slot('00:20'), [east]: slot('00:05') } }), { n: 2, at: at('00:20') }),
  ];
  const later = stretch('00:30', '00:40');
  const gap = { stretches: [later], cause: 'no prober reported', now: {}, probers: [west, east], monitors: 3, speaker: middle } as const;
  const work: readonly Work[] = [{ region: east, slot: slot('00:40'), begunAt: at('00:40') }];
  const isToldResting = (before: EvidenceSlots): boolean => {
    const told = toldAfterwards({ ...gap, before, work });
    return isTold(later, before, foldIncidents([...earlier, entry(told.opened, { n: 3, at: at('00:42') }), entry(told.resolved, { n: 4, at: at('00:42') })]));
  };
  const before = { [west]: slot('00:20'), [east]: slot('00:04') };
  expect(isToldResting(before)).toBe(false);
  const known = knownBefore(later, before, foldIncidents(earlier));
  expect(known).toEqual({ [west]: slot('00:20'), [east]: slot('00:05') });
  expect(isToldResting(known)).toBe(true);
  const knewLess = { [west]: slot('00:10'), [east]: slot('00:04') };
  expect(knownBefore(stretch('00:15', '00:18'), knewLess, foldIncidents(earlier))).toEqual(knewLess);
});

describe('the cause of a gap', () => {
  const key = 'prober:eu-west-1:watch';
  const silent = entry(opened({ key, subject: 'prober:eu-west-1', family: 'watch', condition: 'silent' }), { n: 1, at: at('00:11') });
  const over = entry(resolved({ key, subject: 'prober:eu-west-1', family: 'watch' }), { n: 2, at: at('00:20') });
  const incidents = foldIncidents([silent, over]);

  it('names what was said of each prober in that time', () => {
    expect(sayProbers(stretch('00:10', '00:20'), [west, east], incidents)).toBe('eu-west-1 silent, nothing was said of us-east-2');
    expect(sayProbers(stretch('00:20', '00:30'), [west], incidents)).toBe('nothing was said of eu-west-1');
  });

  it('names why a prober that reported left the monitor out', () => {
    const spans = new Map<typeof west, readonly Span[]>([
      [west, []],
      [east, [{ ...stretch('00:12', '00:13'), outcome: 'skipped', why: 'could not be believed (canaries: nothing-answered)' }]],
    ]);
    const gap = { ...stretch('00:12', '00:14'), cause: 'probers reported but did not cover this monitor' as const };
    expect(sayCause(gap, { spans, incidents })).toBe('eu-west-1 silent, us-east-2 could not be believed (canaries: nothing-answered)');
    expect(sayCause({ ...gap, cause: 'no prober reported' }, { spans, incidents, asleep: [gap] })).toBe('asleep');
    expect(sayCause({ ...gap, cause: 'in the future' }, { spans, incidents })).toBe('');
  });
});
