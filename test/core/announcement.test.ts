import { decideAnnouncements } from '../../src/core/announcement';
import { instant, type RegionId } from '../../src/core/basics/brand';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import { type LogEntry, proberSubject } from '../../src/core/log';
import { arrange } from '../../src/core/orders/arranged';
import { turnMs, waitMs } from '../../src/core/speaker';
import { at, config, east, entry, middle, opened, order, resolved, slot, west } from './builders';
import { about, announced, decide, opening, receipt, regions } from './one-page';

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

  it.each([
    ['the next one', east, west],
    ['the first one', west, east],
  ])('does not come for %s while another one has just begun to speak at the end of a silence', (_who, me, other) => {
    const silence = order('00:09', '00:20', { kind: 'silence', of: { kind: 'all' } });
    const arranged = arrange({ config: config(), orders: [silence], planned: [] });
    const begun = entry({ ...about, kind: 'announced', reason: 'first-speaker', text: '' }, { region: other, n: 9, at: at('00:20:17') });
    const entries = [opening, entry(opened(), { region: east }), begun];
    const reasonAt = (time: string) => decideAnnouncements(foldIncidents(entries), entries, { me, ...later(time, 0), arranged })[0]!.reason;
    expect(reasonAt('00:20:21')).toBe('waiting-for-my-turn');
    expect(reasonAt('00:20:37')).toBe(me === west ? 'first-speaker' : 'others-stayed-silent');
  });

  it('does not come for what was over when it was written', () => {
    expect(decide([entry(opened({ isOver: true }))], west, '00:10')).toEqual([{ kind: 'silence', reason: 'told-by-its-end' }]);
    const both = [entry(opened({ isOver: true })), entry(opened(), { region: east })];
    expect(decide(both, west, '00:10')).toMatchObject([{ kind: 'say' }]);
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
