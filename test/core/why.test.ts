import type { Head } from '../../src/core/beat';
import { observeArrival } from '../../src/core/freshness';
import type { Sample } from '../../src/core/health';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import type { WatchRecord } from '../../src/core/watch-record';
import { whyOf } from '../../src/core/why';
import type { Onlooking } from '../../src/core/why/onlooking';
import type { IncidentWhyView, MonitorWhyView, RegionWhyView } from '../../src/core/why/why-view';
import { at, config, east, entry, middle, opened, resolved, sample, slot, west } from './builders';

const now = at('00:10:04');

function head(region: Head['region'], over: Partial<Sample> = {}, facts: Partial<Head> = {}): Head {
  const samples = [sample({ slot: slot('00:10'), ...over })];
  return {
    region,
    slot: slot('00:10'),
    by: 'schedule',
    canaries: 'right',
    startedAt: at('00:10'),
    finishedAt: at('00:10:02'),
    covered: 1,
    expected: 1,
    configHash: 'c0ffee000000',
    configMadeAt: at('00:00'),
    codeVersion: '0.1.0',
    bootId: 'boot',
    seen: {},
    samples,
    ...facts,
  } as Head;
}

function record(region: WatchRecord['region'], over: Partial<WatchRecord> = {}): WatchRecord {
  const common = { region, at: at('00:10:02'), seq: 1, watchingSince: at('00:00'), invocationAt: at('00:10'), self: 'well', localHealth: 0 } as const;
  return { ...common, peers: [], watchdogs: [], ...over };
}

function onlooking(over: Partial<Onlooking> & { readonly heard?: readonly Head[] } = {}): Onlooking {
  const heard = over.heard ?? [head(west), head(east)];
  const entries = over.entries ?? [];
  return {
    config: config(),
    now,
    heads: new Map(heard.map((one) => [one.region, one])),
    arrivals: new Map(heard.map((one) => [one.region, observeArrival(undefined, one.slot, { now: at('00:10:02'), cycleMs: 10_000 })])),
    watchRecords: new Map(),
    incidents: foldIncidents(entries),
    entries,
    ...over,
  };
}

function explained<View>(subject: string, seen: Onlooking): View {
  const answer = whyOf(subject, seen);
  if (answer.kind === 'unknown') throw new Error(`${subject} is unknown`);
  return answer.view as View;
}

const opening = entry(opened({ speaker: west }));
const [incident] = foldIncidents([opening]);
const about = aboutStep(incident!, incident!.transitions[0]!);
const announced = entry({ ...about, kind: 'announced', reason: 'first-speaker', text: '' }, { n: 2, at: at('00:10:01') });
const receipt = entry({ ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 3, at: at('00:10:02') });
const failing = { ok: false, run: 2, runSince: slot('00:09:50') };

