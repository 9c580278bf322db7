import fc from 'fast-check';
import { html } from '../../src/core/widget/html';
import { shownMonitors } from '../../src/core/widget/view';
import { widgetHtml } from '../../src/core/widget/widget';
import { ago, frankfurt, incident, ireland, monitor, ohio, seen, silentRegion, status, watch } from '../web/news';
import { lastDay, troubledView, widgetView } from '../web/widget-news';

/** Without the style, whose rules name every tone. */
const drawn = (view: Parameters<typeof widgetHtml>[0]): string => widgetHtml(view).replace(/<style>[\s\S]*<\/style>/, '');
const headline = (view: Parameters<typeof widgetHtml>[0]): string =>
  /<div class="tw-head tw-(\w+)">[\s\S]*?<h1>(.*?)<\/h1><p>(.*?)<\/p>/.exec(drawn(view))!.slice(1, 4).join(' | ');

const regionsSilent = [status().regions[0]!, { ...status().regions[1]!, lastBeatAgeMs: 190_000 }, status().regions[2]!];
const accused = [watch(ireland, ohio, { state: 'silent', since: ago(70_000) }), watch(frankfurt, ohio, { state: 'silent' }), watch(frankfurt, ireland)];

describe('the sentence on top', () => {
  test.each([
    ['all is well', widgetView(), 'up | 3 monitors up | all 3 regions watch'],
    ['one monitor is down', troubledView(), 'down | payments is down, confirmed, for 2 min | all 3 regions watch · 1 down · 2 up'],
    [
      'two are down',
      widgetView({ status: status({ monitors: [monitor('a', { verdict: 'down' }), monitor('b', { verdict: 'down' })] }) }),
      'down | 2 monitors are down: a and b | all 3 regions watch',
    ],
    [
      'one region alone says so',
      widgetView({ status: status({ monitors: [monitor('a', { certainty: 'single-witness' })], regions: regionsSilent, watches: accused }) }),
      'amber | 1 monitor up, 1 of them not for sure | 2 of 3 regions watch; not us-east-2',
    ],
    [
      'somebody else answers',
      widgetView({ status: status({ monitors: [monitor('a', { verdict: 'misidentified' as never, reason: 'wrong-one-answers' }), monitor('b')] }) }),
      'down | a is misidentified for 37 min | all 3 regions watch · 1 misidentified · 1 up',
    ],
    ['nothing is configured', widgetView({ status: status({ monitors: [] }) }), 'unknown | No monitor is configured | all 3 regions watch'],
    [
      'nothing could be read',
      widgetView({ isRead: false, status: status({ watches: [], regions: status().regions.map((region) => ({ ...region, lastBeatAgeMs: null })) }) }),
      'unknown | Nothing is known here: the table in eu-west-1 could not be read | no region is known to watch',
    ],
    [
      'every monitor is unknown',
      widgetView({ status: status({ monitors: [monitor('a', { verdict: 'unknown', since: null })] }) }),
      'unknown | a is unknown | all 3 regions watch',
    ],
  ])('says it when %s', (_case, view, said) => {
    expect(headline(view)).toBe(said);
  });
});

describe('what is not known to be good', () => {
  const nobody = { [ireland]: silentRegion(180_000), [ohio]: seen({ health: 'unknown', ageMs: null, detail: 'never-heard' }) };
  const dark = widgetView({
    isRead: false,
    reports: new Map(),
    status: {
      ...status({ watches: [] }),
      regions: status().regions.map((region) => ({ ...region, lastBeatAgeMs: null })),
      monitors: [monitor('payments', { verdict: 'unknown', since: null, regions: nobody })],
    },
  });

  test('is never green', () => {
    expect(drawn(dark)).not.toMatch(/tw-(up|bar-up)/);
    expect(drawn(dark)).toContain('never heard');
    expect(drawn(dark)).toContain('not read');
  });

  test('old words are grey, with their age', () => {
    const old = widgetView({ status: status({ watches: [watch(ohio, ireland, { ageMs: 400_000 })], monitors: [] }) });
    expect(drawn(old)).toContain('us-east-2 says <b class="tw-unknown">reporting</b> <i class="tw-ago">6 min old</i>');
  });

  test('a region whose own watchdog looks no longer is amber, whatever others say of its prober', () => {
    const deaf = widgetView({ status: status({ watches: [watch(ireland, ohio), watch(ohio, ireland, { ageMs: 900_000 })] }) });
    expect(drawn(deaf)).toMatch(/<tr class="tw-amber"><td>[\s\S]*?us-east-2<\/b>[\s\S]*?looked at others 15 min ago/);
  });

  test('a time that nobody watched is thin, and never drawn over', () => {
    const [, report] = lastDay('a', [{ hours: [6.1, 6.11], state: 'unknown' }], { known: 1, coverage: 0.9996 });
    const view = widgetView({ status: status({ monitors: [monitor('a')] }), reports: new Map([['a', report]]) });
    expect(drawn(view)).toContain('<rect class="tw-bar-unknown" x="24" y="4" width="1" height="2"/>');
    expect(drawn(view)).toContain('of the <span class="tw-gap">99.960 %</span> that was watched');
  });

  test('a region that failed just now is not green, though it is up by its own count', () => {
    const wavering = monitor('a', { regions: { [ireland]: seen({ reason: 'status', detail: 'status 503' }) } });
    expect(drawn(widgetView({ status: status({ monitors: [wavering] }) }))).toContain('<b class="tw-amber">up</b>');
  });
});

