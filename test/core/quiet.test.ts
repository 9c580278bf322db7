import { decideAnnouncements } from '../../src/core/announcement';
import type { RegionId } from '../../src/core/basics/brand';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { arrange } from '../../src/core/orders/arranged';
import { at, config, east, entry, middle, opened, order, resolved, slot, west } from './builders';

const regions = [west, east, middle];
const seen = (time: string) => ({ [west]: slot(time), [east]: slot(time) });
const silence = order('02:00', '03:00', { kind: 'maintenance', of: { kind: 'all' } });
const quiet = arrange({ config: config(), orders: [silence], planned: [] });

const opens = (time: string, n = 1, condition: 'down' | 'partial' = 'down') => entry(opened({ condition, evidence: seen(time) }), { n, at: at(time) });
const ends = (time: string, n = 5) => entry(resolved({ evidence: seen(time) }), { n, at: at(time) });
const toldOf = (entries: readonly LogEntry[], step = 0): LogEntry => {
  const [incident] = foldIncidents(entries);
  return entry({ ...aboutStep(incident!, incident!.transitions[step]!), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 90 + step });
};

const reasons = (entries: readonly LogEntry[], time: string, me: RegionId = west) =>
  decideAnnouncements(foldIncidents(entries), entries, { me, now: at(time), regions, finds: new Map(), arranged: quiet }).map(({ reason }) => reason);

describe('a time in which nothing new is told', () => {
  it('hides what begins in it, for every region, and pages at its end what is still wrong', () => {
    const entries = [opens('02:10')];
    for (const me of regions) expect([reasons(entries, '02:10', me), reasons(entries, '02:59:59', me)]).toEqual([['in-maintenance'], ['in-maintenance']]);
    expect(reasons(entries, '03:00')).toEqual(['first-speaker']);
    expect(reasons(entries, '03:00', east)).toEqual(['just-learnt']);
  });

  it('gives everybody their turn from its end on, not from when they knew', () => {
    const [incident] = foldIncidents([opens('01:59:59')]);
    const noted = entry({ ...aboutStep(incident!, incident!.transitions[0]!), kind: 'noted' }, { region: east, n: 1, at: at('01:59:59') });
    expect(reasons([opens('01:59:59'), noted], '03:00:10', east)).toEqual(['waiting-for-my-turn']);
    expect(reasons([opens('01:59:59'), noted], '03:00:40', east)).toEqual(['others-stayed-silent']);
  });

  it.each([
    ['by the first who looked after it came in time: its end need not be told again', '03:01:09', 'told'],
    ['long after it came late, and others may have told the end before', '03:01:11', 'my-page-came-late'],
  ])('a page that was told %s', (_when, saidAt, reason) => {
    const opening = opens('02:10');
    const [incident] = foldIncidents([opening]);
    const about = aboutStep(incident!, incident!.transitions[0]!);
    const said = entry({ ...about, kind: 'announced', reason: 'first-speaker', text: '' }, { n: 2, at: at(saidAt) });
    const end = entry(resolved({ evidence: { [west]: slot('03:00'), [east]: slot('03:00') } }), { region: east, n: 5, at: at('03:02') });
    const whole = [opening, said, toldOf([opening]), end];
    const endTold = entry(
      { ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'e' },
      { region: east, n: 6, at: at('03:02:02') },
    );
    expect(reasons([...whole, endTold], '03:03')).toEqual(['told', reason]);
  });

  it('never tells what began and ended in it', () => {
    const entries = [opens('02:10'), ends('02:20')];
    for (const time of ['02:21', '03:00', '09:00']) expect(reasons(entries, time)).toEqual(Array(2).fill('over-before-anybody-was-told'));
  });

  it('tells the end of what was told before it, at once', () => {
    const entries = [opens('01:50'), toldOf([opens('01:50')]), ends('02:20')];
    expect(reasons(entries, '02:20')).toEqual(['told', 'first-speaker']);
  });

  it('hides what becomes worse in it, and tells what came of it', () => {
    const worse = entry({ ...opened({ evidence: seen('02:10') }), kind: 'changed' }, { n: 2, at: at('02:10') });
    const entries = [opens('01:50', 1, 'partial'), toldOf([opens('01:50', 1, 'partial')]), worse];
    expect(reasons(entries, '02:10')).toEqual(['told', 'in-maintenance']);
    expect(reasons(entries, '03:00')).toEqual(['told', 'first-speaker']);
    const untold = [opens('02:05', 1, 'partial'), worse];
    expect(reasons(untold, '03:00')).toEqual(['a-later-one-tells-it', 'first-speaker']);
  });

  it('leaves out what is about a watcher', () => {
    const body = opened({ key: 'prober:us-east-2:watch', subject: 'prober:us-east-2', family: 'watch', condition: 'silent', evidence: seen('02:10') });
    expect(reasons([entry(body, { at: at('02:10') })], '02:10')).toEqual(['first-speaker']);
  });
});
