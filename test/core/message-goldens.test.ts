import { type Condition, conditions, type Family, isOfMonitor, rowOf } from '../../src/core/condition';
import { foldIncidents, type Incident } from '../../src/core/incident';
import { dedupKey, type LogEntry, type Opened } from '../../src/core/log';
import { wordsFor } from '../../src/core/message/message';
import { at, east, entry, opened, resolved, slot, west } from './builders';

const subjects: Readonly<Record<Family, string>> = {
  availability: 'checkout',
  identity: 'checkout',
  watch: 'prober:us-east-2',
  coverage: 'prober:us-east-2',
  channel: 'outside:us-east-2',
};
const seen = (time: string) => ({ [west]: slot(time), [east]: slot(time) });

function matter(condition: Condition, over: Partial<Opened> = {}): Opened {
  const { family, severity } = rowOf(condition);
  const subject = over.subject ?? (condition === 'unwatched' ? 'monitoring' : subjects[family]);
  const isGiven = severity === 'page' || severity === 'ticket';
  return opened({ key: dedupKey(subject, family), subject, family, condition, severity: isGiven ? severity : 'page', certainty: 'single-witness', ...over });
}

const tell = (entries: readonly LogEntry[], pick: (incident: Incident) => Incident['transitions'][number] = ({ transitions }) => transitions.at(-1)!) => {
  const incident = foldIncidents(entries)[0]!;
  return wordsFor({ incident, transition: pick(incident), reason: 'first-speaker', by: west, now: at('00:50') });
};

/** What a person reads on a small screen, when it begins and when it is over. */
const headlines: Readonly<Record<Condition, readonly [string, string]>> = {
  down: ['PAGE checkout is DOWN (single witness)', 'RESOLVED checkout is up again'],
  partial: ['PAGE checkout is DOWN FROM SOME REGIONS (single witness)', 'RESOLVED checkout is up from every region again'],
  flaky: ['PAGE checkout is FLAKY (single witness)', 'RESOLVED checkout is steady again'],
  misidentified: ['PAGE checkout is MISIDENTIFIED: who answers has not proven to be it (single witness)', 'RESOLVED checkout is answered by itself again'],
  silent: ['PAGE prober:us-east-2 is SILENT (single witness)', 'RESOLVED prober:us-east-2 reports again'],
  hung: ['PAGE prober:us-east-2 is HUNG: it begins rounds and finishes none (single witness)', 'RESOLVED prober:us-east-2 finishes rounds again'],
  stopped: ['PAGE prober:us-east-2 is STOPPED: nothing invokes it (single witness)', 'RESOLVED prober:us-east-2 is invoked by its schedule again'],
  'store-down': ['PAGE prober:us-east-2 WORKS BUT CANNOT STORE what it sees (single witness)', 'RESOLVED prober:us-east-2 can store what it sees again'],
  'link-lost': ['TICKET prober:us-east-2 is seen only through a third region (single witness)', 'RESOLVED prober:us-east-2 is seen directly again'],
  'replication-stuck': ['TICKET prober:us-east-2 does not replicate to here (single witness)', 'RESOLVED prober:us-east-2 replicates again'],
  skewed: ['TICKET prober:us-east-2 runs an OLDER CONFIGURATION (single witness)', 'RESOLVED prober:us-east-2 runs the newest configuration again'],
  'watcher-silent': ['PAGE prober:us-east-2 has STOPPED WATCHING (single witness)', 'RESOLVED prober:us-east-2 watches again'],
  alone: ['PAGE prober:us-east-2 SEES NOBODY: it may be that region itself (single witness)', 'RESOLVED prober:us-east-2 sees others again'],
  refused: ['TICKET prober:us-east-2 is REFUSED by AWS (single witness)', 'RESOLVED prober:us-east-2 is let in by AWS again'],
  skipping: ['PAGE prober:us-east-2 SKIPS monitors (single witness)', 'RESOLVED prober:us-east-2 covers every monitor again'],
  lying: ['PAGE prober:us-east-2 cannot be BELIEVED: its canaries read wrong (single witness)', 'RESOLVED prober:us-east-2 reads its canaries right again'],
  untold: ['TICKET outside:us-east-2 DOES NOT TAKE PINGS: soon it will ring (single witness)', 'RESOLVED outside:us-east-2 takes pings again'],
  undelivered: ['TICKET outside:us-east-2 DOES NOT TAKE MESSAGES (single witness)', 'RESOLVED outside:us-east-2 takes messages again'],
  unproven: [
    'TICKET outside:us-east-2 is UNPROVEN: nothing shows that it still reaches anybody (single witness)',
    'RESOLVED outside:us-east-2 is proven again',
  ],
  unwatched: ['PAGE monitoring is DOWN: nobody watches (single witness)', 'RESOLVED monitoring goes on'],
};

describe.each(conditions)('what is told of "%s"', (condition) => {
  const end = (): LogEntry => {
    const { key, subject, family } = matter(condition);
    return entry(resolved({ key, subject, family, evidence: seen('00:40') }), { n: 2, at: at('00:40') });
  };

  it('can be read on a watch, when it begins and when it is over', () => {
    const begins = tell([entry(matter(condition))]).subject;
    expect([begins, tell([entry(matter(condition)), end()]).subject]).toEqual(headlines[condition]);
    expect(begins).toMatch(/^[ -~]{1,99}$/);
  });

  it('links its section of the runbook', () => {
    const section = isOfMonitor(rowOf(condition).family) ? `monitor-${condition}` : condition;
    for (const entries of [[entry(matter(condition))], [entry(matter(condition)), end()]])
      expect(tell(entries).text).toMatch(new RegExp(`^runbook: docs/runbook\\.md#${section}$`, 'm'));
  });
});

