import fc from 'fast-check';
import { atomFeed } from '../../../src/core/feed/atom';
import { feedOf } from '../../../src/core/feed/feed';
import { monitoringKey } from '../../../src/core/gap';
import { foldIncidents } from '../../../src/core/incident';
import type { GapRevision, LogBody, LogEntry } from '../../../src/core/log';
import { at, config, east, entry, monitor, opened, resolved, slot, west } from '../builders';
import { brokenRules, childrenOf, type Element, parseXml, textOf } from './atom-rules';

const shop = monitor({ id: 'shop' as never });
const watched = config({ monitors: [shop, monitor({ id: 'docs' as never })] });
const feed = (entries: readonly LogEntry[], over: Partial<typeof watched> = {}): string =>
  feedOf({ ...watched, ...over }, { incidents: foldIncidents(entries), entries });
const log = (...bodies: readonly (readonly [time: string, body: LogBody])[]): readonly LogEntry[] =>
  bodies.map(([time, body], index) => entry(body, { n: index + 1, at: at(time) }));

/** With everything in it that nobody outside may know. */
const down = opened({
  facts: ['eu-west-1: status: status 503, wanted 2xx at https://internal.example/secret', 'configuration: c0ffee'],
  reason: 'every-region-fails',
  causes: ['host internal.example'],
});
const up = resolved();
const evidence = (time: string) => ({ [west]: slot(time), [east]: slot(time) });
const unwatched = opened({
  key: monitoringKey,
  subject: 'monitoring',
  family: 'coverage',
  condition: 'unwatched',
  facts: ['eu-west-1 silent, us-east-2 hung'],
  evidence: evidence('00:20'),
});
const watching = resolved({ key: monitoringKey, subject: 'monitoring', family: 'coverage', evidence: evidence('00:26') });
const gap = (revision: number, ...stretches: readonly (readonly [string, string])[]): GapRevision => ({
  kind: 'gap',
  key: monitoringKey,
  of: '2026-11-21T00:20:10.000Z',
  revision,
  stretches: stretches.map(([from, to]) => ({ from: at(from), to: at(to) })),
  cause: 'eu-west-1 silent, us-east-2 hung',
  before: evidence('00:20'),
});

const entriesOf = (text: string): readonly Element[] => childrenOf(parseXml(text), 'entry');
const titles = (text: string): readonly string[] => entriesOf(text).map((one) => `${childrenOf(one, 'category')[0]!.attributes.term}: ${textOf(one, 'title')}`);

