import { decideAnnouncements } from '../../src/core/announcement';
import { instant, monitorId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { childrenOf, parentsIn } from '../../src/core/dependency';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry, Opened } from '../../src/core/log';
import { at, config, east, entry, middle, monitor, opened, resolved, slot, west } from './builders';

const id = monitorId;
const settings = config({
  monitors: [
    monitor({ id: id('database') }),
    monitor({ id: id('payments'), dependsOn: [id('database')] }),
    monitor({ id: id('checkout'), dependsOn: [id('payments')] }),
    monitor({ id: id('docs') }),
  ],
});
/** Two samples and a round more, and a timeout: so much later a child may be well again. */
const graceMs = 3 * 10 * second + 3 * second;

const breaks = (subject: string, time: string, over: Partial<Opened> = {}) =>
  entry(opened({ key: `${subject}:availability`, subject, evidence: { [west]: slot(time), [east]: slot(time) }, ...over }), {
    n: at(time) / 1000 + subject.length,
    at: at(time),
  });
const mends = (subject: string, time: string) =>
  entry(resolved({ key: `${subject}:availability`, subject, evidence: { [west]: slot(time), [east]: slot(time) } }), {
    n: at(time) / 1000 + subject.length,
    at: at(time),
  });

function reasons(entries: readonly LogEntry[], subject: string, now = at('00:10:05')) {
  const incidents = foldIncidents(entries);
  const of = incidents.filter((incident) => incident.subject === subject);
  const listener = { me: west, now, regions: [west, east, middle], finds: new Map(), parentOf: parentsIn(settings, incidents) };
  return decideAnnouncements(of, entries, listener).map(({ reason }) => reason);
}

describe('a monitor that depends on another', () => {
  it('is not told while that is down, and neither is what depends on it in turn', () => {
    const both = [breaks('database', '00:10'), breaks('payments', '00:10'), breaks('checkout', '00:10')];
    expect(['database', 'payments', 'checkout'].map((subject) => reasons(both, subject))).toEqual([
      ['first-speaker'],
      ['its-parent-is-down'],
      ['its-parent-is-down'],
    ]);
  });

  it('is told by itself while the others are up, or only partly down', () => {
    expect(reasons([breaks('payments', '00:10')], 'payments')).toEqual(['first-speaker']);
    expect(reasons([breaks('payments', '00:10'), breaks('docs', '00:10')], 'payments')).toEqual(['first-speaker']);
    expect(reasons([breaks('payments', '00:10'), breaks('database', '00:10', { condition: 'partial' })], 'payments')).toEqual(['first-speaker']);
  });

  it('is told where the other wakes nobody: a page is not hidden behind a ticket', () => {
    const mild = breaks('database', '00:10', { severity: 'ticket' });
    expect(reasons([mild, breaks('payments', '00:10')], 'payments')).toEqual(['first-speaker']);
    expect(reasons([mild, breaks('payments', '00:10', { severity: 'ticket' })], 'payments')).toEqual(['its-parent-is-down']);
  });

  const afterwards = [breaks('database', '00:10'), breaks('payments', '00:10'), mends('database', '00:20')];

  it.each([
    [-1, 'its-parent-is-down'],
    [0, 'first-speaker'],
  ])('pages when the other mends and it does not, after a grace (%d ms)', (ms, reason) => {
    expect(reasons(afterwards, 'payments', instant(at('00:20') + graceMs + ms))).toEqual([reason]);
  });

  it('is never told where it mends with the other', () => {
    const entries = [...afterwards, mends('payments', '00:20:20')];
    for (const now of [at('00:20:20'), at('01:00')]) expect(reasons(entries, 'payments', now)).toEqual(Array(2).fill('over-before-anybody-was-told'));
  });

  it('is told of as before where somebody was told of it already', () => {
    const entries = [breaks('payments', '00:05')];
    const [incident] = foldIncidents(entries);
    const told = entry({ ...aboutStep(incident!, incident!.transitions[0]!), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 99 });
    const all = [...entries, told, breaks('database', '00:10'), mends('payments', '00:12')];
    expect(reasons(all, 'payments', at('00:12'))).toEqual(['told', 'first-speaker']);
  });
});

it('the parent names what hangs on it, and not what broke long before it', () => {
  const entries = [breaks('payments', '00:01'), breaks('checkout', '00:09:50'), breaks('database', '00:10'), breaks('docs', '00:10')];
  const incidents = foldIncidents(entries);
  const parent = incidents.find(({ subject }) => subject === 'database')!;
  expect(childrenOf(parent, { monitors: settings.monitors, incidents })).toEqual(['checkout']);
});
