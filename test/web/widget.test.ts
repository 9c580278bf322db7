import type { Browser, Page } from 'playwright-core';
import type { WidgetView } from '../../src/core/widget/view';
import { widgetHtml } from '../../src/core/widget/widget';
import { describeInChromium, launchChromium } from './chromium';
import { announcement, failing, incident, ireland, monitor, ohio, silentRegion, status, watch } from './news';
import { troubledView, widgetView } from './widget-news';

let browser: Browser;
let page: Page;
let complaints: string[];
let fetched: string[];

/** As the console has it: in the middle of a page of others, so wide. */
async function draw(view: WidgetView, width = 588): Promise<void> {
  await page.setViewportSize({ width, height: 700 });
  await page.setContent(`<!doctype html><body style="margin:0"><h1 id="own">dashboard</h1><table><tr><td id="cell">cell</td></tr></table>${widgetHtml(view)}`);
}

// biome-ignore lint/performance/useDomNodeTextContent: what a person sees is the laid-out text.
const text = (selector: string): Promise<string> => page.locator(selector).first().innerText();
const widerThanPage = () => page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
const lookOf = (selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { color, fontSize, fontWeight, padding, border, background } = element.ownerDocument.defaultView.getComputedStyle(element);
    return [color, fontSize, fontWeight, padding, border, background].join(' ');
  });

