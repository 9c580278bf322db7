import fc from 'fast-check';
import { decideAnnouncements } from '../../src/core/announcement';
import { type Instant, instant } from '../../src/core/basics/brand';
import { monthBefore, second } from '../../src/core/basics/time';
import { aboutStep, foldIncidents, type Incident, isOpen } from '../../src/core/incident';
import type { LogEntry, Opened } from '../../src/core/log';
import { decodeLogEntry, encodeLogEntry } from '../../src/core/log-item';
import { restatementsDue } from '../../src/core/restatement';
import { east, entry, middle, opened, resolved, west } from './builders';
import { histories } from './histories';

const on = (date: string): Instant => instant(Date.parse(`${date}T12:00:00Z`));
const seen = (date: string) => ({ [west]: on(date) / second, [east]: on(date) / second }) as Opened['evidence'];
const written = (body: LogEntry['body'], date: string, over: Partial<Omit<LogEntry, 'body'>> = {}): LogEntry =>
  entry(body, { month: date.slice(0, 7), at: on(date), ...over });

const opening = written(opened({ evidence: seen('2026-09-20') }), '2026-09-20');
const incident = foldIncidents([opening])[0]!;
const about = aboutStep(incident, incident.transitions[0]!);
const receipt = written({ ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, '2026-09-20', { n: 2 });

const due = (entries: readonly LogEntry[], date: string, region = west) =>
  restatementsDue({ incidents: foldIncidents(entries), entries, region, month: date.slice(0, 7) });
/** What is known after this region has restated what was due on that day. */
const restatedOn = (entries: readonly LogEntry[], date: string, region = west): readonly LogEntry[] => [
  ...entries,
  ...due(entries, date, region).map((body, index) => written(body, date, { region, writer: region, n: 90 + index })),
];
/** Of these entries, what a cold environment reads on that day, through the table. */
const coldOn = (entries: readonly LogEntry[], date: string): readonly LogEntry[] =>
  entries.filter(({ month }) => month >= monthBefore(date.slice(0, 7))).map((item) => decodeLogEntry(encodeLogEntry(item))!);
const reasons = (entries: readonly LogEntry[], date: string) =>
  decideAnnouncements(foldIncidents(entries), entries, { me: east, now: on(date), regions: [west, east, middle], finds: new Map() }).map(
    (decision) => decision.reason,
  );

describe('an incident that goes on into another month', () => {
  it('is restated by every region, once a month', () => {
    expect(due([opening], '2026-09-30')).toEqual([]);
    const october = restatedOn([opening, receipt], '2026-10-01');
    expect(due([opening, receipt], '2026-10-01')).toHaveLength(1);
    expect(due(october, '2026-10-02')).toEqual([]);
    expect(due(october, '2026-10-02', east)).toHaveLength(1);
    expect(due(october, '2026-11-01')).toHaveLength(1);
  });

  it('is not restated by a clock that went back into the month before', () => {
    expect(due([opening], '2026-08-31')).toEqual([]);
  });

  it('is the same one to whoever reads only the restatement, and stays told', () => {
    const november = restatedOn(restatedOn([opening, receipt], '2026-10-01'), '2026-11-01');
    const cold = coldOn(november, '2026-12-02');
    expect(cold).toHaveLength(1);
    expect(foldIncidents(cold)).toEqual([incident]);
    expect(reasons(cold, '2026-12-02')).toEqual(['told']);
  });

  it('changes nothing for whoever knows what is restated', () => {
    const november = restatedOn(restatedOn([opening, receipt], '2026-10-01', east), '2026-11-01');
    expect(foldIncidents(november)).toEqual([incident]);
  });

  it('is resolved like any other, and its end is told once', () => {
    const end = written(resolved({ evidence: seen('2026-11-10') }), '2026-11-10', { n: 3 });
    const cold = coldOn([...restatedOn([opening, receipt], '2026-10-01'), end], '2026-11-11');
    expect(foldIncidents(cold)).toMatchObject([{ id: incident.id, openedAt: incident.openedAt, resolvedAt: on('2026-11-10') }]);
    expect(reasons(cold, '2026-11-11')).toEqual(['told', 'just-learnt']);
    expect(due(cold, '2026-12-01')).toEqual([]);
    const october = written(resolved({ evidence: seen('2026-10-10') }), '2026-10-10', { n: 3 });
    expect(due([...restatedOn([opening, receipt], '2026-10-01'), october], '2026-10-11')).toEqual([]);
  });

  it('restated by a region that had not learnt of its end is restated once more, with its end', () => {
    const late = restatedOn([opening, receipt], '2026-10-01', east);
    const end = written(resolved({ evidence: seen('2026-09-30') }), '2026-09-30', { n: 3 });
    const mended = restatedOn([...late, end], '2026-10-02');
    expect(foldIncidents(coldOn(mended, '2026-11-02')).filter(isOpen)).toEqual([]);
    expect(due(mended, '2026-10-03', east)).toEqual([]);
    expect(foldIncidents(coldOn(late, '2026-11-02')).filter(isOpen)).toHaveLength(1);
  });

  it('stays told as flapping, where that was told', () => {
    const asFlapping = written({ ...about, as: 'flapping', kind: 'receipt', level: 'accepted', topic: west, messageId: 'f' }, '2026-09-20', { n: 4 });
    const again = written({ ...about, kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' }, '2026-09-20', { region: east, writer: east });
    const ids = due([opening, receipt, asFlapping, again], '2026-10-01')[0]!.entries.map(({ writer, n }) => `${writer}/${n}`);
    expect(ids).toEqual(['eu-west-1/1', 'eu-west-1/2', 'eu-west-1/4']);
  });

  it('that rests on what no store accepted is not restated', () => {
    expect(due([{ ...opening, n: -1 }], '2026-10-01')).toEqual([]);
    const unsaved = due([opening, { ...receipt, n: -1 }], '2026-10-01');
    expect(unsaved[0]!.entries.map(({ body }) => body.kind)).toEqual(['opened']);
  });

  it('and went to and fro keeps its first step, its last ones and all its ids', () => {
    const swings = Array.from({ length: 60 }, (_, index) => {
      const day = `2026-09-20T13:${String(index).padStart(2, '0')}:00Z`;
      const slot = Date.parse(day) / second;
      const body = { ...opened({ condition: index % 2 === 0 ? 'partial' : 'down', evidence: { [west]: slot } as never }), kind: 'changed' as const };
      return entry(body, { month: '2026-09', at: instant(slot * second), n: 10 + index });
    });
    const all = [opening, receipt, ...swings];
    const whole = foldIncidents(all)[0]!;
    const known = (item: Incident) => ({ ...item, aliases: [...item.aliases].sort(), transitions: item.transitions.length });
    const cold = foldIncidents(coldOn(restatedOn(all, '2026-10-01'), '2026-11-01'))[0]!;
    expect(known(cold)).toEqual({ ...known(whole), transitions: 21 });
    expect(JSON.stringify(due(all, '2026-10-01')).length).toBeLessThan(100_000);
    expect(known(foldIncidents(restatedOn(all, '2026-10-01'))[0]!)).toEqual(known(whole));
  });
});

describe('logs with restatements', () => {
  const isRestated = (item: LogEntry): boolean => item.body.kind === 'restated';

  it('hold no other incidents than the same logs without them', () => {
    fc.assert(fc.property(histories(), (all) => expect(foldIncidents(all)).toEqual(foldIncidents(all.filter((item) => !isRestated(item))))));
  });

  it('tell the same of each incident as what they restate', () => {
    fc.assert(
      fc.property(histories(['shop']), (all) => {
        const incidents = foldIncidents(all);
        for (const body of restatementsDue({ incidents, entries: all, region: middle, month: '2027-01' })) {
          const alone = foldIncidents([entry(body, { region: middle, month: '2027-01' })])[0]!;
          expect(alone).toEqual(incidents.find(({ id }) => id === body.incident));
        }
      }),
    );
  });

  it('are really drawn', () => {
    const drawn = fc.sample(histories(), { numRuns: 60, seed: 1 });
    expect(drawn.filter((all) => all.some(isRestated)).length).toBeGreaterThan(10);
  });
});