describe('why a monitor is called what it is', () => {
  const why = (seen: Onlooking) => explained<MonitorWhyView>('shop', seen);

  it('says what each region sees, with its age, its run and how it was reached', () => {
    const { voices } = why(onlooking({ heard: [head(west, failing)] }));
    expect(voices).toEqual([
      {
        region: west,
        says: 'fails',
        health: 'down',
        reason: 'status',
        why: 'status 503, wanted 2xx',
        run: 2,
        since: '2026-11-21T00:09:50.000Z',
        ageMs: 4000,
        address: '192.0.2.10:443',
        phases: expect.objectContaining({ dnsMs: 0 }),
      },
      {
        region: east,
        says: '?',
        health: 'unknown',
        reason: 'never-heard',
        why: 'nothing of it was ever seen from there',
        run: null,
        since: null,
        ageMs: null,
        address: null,
        phases: null,
      },
    ]);
  });

  it('says the rule that decided, in words, and that nothing is to be written', () => {
    expect(why(onlooking())).toMatchObject({
      target: 'https://shop.example.com/',
      verdict: { verdict: 'up', certainty: 'confirmed', reason: 'every-region-succeeds', why: expect.stringContaining('every fresh region succeeds') },
      written: { transition: null, reason: 'nothing-wrong' },
      incident: null,
    });
  });

  it.each([
    ['fails from everywhere, nothing written yet', [], [head(west, failing), head(east, failing)], 'opened', 'every-region-fails'],
    ['fails from everywhere, written down', [opening], [head(west, failing), head(east, failing)], null, 'already-open'],
    ['succeeds, by evidence that is no newer', [opening], [head(west), head(east)], null, 'end-not-newer'],
    ['one fails, one succeeds', [], [head(west, { ...failing, health: 'up', run: 1 }), head(east)], null, 'not-yet-confirmed'],
    ['nothing heard', [opening], [], null, 'nothing-known'],
  ] as const)('%s: what would be written, or why nothing is', (_case, entries, heard, transition, reason) => {
    expect(why(onlooking({ entries, heard })).written).toMatchObject({ transition, reason });
  });

  it('shows its incident: who concluded it from what, who told it and why, and every silence with its reason', () => {
    const view = why(onlooking({ entries: [opening, announced, receipt], heard: [head(west, failing), head(east, failing)] }));
    expect(view.incident!.steps).toEqual([
      {
        course: 'opened',
        condition: 'down',
        severity: 'page',
        concluded: [
          {
            region: west,
            by: 'prober',
            at: '2026-11-21T00:10:00.000Z',
            reason: 'every-region-fails',
            why: expect.stringContaining('the newest sample of every fresh region fails'),
            evidence: { [west]: '2026-11-21T00:10:00.000Z', [east]: '2026-11-21T00:10:00.000Z' },
            facts: ['eu-west-1: status: status 503, wanted 2xx'],
          },
        ],
        told: [
          {
            region: west,
            at: '2026-11-21T00:10:01.000Z',
            reason: 'first-speaker',
            why: expect.stringContaining('speaks at once'),
            gathered: null,
            receipt: { topic: west, at: '2026-11-21T00:10:02.000Z', messageId: 'm' },
            channels: [],
          },
        ],
        now: [west, east, middle].map((region) => ({ region, does: 'keeps silent', reason: 'told', why: expect.stringContaining('accepted it') })),
      },
    ]);
  });

  it('shows who speaks, who notes and who waits while nobody has told it', () => {
    const noted = entry({ ...about, kind: 'noted' }, { region: east, at: at('00:10:01') });
    const view = why(onlooking({ entries: [opening, noted], heard: [head(west, failing), head(east, failing)] }));
    expect(view.incident!.steps[0]!.now).toMatchObject([
      { region: west, does: 'speaks', reason: 'first-speaker' },
      { region: east, does: 'keeps silent', reason: 'waiting-for-my-turn' },
      { region: middle, does: 'notes', reason: 'just-learnt' },
    ]);
  });

  it('shows an announcement without a receipt as what it is', () => {
    const view = why(onlooking({ entries: [opening, announced], heard: [head(west, failing), head(east, failing)] }));
    expect(view.incident!.steps[0]!.told).toMatchObject([{ region: west, receipt: null }]);
    expect(view.incident!.steps[0]!.now[0]).toMatchObject({ reason: 'being-sent' });
  });

  it("does not take another region's receipt for it, such as one of which only a restatement is left", () => {
    const elsewhere = entry({ ...about, kind: 'receipt', level: 'accepted', topic: east, messageId: 'other' }, { region: east, n: 3, at: at('00:10:02') });
    const view = why(onlooking({ entries: [opening, announced, elsewhere], heard: [head(west, failing), head(east, failing)] }));
    expect(view.incident!.steps[0]!.told).toMatchObject([
      { region: west, reason: 'first-speaker', receipt: null },
      { region: east, reason: 'told', receipt: { messageId: 'other' } },
    ]);
  });
});

describe('why an incident went as it did', () => {
  const end = entry(resolved(), { n: 4, at: at('00:20') });
  const earlier = entry(opened({ speaker: east }), { region: east, at: at('00:09:59') });

  it('is told under its id and under any id that it had', () => {
    const seen = onlooking({ entries: [earlier, opening, announced, receipt] });
    const view = explained<IncidentWhyView>(incident!.id, seen);
    expect(view.id).not.toBe(incident!.id);
    expect(view.aliases).toEqual([incident!.id]);
    expect(view.steps[0]!.concluded.map(({ region }) => region)).toEqual([east, west]);
    expect(explained<IncidentWhyView>(view.id, seen)).toEqual(view);
  });

  it('an end that somebody repeated when it was told is concluded once', () => {
    const toldEnd = entry(
      { ...about, transition: 'resolved', kind: 'announced', reason: 'first-speaker', text: '', of: end.body as never },
      { n: 5, at: at('00:20') },
    );
    const view = explained<IncidentWhyView>(incident!.id, onlooking({ entries: [opening, end, toldEnd] }));
    expect(view).toMatchObject({ state: 'resolved', resolvedAt: '2026-11-21T00:20:00.000Z' });
    expect(view.steps[1]!.concluded).toHaveLength(1);
    const onlyTold = explained<IncidentWhyView>(incident!.id, onlooking({ entries: [opening, toldEnd] }));
    expect(onlyTold.steps[1]!.concluded).toHaveLength(1);
  });

  it('each step has its own decisions, among those of all incidents', () => {
    const other = entry(opened({ key: 'search:availability', subject: 'search' }), { n: 9, at: at('00:01') });
    const view = explained<IncidentWhyView>(incident!.id, onlooking({ entries: [other, opening, announced, receipt, end], now: at('00:20:30') }));
    expect(view.steps.map((step) => step.now[0]!.reason)).toEqual(['told', 'first-speaker']);
  });
});

