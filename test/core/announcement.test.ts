import { decideAnnouncements } from '../../src/core/announcement';
import { instant, type RegionId } from '../../src/core/basics/brand';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { type LogEntry, proberSubject } from '../../src/core/log';
import { turnMs, waitMs } from '../../src/core/speaker';
import { at, east, entry, middle, opened, resolved, slot, west } from './builders';

const regions = [west, east, middle];
const opening = entry(opened());
const [incident] = foldIncidents([opening]);
const about = aboutStep(incident!, incident!.transitions[0]!);
const announced = entry({ ...about, kind: 'announced', reason: 'first-speaker', text: '' }, { n: 2, at: at('00:10:01') });
const receipt = entry({ ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 3, at: at('00:10:02') });

function decide(entries: readonly LogEntry[], me: RegionId, time: string, finds: 'down' | 'well' = 'down') {
  return decideAnnouncements(foldIncidents(entries), entries, { me, now: at(time), regions, finds: new Map([['shop:availability', finds]]) });
}

describe('who speaks, and when', () => {
  it('the region that completed the evidence speaks at once', () => {
    expect(decide([opening], west, '00:10')).toEqual([{ kind: 'say', reason: 'first-speaker', about }]);
  });

  it('another one notes since when it knows, and waits its turn', () => {
    expect(decide([opening], east, '00:10:05')).toEqual([{ kind: 'note', reason: 'just-learnt', about }]);
    const noted = entry({ ...about, kind: 'noted' }, { region: east, at: at('00:10:05') });
    expect(decide([opening, noted], east, '00:10:06')).toEqual([{ kind: 'silence', reason: 'waiting-for-my-turn' }]);
    const wait = waitMs('shop:availability', { me: east, first: west, regions });
    expect(decide([opening, noted], east, `00:10:${5 + wait / 1000}`)).toEqual([{ kind: 'say', reason: 'others-stayed-silent', about }]);
  });

  it('nobody speaks once there is a receipt, even under an alias', () => {
    for (const me of regions) expect(decide([opening, announced, receipt], me, '00:30')).toEqual([{ kind: 'silence', reason: 'told' }]);
    const earlier = entry(opened({ speaker: east }), { region: east, at: at('00:09:59') });
    for (const me of regions) expect(decide([earlier, opening, announced, receipt], me, '00:30')).toEqual([{ kind: 'silence', reason: 'told' }]);
  });

  it('what was recorded but never receipted is said again, after a while', () => {
    expect(decide([opening, announced], west, '00:10:20')).toEqual([{ kind: 'silence', reason: 'being-sent' }]);
    expect(decide([opening, announced], west, '00:10:31')).toEqual([{ kind: 'say', reason: 'no-receipt-yet', about }]);
  });

  it("another region's announcement without a receipt silences nobody", () => {
    const noted = entry({ ...about, kind: 'noted' }, { region: east, at: at('00:10:05') });
    expect(decide([opening, announced, noted], east, '00:11')).toEqual([{ kind: 'say', reason: 'others-stayed-silent', about }]);
  });

  it('a resolution is told like an opening, each by itself', () => {
    const entries = [opening, announced, receipt, entry(resolved({ speaker: east }), { region: east, at: at('00:20') })];
    expect(decide(entries, east, '00:20')).toEqual([
      { kind: 'silence', reason: 'told' },
      { kind: 'say', reason: 'first-speaker', about: { ...about, transition: 'resolved', entry: 'us-east-2/2026-11/1' } },
    ]);
  });

  it('an opening that nobody told is not told after its resolution was', () => {
    const resolution = entry(resolved({ speaker: east }), { region: east, at: at('00:20') });
    const told = entry(
      { ...about, transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' },
      { region: east, n: 2, at: at('00:20:02') },
    );
    for (const me of regions)
      expect(decide([opening, resolution, told], me, '00:30')).toEqual([
        { kind: 'silence', reason: 'a-later-one-was-told' },
        { kind: 'silence', reason: 'told' },
      ]);
  });

  it('the region named to speak first speaks of what another wrote only if it finds the same now', () => {
    const written = entry(opened({ speaker: east }));
    expect(decide([written], east, '00:10', 'down')).toMatchObject([{ kind: 'say', reason: 'first-speaker' }]);
    expect(decide([written], east, '03:00', 'well')).toMatchObject([{ kind: 'note', reason: 'just-learnt' }]);
    const noted = entry({ ...about, kind: 'noted' }, { region: east, at: at('03:00') });
    expect(decide([written, noted], east, '03:00:10', 'well')).toEqual([{ kind: 'silence', reason: 'not-found-by-me' }]);
    expect(decide([written, noted], east, '03:00:20', 'well')).toMatchObject([{ kind: 'say', reason: 'others-stayed-silent' }]);
  });

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

  it('a region whose page came after it had told the end itself tells it once more, and no more than that', () => {
    const ofEast = (n: number, time: string, body: object) => entry({ ...about, ...body } as LogEntry['body'], { region: east, writer: east, n, at: at(time) });
    const endByEast = (n: number, time: string) => ofEast(n, time, { transition: 'resolved', kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' });
    const late = ofEast(7, '00:20:30', { kind: 'announced', reason: 'others-stayed-silent', text: '' });
    const lateReceipt = ofEast(8, '00:20:31', { kind: 'receipt', level: 'accepted', topic: east, messageId: 'm' });
    const end = entry(resolved(), { n: 4, at: at('00:20') });
    const known = [opening, announced, receipt, end, endByEast(6, '00:20:10'), late, lateReceipt];
    expect(decide(known, east, '00:21')).toMatchObject([{ reason: 'told' }, { kind: 'say', reason: 'my-page-came-late' }]);
    const saying = ofEast(9, '00:21', { transition: 'resolved', kind: 'announced', reason: 'my-page-came-late', text: '' });
    expect(decide([...known, saying], east, '00:21:10')[1]).toMatchObject({ reason: 'being-sent' });
    expect(decide([...known, saying, endByEast(10, '00:19')], east, '00:22')[1]).toMatchObject({ reason: 'told' });
    expect(decide([...known, endByEast(5, '00:19')], east, '00:22')[1]).toMatchObject({ reason: 'told' });
  });

  it.each([
    ['no store has of a page received after it had told the end', [], 'my-page-came-late'],
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
    const entries = [opening, ...recorded, ...before, end, received(5, '00:20:02', 'end', { transition: 'resolved' }), received(9, '00:20:30', 'again')];
    expect(decide(entries, west, '00:21').at(-1)!.reason).toBe(reason);
    const once = [...entries, received(11, '00:21', 'end again', { transition: 'resolved' })];
    expect(decide(once, west, '00:22').at(-1)!.reason).toBe('told');
  });

  it('a note stays on the page', () => {
    expect(decide([entry(opened({ severity: 'note' }))], west, '00:10')).toEqual([{ kind: 'silence', reason: 'only-noted-on-the-page' }]);
  });
});

describe('whose turn it is', () => {
  const noted = (me: RegionId, time: string, n = 1) => entry({ ...about, kind: 'noted' }, { region: me, n, at: at(time) });
  const later = (time: string, ms: number) => ({ now: instant(at(time) + ms), regions, finds: new Map() });

  it.each([east, middle])('comes for %s after a wait of its own, from when it first knew', (me) => {
    const entries = [opening, noted(me, '00:10:05'), noted(me, '00:10:15', 2)];
    const wait = waitMs('shop:availability', { me, first: west, regions });
    const reasonAfter = (ms: number) => decideAnnouncements(foldIncidents(entries), entries, { me, ...later('00:10:05', ms) })[0]!.reason;
    expect([reasonAfter(wait - 1), reasonAfter(wait)]).toEqual(['waiting-for-my-turn', 'others-stayed-silent']);
  });

  it('does not pass through the region that it is about', () => {
    for (const subject of regions)
      for (const me of regions.filter((region) => region !== subject)) {
        const first = regions.find((region) => region !== subject && region !== me)!;
        const body = opened({ key: `${proberSubject(subject)}:watch`, subject: proberSubject(subject), family: 'watch', condition: 'silent', speaker: first });
        const entries = [entry(body, { region: first })];
        entries.push(entry({ ...aboutStep(foldIncidents(entries)[0]!, foldIncidents(entries)[0]!.transitions[0]!), kind: 'noted' }, { region: me }));
        expect(decideAnnouncements(foldIncidents(entries), entries, { me, ...later('00:10', turnMs) })).toMatchObject([{ reason: 'others-stayed-silent' }]);
      }
  });

  it('comes at once for the one that is named, if it concluded the same as another', () => {
    const both = [opening, entry(opened(), { region: east })];
    expect(decide(both, west, '00:10', 'well')).toMatchObject([{ kind: 'say', reason: 'first-speaker' }]);
  });

  it('comes at once for the end that another concluded, if it is well for the one that is named', () => {
    const entries = [opening, announced, receipt, entry(resolved({ speaker: west }), { region: east, at: at('00:20') })];
    expect(decide(entries, west, '00:20', 'well')[1]).toMatchObject({ kind: 'say', reason: 'first-speaker' });
    expect(decide(entries, west, '00:20', 'down')[1]).toMatchObject({ kind: 'note', reason: 'just-learnt' });
  });

  it('is counted for each step by itself: who knew of the opening has only just learnt of the end', () => {
    const entries = [opening, announced, receipt, noted(east, '00:10:05'), entry(resolved(), { n: 4, at: at('00:20') })];
    expect(decide(entries, east, '00:21')[1]).toMatchObject({ kind: 'note', reason: 'just-learnt' });
  });

  it('does not come for what was over when it was written', () => {
    expect(decide([entry(opened({ isOver: true }))], west, '00:10')).toEqual([{ kind: 'silence', reason: 'told-by-its-end' }]);
    const both = [entry(opened({ isOver: true })), entry(opened(), { region: east })];
    expect(decide(both, west, '00:10')).toMatchObject([{ kind: 'say' }]);
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

  it('when the receipt of whoever told the end says that it knew, and what that one recorded has not arrived yet', () => {
    const toldBy = (n: number) => ({ ...endTold, body: { ...endTold.body, knows: [`us-east-2/2026-11/${n}`] } as LogEntry['body'] });
    expect([8, 3].map((n) => ofEnd([opening, announced, receipt, end, toldBy(n), ...late, received], east))).toEqual(['told', 'my-page-came-late']);
  });

  it('is no hurry while nobody has told the end: it comes in its turn', () => {
    expect(ofEnd([opening, announced, receipt, end, ...late], east)).toBe('just-learnt');
  });
});

describe('a subject that goes to and fro', () => {
  const swing = (n: number): LogEntry => {
    const time = `00:${10 + 3 * (n - 1)}`;
    const evidence = { [west]: slot(time), [east]: slot(time) };
    return entry(n % 2 === 1 ? opened({ evidence }) : resolved({ evidence }), { n, at: at(time) });
  };
  const swings = [1, 2, 3, 4, 5, 6, 7].map(swing);
  const said = (entries: readonly LogEntry[], me: RegionId, time: string) =>
    decideAnnouncements(foldIncidents(entries), entries, { me, now: at(time), regions, finds: new Map() });
  const first = said(swings, west, '00:29')[4]!;
  const asFlapping = first.kind === 'say' ? first.about : about;
  const flappingTold = entry({ ...asFlapping, kind: 'receipt', level: 'accepted', topic: west, messageId: 'f' }, { n: 20, at: at('00:22:02') });

  it('is told once, as flapping, with how often it changed; the rest is muted', () => {
    expect(first).toEqual({
      kind: 'say',
      reason: 'flapping',
      about: { ...asFlapping, as: 'flapping', severity: 'page' },
      flaps: { changes: 5, withinMs: 720_000 },
    });
    const others = said(swings, west, '00:29').map(({ reason }) => reason);
    expect(others).toEqual([...Array(4).fill('muted-while-flapping'), 'flapping', 'muted-while-flapping', 'muted-while-flapping']);
  });

  it('is told already, whichever of its changes the receipt is about', () => {
    expect(said([...swings, flappingTold], west, '00:29')[4]).toEqual({ kind: 'silence', reason: 'told' });
    const sixth = foldIncidents(swings).at(-1)!;
    const ofAnother = entry(
      { ...aboutStep(sixth, sixth.transitions[0]!), as: 'flapping', kind: 'receipt', level: 'accepted', topic: west, messageId: 'f' },
      { n: 20, at: at('00:28:02') },
    );
    expect(said([...swings, ofAnother], west, '00:29')[4]).toEqual({ kind: 'silence', reason: 'told' });
  });

  it('is not told as flapping by a receipt of one change alone', () => {
    const fifth = foldIncidents(swings)[2]!;
    const alone = entry(
      { ...aboutStep(fifth, fifth.transitions[0]!), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' },
      { n: 20, at: at('00:22:02') },
    );
    expect(said([...swings, alone], west, '00:29')[4]).toMatchObject({ kind: 'say', reason: 'flapping' });
  });

  it('is told by another region in its turn, as flapping too, and again where no receipt came', () => {
    const { reason: _reason, ...own } = { reason: '', ...asFlapping };
    const noted = entry({ ...own, kind: 'noted' }, { region: east, n: 1, at: at('00:22:05') });
    const flaps = { changes: 5, withinMs: 720_000 };
    expect(said([...swings, noted], east, '00:24')[4]).toMatchObject({ kind: 'say', reason: 'others-stayed-silent', about: asFlapping, flaps });
    const sent = entry({ ...own, kind: 'announced', reason: 'flapping', text: '' }, { n: 21, at: at('00:22:01') });
    expect(said([...swings, sent], west, '00:24')[4]).toMatchObject({ kind: 'say', reason: 'no-receipt-yet', about: asFlapping, flaps });
  });
});
