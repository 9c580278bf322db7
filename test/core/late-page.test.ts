import { decideAnnouncements } from '../../src/core/announcement';
import type { RegionId } from '../../src/core/basics/brand';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { isLater } from '../../src/core/late-page';
import type { LogEntry, Receipt } from '../../src/core/log';
import type { Writer } from '../../src/core/table';
import { at, east, entry, middle, opened, resolved, slot, west } from './builders';
import { about, announced, decide, opening, receipt, regions } from './one-page';

describe('a page that came late', () => {
  it('a region whose page came late tells the end itself, because others may have told it before', () => {
    const late = entry({ ...about, kind: 'announced', reason: 'others-stayed-silent', text: '' }, { region: east, at: at('00:20:03') });
    const lateReceipt = entry({ ...about, kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' }, { region: east, n: 2, at: at('00:20:04') });
    const end = entry(resolved(), { n: 4, at: at('00:20') });
    const endTold = entry({ ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 5, at: at('00:20:02') });
    const entries = [opening, announced, receipt, late, lateReceipt, end, endTold];
    expect(decide(entries, east, '00:21')).toMatchObject([{ reason: 'told' }, { kind: 'say', reason: 'my-page-came-late' }]);
    expect(decide(entries, west, '00:21')).toMatchObject([{ reason: 'told' }, { reason: 'told' }]);
    const own = entry(
      { ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' },
      { region: east, n: 3, at: at('00:21') },
    );
    expect(decide([...entries, own], east, '00:22')).toMatchObject([{ reason: 'told' }, { reason: 'told' }]);
  });

  /** Found by the storm 3142268: the clock was fast by minutes when home took the record and did not say so. */
  it.each([
    ['at home, too', ['us-east-2', 'us-east-2@eu-west-1'], 'told'],
    ['nowhere else', ['us-east-2@eu-west-1'], 'my-page-came-late'],
  ])(
    'of which no receipt tells, and that is dated ahead, under another name and %s: does its number tell that the end came later?',
    (_case, writers, reason) => {
      const ofEast = (n: number, time: string, body: object, writer: string = east) =>
        entry({ ...about, ...body } as LogEntry['body'], { region: east, writer: writer as Writer, n, at: at(time) });
      const late = writers.map((writer) => ofEast(2, '00:26', { kind: 'announced', reason: 'others-stayed-silent', text: '' }, writer));
      const endTold = ofEast(5, '00:20:10', { transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'end' });
      const entries = [opening, ...late, entry(resolved(), { n: 4, at: at('00:20') }), endTold];
      expect(decide(entries, east, '00:21').at(-1)!.reason).toBe(reason);
    },
  );

  it.each([
    ['no store has of a page received after another region had told the end', [], 'my-page-came-late'],
    ['stands for the message received before the end alone', [['00:10:01', 2]], 'my-page-came-late'],
    [
      'is of this message, and came at once',
      [
        ['00:10:01', 2],
        ['00:10:05', 8],
      ],
      'told',
    ],
  ] as [string, [string, number][], string][])('a record that %s', (_case, records, reason) => {
    const mine = (n: number, time: string, body: object) => entry({ ...about, ...body } as LogEntry['body'], { n, at: at(time) });
    const received = (n: number, time: string, messageId: string, over: object = {}) =>
      mine(n, time, { kind: 'receipt', level: 'accepted', topic: west, messageId, ...over });
    const recorded = records.map(([time, n]) => mine(n, time, { kind: 'announced', reason: 'first-speaker', text: '' }));
    const end = entry(resolved({ evidence: { [west]: slot('00:19'), [east]: slot('00:19') } }), { n: 4, at: at('00:20') });
    const before = records.length === 0 ? [] : [received(3, '00:10:02', 'first')];
    const ofEnd = { ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'end' } as const;
    const endTold = entry(ofEnd, { region: east, writer: east, n: 5, at: at('00:20:02') });
    const entries = [opening, ...recorded, ...before, end, endTold, received(9, '00:20:30', 'again')];
    expect(decide(entries, west, '00:21').at(-1)!.reason).toBe(reason);
    const once = [...entries, received(11, '00:21', 'end again', { transition: 'resolved' })];
    expect(decide(once, west, '00:22').at(-1)!.reason).toBe('told');
  });
});

describe('a page that came late, and its end, told by another region', () => {
  const endSeen = (inTheEast: string) => entry(resolved({ evidence: { [west]: slot('00:19'), [east]: slot(inTheEast) } }), { n: 4, at: at('00:20') });
  const end = endSeen('00:10');
  const endTold = entry({ ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 5, at: at('00:20:02') });
  const known = [opening, announced, receipt, end, endTold];
  const saidBy = (me: RegionId, time: string, reason: string, over: object = {}) =>
    entry({ ...about, ...over, kind: 'announced', reason, text: '' }, { region: me, n: 7, at: at(time) });
  const concludedBy = (me: RegionId, time: string) => entry(opened(), { region: me, at: at(time) });
  const late = [concludedBy(east, '00:10'), saidBy(east, '00:10:11', 'first-speaker')];
  const lateByWitness = [concludedBy(middle, '00:10'), saidBy(middle, '00:10:11', 'others-stayed-silent')];
  const received = entry({ ...about, kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' }, { region: east, n: 8, at: at('00:10:12') });
  const ofEnd = (entries: readonly LogEntry[], me: RegionId) => decide(entries, me, '00:22').at(-1)!.reason;

  it.each([
    ['more than ten seconds after it was concluded here', [concludedBy(east, '00:10'), saidBy(east, '00:10:11', 'first-speaker')], 'my-page-came-late'],
    ['at once, from what was old, when the end was told', [concludedBy(east, '00:20:10'), saidBy(east, '00:20:11', 'first-speaker')], 'my-page-came-late'],
    ['at once, in the moment in which the end was told', [concludedBy(east, '00:19:55'), saidBy(east, '00:20:01', 'first-speaker')], 'my-page-came-late'],
    ['at once, ten seconds before the end was told', [concludedBy(east, '00:19:50'), saidBy(east, '00:19:52', 'first-speaker')], 'told'],
    ['within ten seconds', [concludedBy(east, '00:10'), saidBy(east, '00:10:10', 'first-speaker')], 'told'],
    ['as the first to speak, of what only another concluded', [saidBy(east, '00:19', 'first-speaker')], 'told'],
    ['from another region', [saidBy(middle, '00:19', 'others-stayed-silent')], 'told'],
    ['as the end, which is told', [saidBy(east, '00:21', 'others-stayed-silent', { transition: 'resolved' })], 'told'],
    ['as the page of another incident', [saidBy(east, '00:19', 'others-stayed-silent', { incident: 'other', entry: 'us-east-2/2026-11/99' })], 'told'],
  ] as [string, LogEntry[], string][])('%s', (_case, more, reason) => {
    expect(ofEnd([...known, ...more], east)).toBe(reason);
  });

  it.each([
    ['began after it: whoever told the end had nothing left to come', '00:10:12', 'told'],
    ['began with it', '00:10:11', 'my-page-came-late'],
  ])('when the end was concluded from a round here that %s', (_case, inTheEast, reason) => {
    expect(ofEnd([opening, announced, receipt, endSeen(inTheEast), endTold, ...late], east)).toBe(reason);
  });

  it.each([
    ['began after it, as it knows, whatever slot it had', '00:10:12', '00:11', 'told'],
    ['began with it, and had a slot that was named ahead since its clock was set back', '00:10:11', '00:11', 'my-page-came-late'],
    ['has a slot that its own clock has not reached: it tells nothing of when it began', undefined, '00:22:01', 'my-page-came-late'],
    ['has the slot of this very second', undefined, '00:22', 'told'],
  ])('when the end was concluded from a round here that %s', (_case, begun, inTheEast, reason) => {
    const entries = [opening, announced, receipt, endSeen(inTheEast), endTold, ...late];
    const listener = { me: east, now: at('00:22'), regions, finds: new Map(), seesAt: () => (begun === undefined ? undefined : at(begun)) };
    expect(decideAnnouncements(foldIncidents(entries), entries, listener).at(-1)!.reason).toBe(reason);
  });

  it.each([
    ['more than 5 min later', '00:15:12', 'told'],
    ['less than 5 min later, which a clock may be wrong', '00:15:11', 'my-page-came-late'],
  ])('when a witness, which has no rounds, told the page and both probers began theirs %s', (_case, both, reason) => {
    const seen = entry(resolved({ evidence: { [west]: slot(both), [east]: slot('00:19') } }), { n: 4, at: at('00:20') });
    expect(ofEnd([opening, announced, receipt, seen, endTold, ...lateByWitness], middle)).toBe(reason);
  });

  it.each([
    ['more than 5 min and half a minute later', '00:15:42', 'told'],
    ['less, when its clock may have been wrong as it told the page', '00:15:41', 'my-page-came-late'],
  ])('when a witness knows when it sees their beats, and that was %s, whatever the clocks of others say', (_case, seen, reason) => {
    const entries = [opening, announced, receipt, endSeen('00:19'), endTold, ...lateByWitness];
    const listener = { me: middle, now: at('00:22'), regions, finds: new Map(), seesAt: () => at(seen) };
    expect(decideAnnouncements(foldIncidents(entries), entries, listener).at(-1)!.reason).toBe(reason);
  });

  it.each([
    ['knew that the page had been received', west, ['us-east-2/2026-11/8'], 'told'],
    ['knew of another receipt alone', west, ['us-east-2/2026-11/3'], 'my-page-came-late'],
    ['knew of it, but is not known to have told the end', middle, ['us-east-2/2026-11/8'], 'my-page-came-late'],
  ] as [string, RegionId, string[], string][])('when whoever told the end %s', (_case, teller, knows, reason) => {
    const saidTheEnd = saidBy(teller, '00:20:01', 'first-speaker', { transition: 'resolved', knows });
    expect(ofEnd([...known, ...late, received, saidTheEnd], east)).toBe(reason);
  });

  const receivedBy = (me: RegionId, n: number, time: string, over: object = {}) =>
    entry({ ...about, kind: 'receipt', level: 'accepted', topic: me, messageId: `${n}`, ...over }, { region: me, n, at: at(time) });
  const toldKnowing = (id: string) => ({ ...endTold, body: { ...endTold.body, knows: [id] } as LogEntry['body'] });

  it.each([
    ['another receipt of the same region, before the page', receivedBy(east, 3, '00:09'), 'my-page-came-late'],
    ['another receipt of the same region, after the page', receivedBy(east, 9, '00:19'), 'told'],
    ['the receipt of another region, after the page', receivedBy(middle, 8, '00:19'), 'my-page-came-late'],
  ])('when whoever told the end knew of %s', (_case, known, reason) => {
    const id = `${known.region}/2026-11/${known.n}`;
    expect(ofEnd([opening, announced, receipt, end, toldKnowing(id), ...late, received, known], east)).toBe(reason);
  });

  it('when whoever told the end knew of a page that was never recorded', () => {
    const unrecorded = receivedBy(east, 8, '00:10:12');
    const reasons = ['us-east-2/2026-11/8', 'us-east-2/2026-11/9'].map((id) => ofEnd([opening, receipt, end, toldKnowing(id), unrecorded], east));
    expect(reasons).toEqual(['told', 'my-page-came-late']);
  });

  it('when another region, which told the page alone, recorded the end and knew of it', () => {
    const recorded = saidBy(middle, '00:20:01', 'others-stayed-silent', { transition: 'resolved', knows: ['us-east-2/2026-11/8'] });
    expect(ofEnd([...known, ...late, received, receivedBy(middle, 3, '00:10:30'), recorded], east)).toBe('my-page-came-late');
  });

  it('when two concluded the end, and one of them from what was seen before the page', () => {
    const bySlot = (me: RegionId, time: string) =>
      entry(resolved({ evidence: { [west]: slot('00:19'), [east]: slot(time) } }), { region: me, n: 4, at: at('00:20') });
    const reasonOf = (time: string) => ofEnd([opening, announced, receipt, bySlot(west, '00:19'), bySlot(middle, time), endTold, ...late], east);
    expect([reasonOf('00:10:11'), reasonOf('00:10:12')]).toEqual(['my-page-came-late', 'told']);
  });

  it('when it was sent elsewhere, and brought to a channel by the relay here', () => {
    expect(ofEnd([...known, receivedBy(east, 8, '00:20:30', { level: 'delivered' })], east)).toBe('told');
    expect(ofEnd([...known, receivedBy(east, 8, '00:20:30')], east)).toBe('my-page-came-late');
  });

  it('when it was recorded once, and the receipt of the same message came twice', () => {
    const recorded = [concludedBy(east, '00:10'), saidBy(east, '00:10:01', 'first-speaker')];
    const twice = (messageId: string) => [receivedBy(east, 8, '00:10:02', { messageId: 'm' }), receivedBy(east, 9, '00:10:03', { messageId })];
    const reasons = ['m', 'another'].map((id) => ofEnd([...known, ...recorded, ...twice(id)], east));
    expect(reasons).toEqual(['told', 'my-page-came-late']);
  });

  it('and once more, after the region told the end in between: the end is told once more', () => {
    const pages = [receivedBy(east, 8, '00:20:03'), receivedBy(east, 12, '00:20:30')];
    const ownEnd = (n: number, time: string) => receivedBy(east, n, time, { transition: 'resolved' });
    const reasons = [ownEnd(10, '00:20:10'), ownEnd(14, '00:20:40')].map((ending) => ofEnd([...known, ...pages, ending], east));
    expect(reasons).toEqual(['my-page-came-late', 'told']);
  });

  it('says nothing of what is not over: a later step that came late is no reason to tell an earlier one again', () => {
    const mild = entry(opened({ condition: 'partial' }));
    const worse = entry({ ...opened({ evidence: { [west]: slot('00:12'), [east]: slot('00:12') } }), kind: 'changed' }, { n: 2, at: at('00:12') });
    const [first, second] = foldIncidents([mild, worse])[0]!.transitions.map((step) => aboutStep(foldIncidents([mild, worse])[0]!, step));
    const told = entry({ ...first!, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 3, at: at('00:10:02') });
    const lateStep = entry({ ...second!, kind: 'announced', reason: 'others-stayed-silent', text: '' }, { region: east, n: 4, at: at('00:14') });
    expect(decide([mild, worse, told, lateStep], east, '00:15')[0]!.reason).toBe('told');
  });

  it('when the receipt of whoever told the end says that it knew, and what that one recorded has not arrived yet', () => {
    const toldBy = (n: number) => ({ ...endTold, body: { ...endTold.body, knows: [`us-east-2/2026-11/${n}`] } as LogEntry['body'] });
    expect([8, 3].map((n) => ofEnd([opening, announced, receipt, end, toldBy(n), ...late, received], east))).toEqual(['told', 'my-page-came-late']);
  });

  it('is no hurry while nobody has told the end: it comes in its turn', () => {
    expect(ofEnd([opening, announced, receipt, end, ...late], east)).toBe('just-learnt');
  });
});

describe('of two entries of one region, the later one', () => {
  const body: Receipt = { ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' };
  const first = { ...entry(body, { n: 5, at: at('00:20') }), body };
  const setBack = at('00:15');

  it.each([
    ['has the higher number, though the clock was set back in between', { n: 6, at: setBack }, true],
    ['is not the one with the lower number, whatever the clock says', { n: 4, at: at('00:25') }, false],
    ['is neither, of the same entry', {}, false],
    ['is the later one by its time, of another function of the region, which has numbers of its own', { writer: east, n: 6, at: setBack }, false],
    ['is the later one by its time, of another month, in which numbers begin again', { month: '2026-12', n: 1, at: at('00:25') }, true],
    ['is the later one by its time, where no store gave it a number', { n: -1, at: at('00:25') }, true],
    ['is either, of two at the same time without a number', { n: -1 }, true],
    ['is the later one by its time, where it was saved after it was sent', { n: 6, at: setBack, body: { ...body, savedAt: at('00:30') } }, false],
  ])('%s', (_case, over, expected) => {
    expect(isLater({ ...first, ...over }, first)).toBe(expected);
  });

  it('has the higher number where it is an announcement just as well', () => {
    const sent = { ...about, kind: 'announced', reason: 'first-speaker', text: '' } as const;
    expect(isLater(first, { ...first, n: 4, at: at('00:25'), body: sent })).toBe(true);
    expect(isLater({ ...first, n: 4, at: at('00:25'), body: sent }, first)).toBe(false);
  });
});
