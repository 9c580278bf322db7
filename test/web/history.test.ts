import type { Locator } from 'playwright-core';
import type { SegmentView } from '../../src/core/views';
import { describeInChromium } from './chromium';
import { local, monitor, status } from './news';
import { openEarly, open as openPage, page, server, usePage, words } from './open-page';
import { pageModule } from './page-module';
import type { Answers } from './page-server';
import { type Piece, past } from './past';

const { segmentText, toneOfSegment } = pageModule<{
  segmentText: (segment: SegmentView) => string;
  toneOfSegment: (segment: Pick<SegmentView, 'cause'> & { state: string }) => string;
}>('segment-words.js');

const nobody: Piece = { hours: [6, 9], state: 'unknown', cause: 'no prober reported', why: 'eu-west-1 silent, us-east-2 hung', revision: 2 };
const outage: Piece = { hours: [12, 13.5], state: 'down', why: 'every region fails', revision: 1 };

describe('the words of a piece of history', () => {
  it.each([
    ['up', null, 'up'],
    ['down', null, 'down'],
    ['partial', null, 'partial'],
    ['paused', null, 'paused'],
    ['unknown', 'no prober reported', 'unknown'],
    ['unknown', 'before the first observation', 'absent'],
    ['unknown', 'in the future', 'absent'],
    ['a state of tomorrow', null, 'unknown'],
  ] as const)('%s, %s takes the tone %s', (state, cause, tone) => expect(toneOfSegment({ state, cause })).toBe(tone));

  it('name the day twice only where it changes', () => {
    const segment: SegmentView = { from: '2026-11-20T23:00:00.000Z', to: '2026-11-21T00:30:00.000Z', state: 'down', cause: null, why: '', revision: null };
    expect(segmentText(segment)).toBe('down, 2026-11-20 23:00:00 to 2026-11-21 00:30:00 UTC (1 h 30 min). From beats, not yet rolled up.');
    expect(segmentText({ ...segment, from: '2026-11-21T00:00:00.000Z', revision: 3 })).toBe('down, 2026-11-21 00:00:00 to 00:30:00 UTC (30 min). Revision 3.');
  });
});

