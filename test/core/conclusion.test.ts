import { conclude, type Finding } from '../../src/core/conclusion';
import { foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
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
const up = entry(resolved(), { n: 2, at: at('00:20') });

describe('what is written down, and what is not, with its reason', () => {
  it.each([
    ['down, nothing open', finding('down', '00:10'), undefined, 'opened'],
    ['down again, long after the resolution', finding('down', '00:40'), latest(down, up), 'opened'],
    ['down, open already', finding('down', '00:11'), latest(down), 'already-open'],
    ['partial, open as down', finding('partial', '00:11'), latest(down), 'changed'],
    ['partial, open as down, but seen before it opened', finding('partial', '00:09'), latest(down), 'evidence-not-newer'],
    ['well, open, newer evidence', finding('well', '00:20'), latest(down), 'resolved'],
    ['well, open, evidence from before', finding('well', '00:09'), latest(down), 'evidence-not-newer'],
    ['well, nothing open', finding('well', '00:20'), undefined, 'nothing-wrong'],
    ['nothing known, though open', finding(undefined, '00:20'), latest(down), 'nothing-known'],
    ['down by a view that is ahead of the resolution in one region and behind in the other', mixed, latest(down, up), 'evidence-not-newer'],
    ['down by a view that lags behind the resolution', finding('down', '00:11'), latest(down, up), 'evidence-not-newer'],
  ] as const)('%s: %s', (_case, found, incident, expected) => {
    const conclusion = conclude(found, incident);
    expect(conclusion.kind === 'write' ? conclusion.body.kind : conclusion.why).toBe(expected);
  });
});
