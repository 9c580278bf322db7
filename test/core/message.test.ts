import { foldIncidents } from '../../src/core/incident';
import { wordsFor } from '../../src/core/message/message';
import { at, entry, opened, resolved, west } from './builders';

function words(over: Parameters<typeof opened>[0] = {}, isResolved = false) {
  const entries = [entry(opened(over)), ...(isResolved ? [entry(resolved(), { n: 2, at: at('00:20') })] : [])];
  const incident = foldIncidents(entries)[0]!;
  return wordsFor({ incident, transition: incident.transitions.at(-1)!, reason: 'first-speaker', by: west, now: at('00:20:04') });
}

it('a page reads on a watch, and then gives its evidence', () => {
  expect(words()).toMatchObject({ subject: 'PAGE shop is DOWN (confirmed)' });
  expect(words().text.split('\n')).toEqual([
    'PAGE shop is DOWN (confirmed)',
    'since: 2026-11-21 00:10:00 UTC (10 min ago)',
    'eu-west-1: status: status 503, wanted 2xx',
    'concluded because: every-region-fails',
    'dedup key: shop:availability',
    expect.stringMatching(/^incident: [0-9a-f]{12}$/),
    'told by: eu-west-1 (first-speaker)',
    'runbook: docs/runbook.md#monitor-down',
    expect.stringMatching(/^next reminder: 2026-11-21 00:40:00 UTC, unless somebody takes it: twinwatch ack [0-9a-f]{12}$/),
    'identity not proven: do not power-cycle on this evidence',
  ]);
});

it('says when it rests on a single witness', () => {
  expect(words({ certainty: 'single-witness' }).subject).toBe('PAGE shop is DOWN (single witness)');
});

it('a resolution says how long it lasted', () => {
  expect(words({}, true).subject).toBe('RESOLVED shop is up again');
  expect(words({}, true).text).toContain('resolved: 2026-11-21 00:20:00 UTC, after 10 min');
});

it('programs get one JSON object with the dedup key, the incident and what happened', () => {
  expect(JSON.parse(words().json)).toMatchObject({
    version: 1,
    kind: 'opened',
    key: 'shop:availability',
    monitor: 'shop',
    condition: 'down',
    severity: 'page',
    certainty: 'confirmed',
    region: 'eu-west-1',
    openedAt: '2026-11-21T00:10:00.000Z',
  });
  expect(JSON.parse(words({}, true).json)).toMatchObject({ kind: 'resolved', condition: 'well', resolvedAt: '2026-11-21T00:20:00.000Z' });
});

it.each([['a name that is long '.repeat(12)], ['sch\u00f6n\nb\u00f6se']])('keeps the subject within what SNS takes: %j', (subject) => {
  expect(words({ subject, key: `${subject}:availability` }).subject).toMatch(/^[ -~]{1,99}$/);
});
