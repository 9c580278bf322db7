import { decideAnnouncements } from '../../src/core/announcement';
import { type RegionId, regionId } from '../../src/core/basics/brand';
import { hashUnit } from '../../src/core/basics/hash';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { speakersInOrder, turnMs, waitMs } from '../../src/core/speaker';
import { at, east, entry, middle, opened, resolved, west } from './builders';

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

  it('a note stays on the page', () => {
    expect(decide([entry(opened({ severity: 'note' }))], west, '00:10')).toEqual([{ kind: 'silence', reason: 'only-noted-on-the-page' }]);
  });
});

describe('the order of speakers', () => {
  const many = Array.from({ length: 40 }, (_, index) => `shop-${index}:availability`);

  it('is the same however the regions are listed', () => {
    for (const key of many) expect(speakersInOrder(key, [...regions].reverse())).toEqual(speakersInOrder(key, regions));
  });

  it('is that of their names, where they draw the same number', () => {
    const [one, other] = [regionId('region-13426'), regionId('region-66222')];
    expect(hashUnit(`shop:availability ${one}`)).toBe(hashUnit(`shop:availability ${other}`));
    expect(speakersInOrder('shop:availability', [one, other])).toEqual([one, other]);
    expect(speakersInOrder('shop:availability', [other, one])).toEqual([one, other]);
  });

  it('spreads incidents over the regions', () => {
    expect(new Set(many.map((key) => speakersInOrder(key, regions)[0])).size).toBe(3);
  });

  it('gives every region a turn of its own', () => {
    const waits = regions.map((me) => waitMs('shop:availability', { me, first: west, regions }));
    expect([...waits].sort((one, other) => one - other)).toEqual([0, turnMs, 2 * turnMs]);
    expect(waitMs('shop:availability', { me: regionId('ap-south-1'), first: west, regions })).toBe(3 * turnMs);
  });
});