describe('why a region is called what it is', () => {
  const silent = { region: east, state: 'silent', since: at('00:09:30'), reason: 'local replica old, direct read failed' } as const;
  const why = (seen: Onlooking) => explained<RegionWhyView>(east, seen);

  it('says what every observer finds of its prober and its watchdog, path by path', () => {
    const watchdogs = [{ region: east, state: 'watching', since: at('00:01'), reason: 'its watch record is fresh' }] as const;
    const view = why(onlooking({ watchRecords: new Map([[west, record(west, { peers: [silent], watchdogs })]]) }));
    expect(view.beat).toMatchObject({ slot: '2026-11-21T00:10:05.000Z', covered: 1, expected: 1, canaries: 'right', isOutdated: false });
    expect(view.observers).toEqual([
      {
        observer: west,
        ageMs: 2000,
        self: 'well',
        prober: {
          state: 'silent',
          since: '2026-11-21T00:09:30.000Z',
          paths: 'local replica old, direct read failed',
          written: { reason: 'silent', why: expect.stringContaining('as soon as its observer looks again') },
        },
        watchdog: {
          state: 'watching',
          since: '2026-11-21T00:01:00.000Z',
          paths: 'its watch record is fresh',
          written: { reason: 'nothing-wrong', why: 'all is well, and nothing is open' },
        },
      },
    ]);
  });

  it.each([
    ['silent', [], 'silent'],
    ['silent', ['silent'], 'already-open'],
    ['link-lost', [], 'not-long-enough'],
    ['late', [], 'nothing-known'],
    ['reporting', [], 'nothing-wrong'],
  ] as const)('%s while %j is open: %s', (state, open, reason) => {
    const entries = open.map((condition) => entry(opened({ condition, family: 'watch', key: `prober:${east}:watch`, subject: `prober:${east}` })));
    const view = why(onlooking({ entries, watchRecords: new Map([[west, record(west, { peers: [{ ...silent, state }] })]]) }));
    expect(view.observers[0]!.prober!.written.reason).toBe(reason);
    expect(view.incidents).toHaveLength(open.length);
  });

  it('says how long something has to last', () => {
    const view = why(onlooking({ watchRecords: new Map([[west, record(west, { peers: [{ ...silent, state: 'link-lost' }] })]]) }));
    expect(view.observers[0]!.prober!.written.why).toBe('it is written down when it has lasted 10 min');
  });

  it('says that another region has a newer configuration', () => {
    const newer = head(west, {}, { configHash: 'newer', configMadeAt: at('00:05') });
    expect(why(onlooking({ heard: [newer, head(east)] })).beat!.isOutdated).toBe(true);
    const older = head(west, {}, { configHash: 'older', configMadeAt: at('00:00') });
    expect(why(onlooking({ heard: [older, head(east)] })).beat!.isOutdated).toBe(false);
  });

  it.each(['prober:us-east-2', 'watchdog:us-east-2', 'outside:us-east-2'])('may be asked by the name that a message has: %s', (subject) => {
    expect(whyOf(subject, onlooking())).toEqual({ kind: 'found', view: why(onlooking()) });
  });

  it('of a witness there is no beat', () => {
    expect(explained<RegionWhyView>(middle, onlooking())).toMatchObject({ role: 'witness', beat: null, observers: [], incidents: [] });
  });

  it('asks each observer what it finds itself, to know who may speak first', () => {
    const about = { condition: 'silent', family: 'watch', key: `prober:${east}:watch`, subject: `prober:${east}`, speaker: middle } as const;
    const entries = [entry(opened(about))];
    const finds = (state: 'silent' | 'reporting') => new Map([[middle, record(middle, { peers: [{ ...silent, state }] })]]);
    const now = (records: Onlooking['watchRecords']) => why(onlooking({ entries, watchRecords: records })).incidents[0]!.steps[0]!.now;
    expect(now(finds('silent')).find(({ region }) => region === middle)).toMatchObject({ does: 'speaks' });
    expect(now(finds('reporting')).find(({ region }) => region === middle)).toMatchObject({ does: 'notes' });
  });
});

it('what nothing is called is answered with everything that can be asked about', () => {
  const entries: readonly LogEntry[] = [opening];
  expect(whyOf('shap', onlooking({ entries }))).toEqual({ kind: 'unknown', known: ['shop', west, east, middle, incident!.id] });
});
