/** What the stories of flapping tell, one decision at a time, from a log that is written by hand: quick enough to be tried with every change of the code. */
import { decideAll } from '../../src/core/announcement';
import type { RegionId } from '../../src/core/basics/brand';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { About, LogBody, LogEntry } from '../../src/core/log';
import { arrange } from '../../src/core/orders/arranged';
import { at, config, east, entry, middle, opened, resolved, slot, west } from './builders';

const regions = [west, east, middle];
/** Every three minutes the shop breaks, or is well again: with the fifth change it is too much. */
const swing = (n: number): LogEntry => {
  const time = `00:${10 + 3 * (n - 1)}`;
  const evidence = { [west]: slot(time), [east]: slot(time) };
  return entry(n % 2 === 1 ? opened({ evidence }) : resolved({ evidence }), { n, at: at(time) });
};
const swings = [1, 2, 3, 4, 5, 6, 7, 8].map(swing);
const aboutChange = (n: number, of: readonly LogEntry[] = swings): About => {
  const steps = foldIncidents(of).flatMap((incident) => incident.transitions.map((transition) => aboutStep(incident, transition)));
  return steps[n - 1]!;
};
const written = (me: RegionId, n: number, time: string, body: object): LogEntry => entry(body as LogBody, { region: me, n, at: at(time) });
const received = (me: RegionId, n: number, time: string, about: object): LogEntry =>
  written(me, n, time, { level: 'accepted', topic: me, messageId: `${me} ${n}`, ...about, kind: 'receipt' });
const recorded = (me: RegionId, n: number, time: string, about: object): LogEntry =>
  written(me, n, time, { reason: 'others-stayed-silent', text: '', ...about, kind: 'announced' });

const asFlapping = { ...aboutChange(5), as: 'flapping', severity: 'page' } as const;
const toldByWest = received(west, 20, '00:22:02', asFlapping);
const known = [...swings, toldByWest];
const decided = (entries: readonly LogEntry[], me: RegionId, time: string, plannedTo?: string) => {
  const planned = { kind: 'maintenance', of: { kind: 'all' }, name: 'plan', by: 'plan', from: at('00:32') } as const;
  const arranged = arrange({ config: config(), orders: [], planned: plannedTo === undefined ? [] : [{ ...planned, to: at(plannedTo) }] });
  return decideAll(foldIncidents(entries), entries, { me, now: at(time), regions, finds: new Map(), arranged });
};

describe('a page of the east beside a storm that the west told as flapping', () => {
  const page = aboutChange(7);
  const flaps = { changes: 5, withinMs: 720_000 };
  const again = { kind: 'say', reason: 'my-page-came-late', about: asFlapping, flaps };
  const told = { kind: 'silence', reason: 'told' };
  const whole = [recorded(east, 5, '00:28:20', page), received(east, 6, '00:28:21', page)];
  const fifth = (entries: readonly LogEntry[], me: RegionId = east) => decided(entries, me, '00:32').decisions[4];

  it.each([
    ['as it was recorded and received', whole],
    ['as it was recorded, for it may have been received', whole.slice(0, 1)],
    ['as it was received, for no store may have taken its record', whole.slice(1)],
    ['as a reminder', [received(east, 6, '00:28:21', { ...page, as: 'reminder', minutes: 30 })]],
    ['of a change before the one that was too much', [received(east, 6, '00:16:05', aboutChange(3))]],
    ['with its end told before it', [received(east, 4, '00:28:10', aboutChange(8)), ...whole]],
    ['with its end told by another region after it', [...whole, received(middle, 9, '00:31:10', aboutChange(8))]],
    ['with the next page told after it, and no end', [...whole, received(east, 9, '00:31:10', aboutChange(5))]],
    ['with its end recorded after it, and never received', [...whole, recorded(east, 9, '00:31:10', aboutChange(8))]],
    ['with the end of another monitor told after it', [...whole, received(east, 9, '00:31:10', { ...aboutChange(8), key: 'docs:availability' })]],
    ['with that it flaps told before it by the east as well', [received(east, 4, '00:22:30', asFlapping), ...whole]],
  ] as [string, LogEntry[]][])('is followed by that word, told %s', (_case, more) => {
    expect(fifth([...known, ...more])).toEqual(again);
    for (const me of [west, middle]) expect(fifth([...known, ...more], me)).toEqual(told);
  });

  it.each([
    ['none was told by it', []],
    ['the middle told it', [recorded(middle, 5, '00:28:20', page), received(middle, 6, '00:28:21', page)]],
    ['it is of another monitor', [received(east, 6, '00:28:21', { ...page, key: 'docs:availability' })]],
    ['it was brought to a channel there, and sent elsewhere', [received(east, 6, '00:28:21', { ...page, level: 'delivered' })]],
    ['it is an end', [recorded(east, 5, '00:31:20', aboutChange(8)), received(east, 6, '00:31:21', aboutChange(8))]],
    ['it is that word, which was recorded and never received', [recorded(east, 6, '00:22:30', asFlapping)]],
    ['the east has told its end after it', [...whole, received(east, 9, '00:31:10', aboutChange(8))]],
    [
      'the east has told one end before it, and one after it',
      [received(east, 4, '00:20', aboutChange(4)), ...whole, received(east, 9, '00:31:10', aboutChange(8))],
    ],
    ['the east has told that it flaps after it', [...whole, received(east, 9, '00:31:10', asFlapping)]],
  ] as [string, LogEntry[]][])('is followed by no such word where %s', (_case, more) => {
    for (const me of [east, west]) expect(fifth([...known, ...more], me)).toEqual(told);
  });

  it.each([
    ['that page', 6, told],
    ['a page before it', 3, again],
  ])('where the west knew of %s when it told', (_case, n, expected) => {
    const earlier = received(east, 3, '00:10:02', aboutChange(1));
    const endOfIt = received(east, 4, '00:13:02', aboutChange(2));
    const knowing = received(west, 20, '00:22:02', { ...asFlapping, knows: [`us-east-2/2026-11/${n}`] });
    expect(fifth([...swings, knowing, earlier, endOfIt, ...whole])).toEqual(expected);
  });

  it('that is graver than all before needs no such word: its own end is told', () => {
    const worse = entry(opened({ evidence: { [west]: slot('00:28'), [east]: slot('00:28') } }), { n: 7, at: at('00:28') });
    const tickets = swings.slice(0, 6).map((item) => ({ ...item, body: { ...item.body, severity: 'ticket' } as LogBody }));
    const log = [...tickets, worse];
    const ticket = received(west, 20, '00:22:02', { ...aboutChange(5, log), as: 'flapping' });
    const ofWorse = received(east, 6, '00:28:21', aboutChange(7, log));
    expect(fifth([...log, ticket, ofWorse])).toEqual(told);
    expect(decided([...log, ticket], west, '00:28').decisions[6]).toMatchObject({ kind: 'say', reason: 'first-speaker' });
  });

  it('is followed by that word when a maintenance is over, and in it by none', () => {
    const inIt = decided([...known, ...whole], east, '00:33', '00:40').decisions[4];
    expect(inIt).toEqual({ kind: 'silence', reason: 'in-maintenance' });
    expect(decided([...known, ...whole], east, '00:40', '00:40').decisions[4]).toEqual(again);
  });

  it('has that word on its way until it is received, and sends it again where it is not', () => {
    const sending = recorded(east, 9, '00:32', { ...asFlapping, reason: 'my-page-came-late' });
    const reasons = ['00:32:20', '00:32:31'].map((time) => decided([...known, ...whole, sending], east, time).decisions[4]!.reason);
    expect(reasons).toEqual(['being-sent', 'no-receipt-yet']);
    const before = recorded(east, 4, '00:28:10', { ...asFlapping, reason: 'others-stayed-silent' });
    expect(decided([...known, before, ...whole], east, '00:28:30').decisions[4]).toEqual(again);
  });
});

