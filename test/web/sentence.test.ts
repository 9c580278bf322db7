import type { MonitorView, StatusView } from '../../src/core/views';
import { failing, frankfurt, ireland, monitor, ohio, seen, silentRegion, status, watch } from './news';
import { pageModule } from './page-module';

interface Headline {
  readonly tone: string;
  readonly said: string;
  readonly short: string;
}
const { headline, tally, withAge } = pageModule<{
  headline(monitors: readonly MonitorView[], watchers: unknown): Headline;
  tally(monitors: readonly MonitorView[]): string;
  withAge(line: Headline, sinceMs: number | null): string;
}>('sentence.js');
const { watchersOf, watchersText } = pageModule<{
  watchersOf(status: StatusView, besides: { dark: ReadonlySet<string>; elapsedMs: number }): unknown;
  watchersText(watchers: unknown): string;
}>('watchers.js');
const { ageText, list } = pageModule<{ ageText(ms: number): string; list(names: readonly string[]): string }>('words.js');

const watchers = (view: StatusView = status(), besides: { dark?: readonly string[]; elapsedMs?: number } = {}) =>
  watchersOf(view, { dark: new Set(besides.dark ?? []), elapsedMs: besides.elapsedMs ?? 0 });
const say = (monitors: readonly MonitorView[]) => headline(monitors, watchers());

describe('the sentence on top of the page', () => {
  const up = monitor('search');
  const down = monitor('payments', { verdict: 'down', regions: { [ireland]: failing(), [ohio]: failing() } });
  const bySingleWitness = { certainty: 'single-witness', regions: { [ireland]: seen(), [ohio]: silentRegion(240_000) } } as const;

  it.each<[string, readonly MonitorView[], string, string]>([
    ['all up', [up, monitor('a')], 'up', '2 monitors up'],
    ['no monitors', [], 'unknown', 'No monitor is configured'],
    ['one down', [up, down], 'down', 'payments is down, confirmed by eu-west-1 and us-east-2'],
    [
      'a pool that confirmed before the own health of a region turned',
      [monitor('payments', { verdict: 'down', regions: { [ireland]: failing(), [ohio]: failing({ health: 'up' }) } })],
      'down',
      'payments is down, confirmed by eu-west-1 and us-east-2',
    ],
    [
      'down by a single witness',
      [monitor('payments', { verdict: 'down', certainty: 'single-witness', regions: { [ireland]: failing(), [ohio]: silentRegion(240_000) } })],
      'down',
      'payments is down, seen by eu-west-1 alone',
    ],
    [
      'answered by somebody else, which comes first',
      [down, monitor('a', { verdict: 'misidentified', regions: { [ireland]: failing({ reason: 'misidentified' }), [ohio]: seen() } })],
      'down',
      'a is answered by somebody else, as eu-west-1 sees it',
    ],
    ['two down', [down, monitor('a', { verdict: 'down' })], 'down', '2 monitors are down: payments and a'],
    [
      'partial',
      [up, monitor('payments', { verdict: 'partial', regions: { [ireland]: failing(), [ohio]: seen() } })],
      'partial',
      'payments is partial: down from eu-west-1, up from us-east-2',
    ],
    ['one unknown beside others that are up', [up, monitor('payments', { verdict: 'unknown' })], 'unknown', 'payments is unknown'],
    ['all unknown', [monitor('a', { verdict: 'unknown' })], 'unknown', '1 monitor unknown, no region has fresh news of any'],
    [
      'a verdict this page does not know',
      [monitor('a', { verdict: undefined as unknown as 'up' })],
      'unknown',
      '1 monitor unknown, no region has fresh news of any',
    ],
    ['up by a single witness is amber', [up, monitor('a', bySingleWitness)], 'single', '2 monitors up, 1 of them by a single witness'],
  ])('%s', (_case, monitors, tone, said) => {
    expect(say(monitors)).toMatchObject({ tone, said });
  });

  it('counts who stands where, worst first, and says nothing where all stand alike', () => {
    expect(tally([up, down, monitor('a', { verdict: 'unknown' })])).toBe('1 down · 1 unknown · 1 up');
    expect(tally([up, up])).toBe('');
  });

  it('keeps the age out of what is read aloud and in what is shown', () => {
    expect(withAge(say([down]), 125_000)).toBe('payments is down, confirmed by eu-west-1 and us-east-2, for 2 min');
  });

  it('says that nobody watches, and since when, whatever the last verdicts were', () => {
    const silent = status({ regions: status().regions.map((region) => ({ ...region, lastBeatAgeMs: region.role === 'prober' ? 420_000 : null })) });
    const line = headline([up], watchers(silent, { dark: [ohio] }));
    expect(line.tone).toBe('down');
    expect(withAge(line, null)).toBe('Nobody is watching: eu-west-1 writes no beats and us-east-2 is dark, for 7 min');
  });

  it('says that nobody has watched yet before the first beat', () => {
    const begun = status({ regions: status().regions.map((region) => ({ ...region, lastBeatAgeMs: null })) });
    expect(headline([up], watchers(begun))).toMatchObject({ tone: 'unknown', short: 'starting' });
  });
});

describe('who watches', () => {
  it.each<[string, unknown, string]>([
    ['everyone', watchers(), '2 regions and a witness watching'],
    ['a dark region does not', watchers(status(), { dark: [ohio] }), 'eu-west-1 and a witness watching · us-east-2 is dark'],
    ['a dark witness does not', watchers(status(), { dark: [frankfurt] }), '2 regions watching · the witness eu-central-1 is dark'],
    [
      'a region that its peer finds silent does not',
      watchers(status({ watches: [...status().watches, watch(frankfurt, ohio, { state: 'silent' })] })),
      'eu-west-1 and a witness watching · us-east-2 is silent, says eu-central-1',
    ],
    [
      'an accusation in old words counts for nothing',
      watchers(status({ watches: [...status().watches, watch(frankfurt, ohio, { state: 'silent', ageMs: 300_000 })] })),
      '2 regions and a witness watching',
    ],
    [
      'a lost link is no absence',
      watchers(status({ watches: [...status().watches, watch(ireland, ohio, { state: 'link-lost' })] })),
      '2 regions and a witness watching',
    ],
    ['news that grew old itself counts for nobody', watchers(status(), { elapsedMs: 200_000 }), 'the witness eu-central-1 has said nothing of late'],
  ])('%s', (_case, seenWatchers, text) => {
    expect(watchersText(seenWatchers)).toBe(text);
  });
});

describe('small words', () => {
  it.each<[number, string]>([
    [-500, '0 s'],
    [999, '0 s'],
    [119_999, '119 s'],
    [120_000, '2 min'],
    [3_599_999, '59 min'],
    [3_900_000, '1 h 5 min'],
    [187_200_000, '2 d 4 h'],
  ])('an age of %d ms is never rounded up', (ms, text) => {
    expect(ageText(ms)).toBe(text);
  });

  it('a long list names a few and counts the others', () => {
    expect(list(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c and 3 more');
  });
});
