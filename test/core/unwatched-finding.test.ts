import { conclude } from '../../src/core/conclusion';
import { foldIncidents } from '../../src/core/incident';
import type { Opened } from '../../src/core/log';
import { type UnwatchedQuestion, unwatchedFinding } from '../../src/core/unwatched-finding';
import type { WatchState } from '../../src/core/watch';
import { at, east, entry, middle, slot, west } from './builders';

const find = (ofWest: WatchState, ofEast: WatchState, over: Partial<UnwatchedQuestion> = {}, slots = ['00:10:00', '00:10:10']) =>
  unwatchedFinding({
    probers: [
      { region: west, state: ofWest, reason: 'local replica old', hasAnswer: true, since: at('00:11:10'), newest: slot(slots[0]!) },
      { region: east, state: ofEast, reason: 'local replica old', hasAnswer: true, since: at('00:11:20'), newest: slot(slots[1]!) },
    ],
    monitors: 3,
    cycleMs: 10_000,
    latest: undefined,
    regions: [west, east, middle],
    witness: middle,
    me: middle,
    now: at('00:11:30'),
    ...over,
  });

const unseen: readonly WatchState[] = ['silent', 'hung', 'stopped', 'alone'];
const seen: readonly WatchState[] = ['reporting', 'skewed', 'skipping', 'lying', 'link-lost', 'replication-stuck'];
const unsure: readonly WatchState[] = ['late', 'expected', 'isolated', 'abstaining'];

describe('whether anybody watches', () => {
  it('is decided for every pair of what may be found', () => {
    for (const one of [...unseen, ...seen, ...unsure]) {
      for (const other of [...unseen, ...seen, ...unsure]) {
        const expected = seen.includes(one) || seen.includes(other) ? 'well' : unseen.includes(one) && unseen.includes(other) ? 'unwatched' : undefined;
        expect([one, other, find(one, other).condition]).toEqual([one, other, expected]);
      }
    }
  });

  it('is not said of a prober of which no path answered: an error is not silence', () => {
    const [ofWest, ofEast] = (['silent', 'alone'] as const).map((state, index) => ({
      ...{ region: [west, east][index]!, state, reason: 'local replica failed', since: at('00:11:10'), newest: slot('00:10:00') },
      hasAnswer: index === 1,
    }));
    expect(find('silent', 'silent', { probers: [ofWest!, ofEast!] }).condition).toBeUndefined();
    expect(find('silent', 'silent', { probers: [ofEast!] }).condition).toBe('unwatched');
  });

  it('is nothing that could be said where there is no prober', () => {
    expect(find('silent', 'silent', { probers: [] }).condition).toBeUndefined();
  });

  it('opens one incident for all monitors, told by the witness first, with what was found of each prober', () => {
    const finding = find('silent', 'hung');
    expect(finding.about).toMatchObject({ key: 'monitoring:coverage', severity: 'page', speaker: middle });
    expect(finding.evidence).toEqual({ [west]: slot('00:10:00'), [east]: slot('00:10:10') });
    expect(finding.facts()).toEqual([
      'no path shows eu-central-1 a fresh beat of any prober',
      `eu-west-1: silent since 2026-11-21 00:11:10 UTC (local replica old); newest beat: slot ${slot('00:10:00')}, 1 min ago`,
      `us-east-2: hung since 2026-11-21 00:11:20 UTC (local replica old); newest beat: slot ${slot('00:10:10')}, 1 min ago`,
      '3 monitors are unknown meanwhile',
    ]);
  });

  it('says so where it may be the observer itself', () => {
    expect(find('alone', 'alone').facts()[0]).toContain('it may be that region itself');
  });

  it('ends with newer beats only, and its end tells from when to when, how long and why', () => {
    const start = conclude(find('silent', 'hung'), undefined);
    const [open] = foldIncidents([entry((start as { body: Opened }).body)]);
    expect(conclude(find('reporting', 'hung', { latest: open }), open)).toEqual({ kind: 'nothing', why: 'end-not-newer' });
    const end = conclude(find('reporting', 'hung', { latest: open }, ['00:20:00', '00:10:10']), open);
    expect(end).toMatchObject({
      body: {
        kind: 'resolved',
        facts: [
          'eu-central-1 saw nobody watch from 2026-11-21 00:10:20 UTC to 2026-11-21 00:20:00 UTC: 9 min',
          'cause: no path shows a fresh beat of any prober (eu-west-1 silent, us-east-2 hung)',
          `eu-west-1 reports again: slot ${slot('00:20:00')}`,
          'the reports show as unknown what nobody observed of that time',
        ],
      },
    });
  });

  it('a prober that was never seen ends it with its first beat', () => {
    const never = { region: west, state: 'silent', reason: 'no beat was ever seen', hasAnswer: true, since: at('00:11:10'), newest: undefined } as const;
    const [open] = foldIncidents([entry((conclude(find('silent', 'silent', { probers: [never] }), undefined) as { body: Opened }).body)]);
    const back = { ...never, state: 'reporting', newest: slot('00:20:00') } as const;
    expect(conclude(find('silent', 'silent', { probers: [back], latest: open }), open)).toMatchObject({ body: { kind: 'resolved' } });
  });
});