describe('a storm', () => {
  it('stays told as flapping, though what is known of it now would be no storm', () => {
    const three = swings.slice(0, 3);
    const third = received(west, 20, '00:16:02', { ...aboutChange(3, three), as: 'flapping' });
    const reasons = (log: readonly LogEntry[]) => decided(log, west, '00:17').decisions.map(({ reason }) => reason);
    expect(reasons([...three, third])).toEqual(['muted-while-flapping', 'muted-while-flapping', 'told']);
    expect(reasons(three).at(-1)).toBe('first-speaker');
  });

  it('mutes what is still so as long as it is not calm', () => {
    const log = [...swings.slice(0, 7), toldByWest];
    const again = (time: string) => [...decided(log, west, time).repeats.values()].map(([reminder]) => reminder!.reason);
    expect(again('01:00')).toEqual(['muted-while-flapping']);
    expect(again('02:30')).toEqual(['not-told-yet']);
  });

  it('is never settled, for its last change is told when it is calm', () => {
    expect(decided(known, west, '00:32').settled).toEqual(new Set());
    const quiet = decided(known, west, '00:32').decisions.map(({ reason }) => reason);
    expect(quiet.slice(4)).toEqual(['told', 'muted-while-flapping', 'muted-while-flapping', 'muted-while-flapping']);
    expect(decided(known, west, '02:30').decisions.at(-1)).toEqual({ kind: 'say', reason: 'first-speaker', about: aboutChange(8) });
  });

  it('that is calm has its last change told, whatever else of it was told', () => {
    const second = received(west, 19, '00:13:02', aboutChange(2));
    const last = received(west, 30, '02:30', aboutChange(8));
    const reasonAfter = (...more: LogEntry[]) => decided([...known, ...more], west, '02:31').decisions.at(-1)!.reason;
    expect([reasonAfter(second), reasonAfter(last)]).toEqual(['first-speaker', 'told']);
  });

  it('is told by a region that came late only when it is calm, and its turn is counted from then', () => {
    const noted = written(east, 3, '00:31:05', { ...aboutChange(8), kind: 'noted' });
    const reasons = ['01:22:45', '02:30'].map((time) => decided([...known, noted], east, time).decisions.at(-1)!.reason);
    expect(reasons).toEqual(['muted-while-flapping', 'others-stayed-silent']);
  });

  it('that its own region told at once as flapping needs no second word of its end, and one that it told late does', () => {
    const endByWest = received(west, 30, '02:30', aboutChange(8));
    const concluded = entry(swing(5).body, { region: east, n: 2, at: at('00:31') });
    const reasonAfter = (over: object, time: string) => {
      const log = [...swings, concluded];
      const flapping = { ...asFlapping, ...over };
      const more = [recorded(east, 4, time, flapping), received(east, 5, time, flapping), endByWest];
      return decided([...log, ...more], east, '02:31').decisions.at(-1)!.reason;
    };
    expect(reasonAfter({ reason: 'flapping' }, '00:31:05')).toBe('told');
    expect(reasonAfter({ reason: 'others-stayed-silent' }, '00:31:05')).toBe('my-page-came-late');
  });
});
