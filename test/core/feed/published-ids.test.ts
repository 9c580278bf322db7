import fc from 'fast-check';
import { feedOf } from '../../../src/core/feed/feed';
import { happeningsOf } from '../../../src/core/feed/happenings';
import { isPrintedFeed, publishedIn, underPublishedIds } from '../../../src/core/feed/published-ids';
import { type KnownGap, knownGaps, monitoringKey } from '../../../src/core/gap';
import { foldIncidents } from '../../../src/core/incident';
import type { GapRevision, LogEntry } from '../../../src/core/log';
import { at, config, east, entry, monitor, opened, resolved, slot, west } from '../builders';
import { anyLogs, histories } from '../histories';
import { brokenRules, childrenOf, parseXml, textOf } from './atom-rules';

const watched = config({ monitors: ['shop', 'search'].map((id) => monitor({ id: id as never })) });
const print = (entries: readonly LogEntry[], printed?: string): string => feedOf(watched, { incidents: foldIncidents(entries), entries, printed });
const entriesOf = (text: string) => childrenOf(parseXml(text), 'entry');
const titles = (text: string): readonly string[] => entriesOf(text).map((one) => textOf(one, 'title'));
const happenings = (entries: readonly LogEntry[]) =>
  happeningsOf({ incidents: foldIncidents(entries), gaps: knownGaps(entries) as readonly KnownGap[], isShown: () => true });

/** The same outage, as two regions wrote it down; that of the west knew less, and became known later. */
const known = entry(opened({ evidence: { [west]: slot('00:10:10'), [east]: slot('00:10:05') } }), { region: east, n: 1, at: at('00:10:20') });
const learnt = entry(opened({ evidence: { [west]: slot('00:10'), [east]: slot('00:10:05') } }), { n: 1, at: at('00:10:11') });

describe('an entry that was published', () => {
  it('keeps its id when an earlier opening of the same incident becomes known', () => {
    const before = print([known]);
    const after = print([known, learnt], before);
    expect(foldIncidents([known, learnt])[0]!.id).not.toBe(foldIncidents([known])[0]!.id);
    expect(publishedIn(after)).toEqual(publishedIn(before));
    expect(titles(after)).toEqual(['shop is down']);
    expect(publishedIn(print([known, learnt]))).not.toEqual(publishedIn(before));
  });

  it('keeps it through every further printing, to the end', () => {
    const end = entry(resolved(), { n: 2, at: at('00:22') });
    let text = print([known]);
    const [id] = publishedIn(text);
    for (const entries of [
      [known, learnt],
      [known, learnt],
      [known, learnt, end],
      [end, known, learnt],
    ]) {
      text = print(entries, text);
      expect(publishedIn(text)).toEqual([id]);
    }
    expect(titles(text)).toEqual(['shop was down for 11 min']);
  });

  it('as a gap, before the incident that tells of it is known, goes on as the same entry', () => {
    const evidence = (time: string) => ({ [west]: slot(time), [east]: slot(time) });
    const about = { key: monitoringKey, subject: 'monitoring', family: 'coverage' } as const;
    const stretches = [{ from: at('00:20:10'), to: at('00:26') }];
    const gap: GapRevision = { kind: 'gap', key: monitoringKey, of: '2026-11-21T00:20:10.000Z', revision: 0, stretches, cause: '', before: evidence('00:20') };
    const found = entry(gap, { region: east, n: 1, at: at('00:27') });
    const told = [
      entry(opened({ ...about, condition: 'unwatched', evidence: evidence('00:20') }), { n: 1, at: at('00:22') }),
      entry(resolved({ ...about, evidence: evidence('00:26') }), { n: 2, at: at('00:26:10') }),
    ];
    const before = print([found]);
    expect(publishedIn(before)).toEqual([expect.stringMatching(/^gap\//)]);
    expect(publishedIn(print([found, ...told], before))).toEqual(publishedIn(before));
  });

  it('twice, for what turned out to be one thing, leads readers of the second to the first', () => {
    const [first] = happenings([known]);
    const [second] = happenings([learnt]);
    const [both] = happenings([known, learnt]);
    const kept = underPublishedIds([both!], [first!.id, second!.id]);
    expect(kept.map(({ id, state, title }) => [id, state, title])).toEqual([
      [first!.id, 'begun', 'shop is down'],
      [second!.id, 'revised', 'shop is down (told twice)'],
    ]);
  });
});

describe.each([
  ['that regions wrote', histories(), { numRuns: 40 }],
  ['of any entries at all', anyLogs, { numRuns: 60 }],
])('however late and in whatever order logs %s become known', (_which, logs, runs) => {
  const learntBitByBit = logs.chain((all) => fc.shuffledSubarray([...all], { minLength: all.length }));

  it('an entry keeps its id, no two have the same one, and what was published never comes as a second entry', () => {
    fc.assert(
      fc.property(learntBitByBit, (all) => {
        let text = print([]);
        for (let count = 1; count <= all.length; count += 1) {
          const entries = all.slice(0, count);
          const before = publishedIn(text);
          text = print(entries, text);
          const after = publishedIn(text);
          expect(after).toEqual(expect.arrayContaining([...before]));
          expect(new Set(after).size).toBe(after.length);
          const unheardOf = happenings(entries).filter(({ id, formerIds }) => ![id, ...formerIds].some((one) => before.includes(one)));
          expect(after.filter((id) => !before.includes(id))).toHaveLength(unheardOf.length);
        }
        expect(brokenRules(parseXml(text))).toEqual([]);
      }),
      runs,
    );
  });

  it('printing again what is known already changes nothing', () => {
    fc.assert(
      fc.property(learntBitByBit, (all) => {
        const text = print(all, print(all.slice(0, Math.ceil(all.length / 2))));
        expect(print(all, text)).toBe(text);
      }),
      runs,
    );
  });
});

it.each([
  ['nothing', '', false],
  ['a configuration', 'monitors: {}\n', false],
  ["somebody else's feed", '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:uuid:1</id></feed>', false],
  ['a feed of ours', print([known]), true],
  ['one in which nothing happened', print([]), true],
])('%s is or is not a feed that may be printed again', (_what, text, isOurs) => {
  expect(isPrintedFeed(text)).toBe(isOurs);
  if (!isOurs) expect(publishedIn(text)).toEqual([]);
});