describe('incidents', () => {
  test('lead to their section of the runbook', () => {
    const silent = incident({ subject: 'prober:us-east-2', family: 'watch', condition: 'silent', key: 'prober:us-east-2:watch' });
    const view = (runbookUrl?: string) => drawn(widgetView({ runbookUrl, status: status({ incidents: [incident(), silent] }) }));
    expect(view('https://wiki.example.com/r')).toContain('href="https://wiki.example.com/r#monitor-down"');
    expect(view('https://wiki.example.com/r')).toContain('href="https://wiki.example.com/r#silent"');
    expect(view()).toContain('<code>docs/runbook.md#silent</code>');
  });

  test('that nobody may have heard of are said', () => {
    const untold = troubledView();
    const [first, ...others] = untold.announcements;
    expect(drawn({ ...untold, announcements: [{ ...first!, receipt: null }, ...others] })).toContain('no receipt: nobody may have heard it');
    expect(drawn({ ...untold, announcements: [{ ...first!, receipt: null, at: ago(20_000) }] })).toContain('on its way');
  });
});

test('the worst stand first, and no more than can be looked at', () => {
  const monitors = [
    ...Array.from({ length: 60 }, (_, nth) => monitor(`up-${nth}`)),
    monitor('unsure', { certainty: 'single-witness' }),
    monitor('grey', { verdict: 'unknown' }),
    monitor('half', { verdict: 'partial' }),
    monitor('other', { verdict: 'misidentified' as never }),
    monitor('gone', { verdict: 'down' }),
  ];
  const shown = shownMonitors(status({ monitors }));
  expect(shown).toHaveLength(40);
  expect(shown.slice(0, 5).map(({ id }) => id)).toEqual(['gone', 'other', 'half', 'grey', 'unsure']);
  expect(drawn(widgetView({ status: status({ monitors }) }))).toContain('and 25 more, none of them worse');
});

test('it stays small with a thousand monitors of the longest names, all in trouble, at their worst', () => {
  const bad = `${'<b>"&'.repeat(100)}`;
  const regions = Object.fromEntries(Array.from({ length: 5 }, (_, nth) => [`ap-southeast-${nth}`, seen({ health: 'down', reason: 'status', detail: bad })]));
  const monitors = Array.from({ length: 1000 }, (_, nth) => monitor(`${bad}${nth}`, { target: bad, verdict: 'down', regions }));
  const incidents = monitors.map(({ id }) => incident({ subject: id, key: id }));
  const flapping = Array.from({ length: 48 }, (_, half) => ({ hours: [half / 2, half / 2 + 0.2] as const, state: 'down' as const }));
  const reports = new Map(monitors.map(({ id }) => lastDay(id, flapping)));
  // Lambda gives back 6 MB at most.
  expect(widgetHtml(widgetView({ status: status({ monitors, incidents }), reports })).length).toBeLessThan(500_000);
});

describe('what others wrote', () => {
  test('stays text, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'<>&"\'`/ =a') })), (text) => {
        const made = html`<p title="${text}">${text}</p>`.html;
        expect(made).not.toMatch(/<(?!\/?p[ >])/);
        expect(made.match(/"/g)).toHaveLength(2);
        const [, inAttribute, inText] = /^<p title="([^"]*)">([^<]*)<\/p>$/s.exec(made)!;
        expect(inAttribute).toBe(inText);
        expect(readBack(inText!)).toBe(text.replace(/[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/gu, '\ufffd'));
      }),
    );
  });
});

const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#96;': '`', '&amp;': '&' };
const readBack = (text: string): string => text.replace(/&[#\w]+;/g, (entity) => characters[entity] ?? entity);