it('a page about a skipping prober names the monitors', () => {
  const facts = ['us-east-2 covered 5 of 8 monitors in its newest round', 'not covered: checkout, payments, search'];
  expect(tell([entry(matter('skipping', { facts, reason: '3 of 8 monitors are not covered' }))]).text.split('\n')).toEqual([
    'PAGE prober:us-east-2 SKIPS monitors (single witness)',
    'since: 2026-11-21 00:10:00 UTC (40 min ago)',
    ...facts,
    'concluded because: 3 of 8 monitors are not covered',
    'dedup key: prober:us-east-2:coverage',
    expect.stringMatching(/^incident: [0-9a-f]{12}$/),
    'told by: eu-west-1 (first-speaker)',
    'runbook: docs/runbook.md#skipping',
    expect.stringMatching(/^next reminder: 2026-11-21 01:10:00 UTC, unless somebody takes it: twinwatch ack [0-9a-f]{12}$/),
  ]);
});

it('a page about a target says what it is, since when, who sees what, why, and what to do, in this order', () => {
  const facts = ['eu-west-1: status at 192.0.2.10:443: status 503, wanted 2xx (2 in a row)', 'us-east-2: ? (not-fresh)', 'target: https://shop.example.com/'];
  expect(tell([entry(matter('down', { facts: [...facts, 'configuration: c0ffee000000'] }))]).text.split('\n')).toEqual([
    'PAGE checkout is DOWN (single witness)',
    'target: https://shop.example.com/',
    'since: 2026-11-21 00:10:00 UTC (40 min ago)',
    'eu-west-1: status at 192.0.2.10:443: status 503, wanted 2xx (2 in a row)',
    'us-east-2: ? (not-fresh)',
    'configuration: c0ffee000000',
    'concluded because: every-region-fails',
    'dedup key: checkout:availability',
    expect.stringMatching(/^incident: [0-9a-f]{12}$/),
    'told by: eu-west-1 (first-speaker)',
    'runbook: docs/runbook.md#monitor-down',
    expect.stringMatching(/^next reminder: 2026-11-21 01:10:00 UTC, unless somebody takes it: twinwatch ack [0-9a-f]{12}$/),
    'identity not proven: do not power-cycle on this evidence',
  ]);
});

describe('what is said again', () => {
  const told = (as: 'reminder' | 'escalation', minutes: number, entries = [entry(matter('down'))]) => {
    const incident = foldIncidents(entries)[0]!;
    return wordsFor({ incident, transition: incident.transitions[0]!, again: { as, minutes }, reason: 'still-so', by: west, now: at('00:50') });
  };

  it.each([
    ['reminder', 30, 'PAGE checkout is DOWN (for 30 min, single witness)'],
    ['reminder', 300, 'PAGE checkout is DOWN (for 5 h, single witness)'],
    ['escalation', 15, 'PAGE checkout is DOWN (nobody took it for 15 min, single witness)'],
  ] as const)('a %s after %d minutes: %s', (as, minutes, subject) => {
    const words = told(as, minutes);
    expect(words.subject).toBe(subject);
    expect(words.text).toContain('\nas it was concluded at 2026-11-21 00:10:00 UTC:\n');
    expect(JSON.parse(words.json)).toMatchObject({ kind: as, course: as, minutes, key: 'checkout:availability', incident: expect.any(String) });
  });

  it('says what it is now, not what it was when it began', () => {
    const partial = entry(matter('partial'));
    const worse = entry({ ...matter('down', { evidence: seen('00:40') }), kind: 'changed' }, { n: 2, at: at('00:40') });
    expect(told('reminder', 30, [partial, worse]).subject).toBe('PAGE checkout is DOWN (for 30 min, single witness)');
  });
});

describe('a step of an incident', () => {
  const stuck = entry(matter('replication-stuck'));
  const graver = entry({ ...matter('replication-stuck', { severity: 'page', evidence: seen('00:40') }), kind: 'changed' }, { n: 2, at: at('00:40') });

  it('that becomes graver is told as worsened, and says what it was', () => {
    const { subject, text, json } = tell([stuck, graver]);
    expect(subject).toBe('PAGE prober:us-east-2 does not replicate to here (worsened, single witness)');
    expect(text).toContain('\nbefore: ticket, replication-stuck\n');
    expect(JSON.parse(json)).toMatchObject({ kind: 'changed', course: 'worsened', severity: 'page', severityBefore: 'ticket', condition: 'replication-stuck' });
  });

  it('that comes first says what was known then, even when it is told late', () => {
    const first = tell([stuck, graver], ({ transitions }) => transitions[0]!);
    expect(first.subject).toBe('TICKET prober:us-east-2 does not replicate to here (single witness)');
    expect(JSON.parse(first.json)).toMatchObject({ kind: 'opened', course: 'opened', severity: 'ticket', severityBefore: null });
  });

  it.each([
    ['partial', 'down', 'worsened'],
    ['down', 'partial', 'eased'],
    ['flaky', 'down', 'worsened'],
    ['silent', 'hung', 'changed'],
    ['silent', 'link-lost', 'eased'],
  ] as const)('from %s to %s is told as %s', (from, to, course) => {
    const changed = entry({ ...matter(to, { evidence: seen('00:40'), certainty: 'confirmed' }), kind: 'changed' }, { n: 2, at: at('00:40') });
    const { subject, json } = tell([entry(matter(from)), changed]);
    expect(subject).toContain(`(${course}, confirmed)`);
    expect(JSON.parse(json)).toMatchObject({ course, condition: to, certainty: 'confirmed' });
  });
});