describe('the feed', () => {
  it('of an incident that is over reads so', () => {
    const text = feed(log(['00:10', down], ['00:22', up]), {
      feed: { of: { kind: 'all' }, title: 'Example & Söhne', url: 'https://Status.example.com/feed.atom?a=1&b=2' },
    });
    const [{ id }] = foldIncidents(log(['00:10', down])) as never as readonly [{ id: string }];
    expect(text).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>tag:status.example.com,2026:feed</id>
  <title>Example &amp; Söhne</title>
  <updated>2026-11-21T00:22:00.000Z</updated>
  <author><name>twinwatch</name></author>
  <link rel="self" type="application/atom+xml" href="https://Status.example.com/feed.atom?a=1&amp;b=2"/>
  <entry>
    <id>tag:status.example.com,2026:incident/${id}</id>
    <title>shop was down for 12 min</title>
    <published>2026-11-21T00:10:00.000Z</published>
    <updated>2026-11-21T00:22:00.000Z</updated>
    <category term="ended"/>
    <content type="text">2026-11-21 00:10:00 UTC: shop is down.
2026-11-21 00:22:00 UTC: shop works again.</content>
  </entry>
</feed>
`);
  });

  it.each([
    ['nothing at all', [], []],
    ['a service that is down', [['00:10', down]], ['begun: shop is down']],
    [
      'a service that got worse',
      [
        ['00:10', opened({ condition: 'partial', evidence: evidence('00:10') })],
        ['00:12', { ...down, kind: 'changed', evidence: evidence('00:12') }],
      ],
      ['changed: shop is down'],
    ],
    [
      'one that was down, and at last from some places',
      [
        ['00:10', { ...down, evidence: evidence('00:10') }],
        ['00:12', { ...opened({ condition: 'partial' }), kind: 'changed', evidence: evidence('00:12') }],
        ['00:22', up],
      ],
      ['ended: shop was down for 12 min'],
    ],
    [
      'one that is answered by somebody else',
      [['00:10', opened({ key: 'shop:identity', family: 'identity', condition: 'misidentified' })]],
      ['begun: shop does not answer as it should'],
    ],
    ['what is only noted on the page', [['00:10', opened({ severity: 'note' })]], []],
    ['a prober that is silent', [['00:10', opened({ key: 'prober:us-east-2:watch', subject: 'prober:us-east-2', family: 'watch', condition: 'silent' })]], []],
    [
      'a channel that takes nothing',
      [['00:10', opened({ key: 'channel:pager@eu-west-1:channel', subject: 'channel:pager@eu-west-1', family: 'channel', condition: 'undelivered' })]],
      [],
    ],
    ['a monitor that is watched no longer', [['00:10', opened({ key: 'gone:availability', subject: 'gone' })]], []],
    ['time that nobody watches', [['00:22', unwatched]], ['begun: Nobody watches']],
    [
      'time that nobody watched, before it is accounted for',
      [
        ['00:22', unwatched],
        ['00:26', watching],
      ],
      ['ended: Nobody watched for 4 min'],
    ],
    [
      'time that nobody watched',
      [
        ['00:22', unwatched],
        ['00:26', watching],
        ['00:27', gap(0, ['00:20:10', '00:26'])],
      ],
      ['ended: Nobody watched for 5 min'],
    ],
    [
      'time of which some was watched after all',
      [
        ['00:22', unwatched],
        ['00:26', watching],
        ['00:27', gap(0, ['00:20:10', '00:26'])],
        ['00:30', gap(1, ['00:24', '00:26'])],
      ],
      ['revised: Nobody watched for 2 min, and not for 5 min'],
    ],
    [
      'time that all was watched after all',
      [
        ['00:27', gap(0, ['00:20:10', '00:26'])],
        ['00:30', gap(1)],
      ],
      ['revised: No time was unwatched after all'],
    ],
  ] as const)('tells of %s', (_what, bodies, expected) => {
    const text = feed(log(...(bodies as readonly (readonly [string, LogBody])[])));
    expect(titles(text)).toEqual(expected);
    expect(brokenRules(parseXml(text))).toEqual([]);
  });

  it('keeps the id of an entry from its beginning through its end to its revision', () => {
    const story = log(['00:22', unwatched], ['00:26', watching], ['00:27', gap(0, ['00:20:10', '00:26'])], ['00:30', gap(1, ['00:24', '00:26'])]);
    const ids = story.map((_one, index) => textOf(entriesOf(feed(story.slice(0, index + 1)))[0]!, 'id'));
    expect(new Set(ids).size).toBe(1);
    const updated = story.map((_one, index) => textOf(entriesOf(feed(story.slice(0, index + 1)))[0]!, 'updated').slice(11, 16));
    expect(updated).toEqual(['00:22', '00:26', '00:27', '00:30']);
  });

  it('says nothing of who saw it, from where and how, and names no secret place', () => {
    const story = log(['00:10', down], ['00:21', up], ['00:22', unwatched], ['00:26', watching], ['00:27', gap(0, ['00:20:10', '00:26'])]);
    for (const text of [feed(story), feed(story.slice(0, 1)), feed(story.slice(0, 3))]) {
      for (const inside of [west, east, '503', 'internal', 'every-region', 'c0ffee', 'hung', 'silent', 'https://shop']) expect(text).not.toContain(inside);
    }
  });

  it('tells of no monitor that is not on its list', () => {
    const story = log(['00:10', down], ['00:11', opened({ key: 'docs:availability', subject: 'docs' })]);
    expect(titles(feed(story, { feed: { of: { kind: 'some', monitors: ['docs'], groups: [] }, title: 'x' } }))).toEqual(['begun: docs is down']);
    expect(titles(feed(story))).toEqual(['begun: docs is down', 'begun: shop is down']);
  });
});

it('whatever a title and an entry say is XML that says the same', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (title, line) => {
      const happening = {
        id: 'incident/a',
        formerIds: [],
        state: 'begun',
        title: line,
        lines: [line],
        publishedAt: at('00:10'),
        updatedAt: at('00:10'),
      } as const;
      const root = parseXml(atomFeed({ title, happenings: [happening], since: at('00:00') }));
      expect(brokenRules(root)).toEqual([]);
      expect(textOf(root, 'title')).toBe(writable(title));
      expect(textOf(childrenOf(root, 'entry')[0]!, 'content')).toBe(writable(line));
    }),
    { numRuns: 40 },
  );
});

const writable = (text: string): string =>
  [...text].map((letter) => (/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(letter) ? letter : '\ufffd')).join('');

it.each([
  ['two entries with one id', (text: string) => text.replace(/(<entry>.*<\/entry>)/s, '$1$1'), '§4.1.1: two entries with one id'],
  ['a date without a zone', (text: string) => text.replaceAll('.000Z</updated>', '</updated>'), '§3.3: feed was updated at a date'],
  ['no author', (text: string) => text.replace(/<author>.*<\/author>/, ''), '§4.1.1: a feed has an author, or each entry has one'],
])('the rules know %s', (_what, spoil, sentence) => {
  expect(brokenRules(parseXml(spoil(feed(log(['00:10', down])))))).toContain(sentence);
});