const history = (id: string) => page.locator('#history > li', { has: page.locator('h3', { hasText: id }) });
const hoursIn = (query: URLSearchParams): number => Math.round((Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')) / 3_600_000);
const widthOf = async (part: Locator): Promise<number> => (await part.boundingBox())?.width ?? Number.NaN;

/** Of a system that is not young. */
async function open(answers: Answers = {}): Promise<void> {
  await openPage({ '/api/local': () => local({ startedAt: '2026-01-01T00:00:00.000Z' }), ...answers });
  await page.locator('#history > li').first().waitFor();
}

describeInChromium('the history on the page', () => {
  usePage();

  it('draws a gap as unknown, and says its cause, its times and its revision when pointed at', async () => {
    await open({ '/api/report': (query) => past(query, [nobody]) });
    const gap = history('payments').locator('.strip .piece.unknown');
    await gap.hover();
    const told = /^unknown, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d to .* UTC \(3 h\): no prober reported; eu-west-1 silent, us-east-2 hung\. Revision 2\.$/;
    expect(await words(history('payments').locator('.told'))).toMatch(told);
    expect(await gap.getAttribute('aria-label')).toMatch(told);
    expect(await gap.locator('title').textContent()).toMatch(told);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".strip .piece.unknown")).fill')).toContain('pattern-unknown');
  });

  it('is as wide as it is long', async () => {
    await open({ '/api/report': (query) => past(query, [nobody, outage]) });
    const strip = history('payments').locator('.strip');
    await strip.locator('.piece.down').waitFor();
    const [whole, unknown, down] = [await widthOf(strip), await widthOf(strip.locator('.piece.unknown')), await widthOf(strip.locator('.piece.down'))];
    expect(unknown / whole).toBeCloseTo(3 / 24, 2);
    expect(down / whole).toBeCloseTo(1.5 / 24, 2);
  });

  it('draws time before a monitor existed as no data, and marks what is too short to be seen', async () => {
    const before: Piece = { hours: [0, 10], state: 'unknown', cause: 'before the first observation', revision: null };
    await open({ '/api/report': (query) => past(query, [before, { hours: [12, 12.01], state: 'down' }]) });
    await history('payments').locator('.piece.absent').waitFor();
    expect(await history('payments').locator('.piece.absent').getAttribute('aria-label')).toMatch(/^no data, .*before the first observation/);
    expect(await history('payments').locator('.piece.unknown').count()).toBe(0);
    expect(await history('payments').locator('.mark.down').count()).toBe(1);
  });

  it('is walked with the arrow keys, one stop of Tab for each chart', async () => {
    await open({ '/api/report': (query) => past(query, [nobody, outage]) });
    const strip = history('payments').locator('.strip');
    await strip.locator('.piece.down').waitFor();
    expect(await strip.locator('[tabindex="0"]').count()).toBe(1);
    await strip.locator('[tabindex="0"]').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await words(history('payments').locator('.told'))).toMatch(/^down, .*every region fails\. Revision 1\.$/);
    expect(await strip.locator('[tabindex="0"]').getAttribute('class')).toBe('piece down');
  });

  it('switches to 30 days, and asks sparingly', async () => {
    const asked: number[] = [];
    const answer = (query: URLSearchParams) => {
      asked.push((Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')) / 3_600_000);
      return past(query, asked.at(-1) === 720 ? [{ hours: [0, 240], state: 'unknown', cause: 'no prober reported' }] : []);
    };
    await open({ '/api/status': () => status({ monitors: [monitor('payments')] }), '/api/report': answer });
    await history('payments').locator('.piece.up').waitFor();
    await page.clock.runFor(20_000);
    expect(asked).toEqual([24]);
    await page.getByRole('button', { name: 'Last 30 d' }).click();
    const gap = history('payments').locator('.strip .piece.unknown');
    await gap.waitFor();
    expect((await widthOf(gap)) / (await widthOf(history('payments').locator('.strip')))).toBeCloseTo(1 / 3, 2);
    expect(await page.getByRole('button', { name: 'Last 30 d' }).getAttribute('aria-pressed')).toBe('true');
    await page.clock.runFor(90_000);
    expect(asked).toEqual([24, 720]);
    const askedAgain = page.waitForResponse((response) => response.url().includes('/api/report'));
    await page.getByRole('button', { name: 'Last 24 h' }).click();
    // What was known of the day is drawn at once, before the answer is there.
    await gap.waitFor({ state: 'detached' });
    await askedAgain;
    expect(asked).toEqual([24, 720, 24]);
  });

  it('shows in words and in grey that it could not be read', async () => {
    await open();
    await history('payments').locator('.piece.up').waitFor();
    server.answers['/api/report'] = (query) => ({ ...past(query), segments: [{ from: 'never', to: 'ever', state: 'up' }] });
    await page.clock.fastForward(61_000);
    await page.locator('#history > li.stale', { hasText: 'payments' }).waitFor();
    expect(await words(history('payments'))).toMatch(/could not be read, what is drawn is old\. \(the answer has not the expected shape\)/);
    await page.getByRole('button', { name: 'Last 30 d' }).click();
    await history('payments').locator('.trouble', { hasText: 'nothing is known of this time' }).waitFor();
    expect(await history('payments').locator('.chart').isVisible()).toBe(false);
  });

  it('begins with the last hour where the system is young, and with a day where it is not', async () => {
    // One of the two is never too near an end of the axis to be written.
    const quarterPast = /:(15|45)/;
    const isPressed = (name: string) => page.getByRole('button', { name }).getAttribute('aria-pressed');
    await open({ '/api/local': () => local() });
    await page.locator('#history .axis', { hasText: quarterPast }).first().waitFor();
    expect([await isPressed('Last 1 h'), await isPressed('Last 24 h')]).toEqual(['true', 'false']);
    await open();
    await page.locator('#history .axis', { hasText: quarterPast }).first().waitFor({ state: 'detached' });
    expect([await isPressed('Last 1 h'), await isPressed('Last 24 h')]).toEqual(['false', 'true']);
  });

  it('reads nothing before it knows how young the system is: a day takes longer than an hour', async () => {
    const asked: number[] = [];
    let tell = (_view: unknown): void => undefined;
    const told = new Promise((resolve) => {
      tell = resolve;
    });
    server.answers['/api/report'] = (query) => {
      asked.push(hoursIn(query));
      return past(query);
    };
    await openEarly({ '/api/local': () => told });
    await page.clock.runFor(3000);
    expect(asked).toEqual([]);
    tell(local());
    await history('payments').locator('.piece.up').waitFor();
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  it('reads a day all the same where it is not told how young the system is', async () => {
    await openEarly({ '/api/local': () => 'nothing of use' });
    await history('payments').locator('.piece.up').waitFor();
    expect(await page.getByRole('button', { name: 'Last 24 h' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('leaves the rest of a period unread where another one is chosen', async () => {
    const asked: [string | null, number][] = [];
    let answer = (): void => undefined;
    await open({
      '/api/status': () => status({ monitors: [monitor('payments'), monitor('search')] }),
      '/api/report': async (query) => {
        asked.push([query.get('monitor'), hoursIn(query)]);
        if (asked.length === 1) await new Promise<void>((resolve) => (answer = resolve));
        return past(query);
      },
    });
    await page.getByRole('button', { name: 'Last 30 d' }).click();
    answer();
    await history('search').locator('.piece.up').waitFor();
    expect(asked).toEqual([
      ['payments', 24],
      ['payments', 720],
      ['search', 720],
    ]);
  });

  it('shows hostile text as text, on 380 px too', async () => {
    const hostile = '<img src=x onerror="document.title=1"><b>bold</b>'.repeat(4);
    await page.setViewportSize({ width: 380, height: 800 });
    await open({
      '/api/status': () => status({ monitors: [monitor(hostile)] }),
      '/api/report': (query) => ({ ...past(query, [{ ...nobody, why: hostile }]), summary: hostile }),
    });
    await page.locator('#history .piece.unknown').hover();
    expect(await words(page.locator('#history .told'))).toContain(hostile);
    expect(await page.locator('img, b').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(380);
  });
});