describeInChromium('the widget of the dashboard', () => {
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => fetched.push(request.url()));
  });
  afterAll(() => browser?.close());
  beforeEach(() => {
    complaints = [];
    fetched = [];
  });
  afterEach(() => expect([complaints, fetched]).toEqual([[], []]));

  it('says what is down, who sees it, since when, and what to do', async () => {
    await draw(troubledView());
    expect(await text('.tw-head h1')).toBe('payments is down, confirmed, for 2 min');
    expect(await text('.tw-monitors tbody tr')).toMatch(
      /payments[\s\S]*eu-west-1 down 8 ms 12 s ago[\s\S]*status 503, wanted 2xx[\s\S]*us-east-2 down 96 ms 41 s ago/,
    );
    expect(await text('.tw-monitors tbody tr td:nth-child(3)')).toMatch(/97\.791 % up\s+of the 96\.667 % that was watched/);
    expect(await page.locator('a').first().getAttribute('href')).toBe('https://wiki.example.com/runbook#monitor-down');
  });

  it.each([300, 420, 588, 760, 1200])('fits into a place that is %d pixels wide', async (width) => {
    await draw(troubledView(), width);
    expect(await widerThanPage()).toBeLessThanOrEqual(0);
  });

  it('leaves the rest of the dashboard as it is', async () => {
    await page.setContent('<!doctype html><body style="margin:0"><h1 id="own">dashboard</h1><table><tr><td id="cell">cell</td></tr></table>');
    const before = [await lookOf('#own'), await lookOf('#cell')];
    await draw(troubledView());
    expect([await lookOf('#own'), await lookOf('#cell')]).toEqual(before);
  });

  it('shows what others wrote as text, and runs none of it', async () => {
    const evil = '"><img src=x onerror=alert(1)></td></tr></table><script>alert(2)</script><style>*{display:none}</style>\u202e<a href=javascript:alert(3)>';
    const regions = { [ireland]: failing({ detail: evil }), [`${ohio}${evil}`]: failing({ detail: evil }) };
    const words = watch(ireland, ohio, { state: `silent${evil}`, reason: evil });
    await draw(
      troubledView({
        status: status({
          monitors: [monitor(evil, { target: `javascript:alert(4)${evil}`, verdict: 'down', reason: evil, regions })],
          incidents: [incident({ subject: evil, key: evil, condition: evil })],
          watches: [words],
        }),
        announcements: [announcement({ text: evil, channel: evil })],
        channels: [{ name: evil, kind: 'webhook' }],
        unread: [evil],
      }),
    );
    expect(await page.locator('img, script, iframe, .tw a:not([href^="https://wiki.example.com/runbook#"])').count()).toBe(0);
    expect(await page.locator('style').count()).toBe(1);
    expect(await text('.tw-monitors td b')).toContain('"><img src=x onerror=alert(1)>');
    expect(await page.content()).not.toContain('\u202e');
    expect(await widerThanPage()).toBeLessThanOrEqual(0);
  });

  it('tells a dark region by the ages of its last words, and what one region alone sees in amber', async () => {
    const regions = { [ireland]: silentRegion(190_000), [ohio]: monitor('a').regions[ohio]! };
    const dark = status().regions.map((region) => (region.name === ireland ? { ...region, lastBeatAgeMs: 190_000 } : region));
    const watches = [
      watch(ohio, ireland, { state: 'silent', reason: 'local replica old, direct read failed' }),
      watch(ireland, ireland, { ageMs: 190_000 }),
      watch(ohio, ohio),
    ];
    await draw(
      widgetView({
        status: status({ regions: dark, watches, monitors: [monitor('search', { certainty: 'single-witness', regions, reason: 'only-witness-succeeds' })] }),
      }),
    );
    expect(await text('.tw-head p')).toContain('not eu-west-1');
    const row = page.locator('.tw-regions tr').first();
    expect(await text('.tw-regions tr')).toMatch(/eu-west-1 prober\s+last beat 3 min ago[\s\S]*us-east-2 says silent[\s\S]*direct read failed/);
    expect(await row.getAttribute('class')).toBe('tw-down');
    expect(await row.locator('b.tw-up').count()).toBe(0);
    expect(await page.locator('.tw-monitors tbody tr').getAttribute('class')).toBe('tw-amber');
  });

  it('draws nothing green where nothing could be read, and says so', async () => {
    const nothing = status({ watches: [], monitors: [monitor('a', { verdict: 'unknown', since: null, regions: { [ireland]: silentRegion(0) } })] });
    const regions = nothing.regions.map((region) => ({ ...region, lastBeatAgeMs: null }));
    await draw(widgetView({ isRead: false, unread: ['The table in eu-west-1 did not answer in time.'], status: { ...nothing, regions }, reports: new Map() }));
    expect(await text('.tw-unread')).toBe('The table in eu-west-1 did not answer in time.');
    const green = await page.locator('.tw *').evaluateAll(
      (elements) =>
        elements.filter((element) => {
          const { color, fill, borderLeftColor } = element.ownerDocument.defaultView.getComputedStyle(element);
          return [color, fill, borderLeftColor].some((value) => ['rgb(23, 112, 47)', 'rgb(47, 158, 79)'].includes(value));
        }).length,
    );
    expect(green).toBe(0);
  });

  it('says what to do where there is nothing to show', async () => {
    await draw(widgetView({ status: status({ monitors: [], watches: [], regions: [] }), channels: [], reports: new Map() }));
    expect(await text('.tw')).toContain('Nothing is watched: put a monitor into twinwatch.yaml and deploy again.');
    expect(await text('.tw')).toContain('No channel is configured: nobody is told anything.');
  });

  it.each(['light', 'dark'] as const)('can be read in the %s theme: every text has a contrast of 4.5', async (theme) => {
    await draw(troubledView({ theme }));
    const drawn = await page.locator('.tw *').evaluateAll((elements) => {
      const styleOf = (element: (typeof elements)[number]) => element.ownerDocument.defaultView.getComputedStyle(element);
      const groundOf = (element: (typeof elements)[number]): string => {
        const { backgroundColor } = styleOf(element);
        return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : backgroundColor;
      };
      return elements
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
        .map((element) => ({ said: String(element.textContent), color: String(styleOf(element).color), ground: groundOf(element) }));
    });
    expect(drawn.length).toBeGreaterThan(40);
    expect(drawn.filter(({ color, ground }) => contrast(color, ground) < 4.5)).toEqual([]);
  });
});

/** As WCAG counts it. */
function contrast(one: string, other: string): number {
  const [light, dark] = [one, other].map(luminance).sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = (color.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
