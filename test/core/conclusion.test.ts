import { minute } from '../../src/core/basics/time';
import { conclude, type Finding } from '../../src/core/conclusion';
import { foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { watchFinding } from '../../src/core/watch-finding';
import { watchdogFinding } from '../../src/core/watchdog-finding';
import { at, east, entry, opened, resolved, slot, west } from './builders';

const { condition: _condition, reason: _reason, evidence: _evidence, kind: _kind, facts, ...about } = opened();
const finding = (condition: Finding['condition'], time: string): Finding => ({
  condition,
  reason: 'every-region-fails',
  evidence: { [west]: slot(time), [east]: slot(time) },
  about,
  facts: () => facts,
});

const mixed: Finding = { ...finding('partial', '00:30'), evidence: { [west]: slot('00:30'), [east]: slot('00:11') } };

const latest = (...entries: LogEntry[]) => foldIncidents(entries).at(-1);
const down = entry(opened());
const ticket = entry(opened({ severity: 'ticket' }));
const up = entry(resolved(), { n: 2, at: at('00:20') });
const eased = entry(
  { ...opened({ condition: 'partial', evidence: { [west]: slot('00:15'), [east]: slot('00:15') } }), kind: 'changed' },
  { n: 2, at: at('00:15') },
);
const downElsewhere = entry(opened({ evidence: { [west]: slot('00:12'), [east]: slot('00:12') } }), { region: east, at: at('00:12') });
const downAhead = entry(opened({ evidence: { [west]: slot('00:10'), [east]: slot('00:12') } }));
const upInTheWest = entry(resolved({ evidence: { [west]: slot('00:20') } }), { n: 2, at: at('00:20') });
const upElsewhere = entry(resolved({ evidence: { [west]: slot('00:21'), [east]: slot('00:19') } }), { region: east, at: at('00:21') });

describe('what is written down, and what is not, with its reason', () => {
  it.each([
    ['down, nothing open', finding('down', '00:10'), undefined, 'opened'],
    ['down again, long after the resolution', finding('down', '00:40'), latest(down, up), 'opened'],
    ['down, open already', finding('down', '00:11'), latest(down), 'already-open'],
    ['partial, open as down', finding('partial', '00:11'), latest(down), 'changed'],
    ['partial, open as down, but seen before it opened', finding('partial', '00:09'), latest(down), 'change-not-newer'],
    ['well, open, newer evidence', finding('well', '00:20'), latest(down), 'resolved'],
    ['well, open, evidence from before', finding('well', '00:09'), latest(down), 'end-not-newer'],
    ['well, nothing open', finding('well', '00:20'), undefined, 'nothing-wrong'],
    ['page, open as ticket', finding('down', '00:11'), latest(ticket), 'changed'],
    ['page, open as ticket, but by evidence that is not newer', finding('down', '00:10'), latest(ticket), 'change-not-newer'],
    ['ticket, open as page', { ...finding('down', '00:11'), about: { ...about, severity: 'ticket' as const } }, latest(down), 'milder-than-told'],
    ['seen failing, not yet confirmed', { ...finding(undefined, '00:20'), reason: 'not-yet-confirmed' }, latest(down), 'not-yet-confirmed'],
    ['found for too short a time', { ...finding(undefined, '00:20'), undecided: 'not-long-enough' as const }, undefined, 'not-long-enough'],
    ['nothing known, though open', finding(undefined, '00:20'), latest(down), 'nothing-known'],
    ['down by a view that is ahead of the resolution in one region and behind in the other', mixed, latest(down, up), 'behind-the-end'],
    ['down by a view that lags behind the resolution', finding('down', '00:11'), latest(down, up), 'behind-the-end'],
    ['well by a view that knows the opening but not the change', finding('well', '00:12'), latest(down, eased), 'end-not-newer'],
    ['well by a view that knows one opening but not the other', finding('well', '00:11'), latest(down, downElsewhere), 'end-not-newer'],
    ['down by a view behind the opening only, where the resolution never heard that region', mixed, latest(downAhead, upInTheWest), 'opened'],
    ['down by a view that lags behind one of two resolutions', finding('down', '00:20'), latest(down, up, upElsewhere), 'behind-the-end'],
  ] as const)('%s: %s', (_case, found, incident, expected) => {
    const conclusion = conclude(found, incident);
    expect(conclusion.kind === 'write' ? conclusion.body.kind : conclusion.why).toBe(expected);
  });
});

it('silence says that it is silence', () => {
  expect(conclude(finding('well', '00:20'), undefined)).toEqual({ kind: 'nothing', why: 'nothing-wrong' });
});

describe('what a watcher finds for too short a time', () => {
  const found = { evidence: {}, newest: slot('00:10'), speakers: [west, east], me: west, now: at('00:10') };
  const peer = (state: 'link-lost' | 'late' | 'silent') => watchFinding({ ...found, subject: east, watch: { state, reason: '' }, lastsMs: 1000 });
  const self = (state: 'refused' | 'isolated', { lastsMs, couldStore } = { lastsMs: 1000, couldStore: true }) =>
    watchdogFinding({ ...found, subject: west, state: 'watching', reason: '', self: state, selfReason: '', isMyself: true, lastsMs, couldStore });

  it.each([
    ['link-lost', peer('link-lost'), 'not-long-enough'],
    ['late', peer('late'), 'nothing-known'],
    ['silent', peer('silent'), 'opened'],
    ['refused itself', self('refused'), 'not-long-enough'],
    ['refused itself, for long', self('refused', { lastsMs: minute, couldStore: true }), 'opened'],
    ['refused itself, for long, and no store takes what it finds', self('refused', { lastsMs: minute, couldStore: false }), 'nothing-known'],
    ['isolated itself', self('isolated'), 'nothing-known'],
  ] as const)('%s', (_case, one, expected) => {
    const conclusion = conclude(one, undefined);
    expect(conclusion.kind === 'write' ? conclusion.body.kind : conclusion.why).toBe(expected);
  });
});
