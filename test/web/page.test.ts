import type { ChannelNewsView } from '../../src/core/views';
import { describeInChromium } from './chromium';
import { ago, announcement, failing, frankfurt, incident, ireland, local, localRegion, monitor, ohio, seen, silentRegion, status, watch } from './news';
import { open, page, server, text, usePage, words } from './open-page';

const rowOf = (id: string) => page.locator('#monitors tr', { has: page.locator('.id', { hasText: new RegExp(`^${id}$`) }) });
const secondsIn = (words: string): number => Number(/(\d+) s/.exec(words)?.[1]);

describeInChromium('the page of local mode', () => {
  usePage();

  it('says in one line that all is up and who watches', async () => {
    await open();
    expect(await text('#sentence')).toBe('3 monitors up');
    expect(await text('#watchers')).toBe('2 regions and a witness watching');
    expect(await page.title()).toBe('all up · twinwatch');
    expect(await page.locator('#favicon').getAttribute('href')).toBe('favicon-up.svg');
    expect(await page.locator('#banner').isVisible()).toBe(false);
  });

  it('leads to what the dashboard shows', async () => {
    await open();
    expect(await page.locator('#footer a').getAttribute('href')).toBe('/widget');
    expect(await text('#footer')).toContain('The same as the dashboard in AWS has it.');
  });

  it('names what is down, who confirmed it, the incident, and what nobody took yet', async () => {
    const down = monitor('payments', {
      verdict: 'down',
      since: ago(125_000),
      reason: 'every region fails',
      regions: { [ireland]: failing(), [ohio]: failing() },
    });
    await open({
      '/api/status': () => status({ monitors: [monitor('search'), down], incidents: [incident()] }),
      '/api/announcements': () => [announcement({ receipt: null })],
    });
    expect(await text('#sentence')).toBe('payments is down, confirmed by eu-west-1 and us-east-2, for 2 min');
    expect(await text('#spoken')).toBe('payments is down, confirmed by eu-west-1 and us-east-2');
    expect(await words(page.locator('#monitors tr').first())).toMatch(/down\s+confirmed[\s\S]*every region fails[\s\S]*status 503, wanted 2xx/);
    expect(await text('#incidents')).toMatch(/open[\s\S]*payments[\s\S]*page[\s\S]*payments:availability/);
    expect(await text('#announcements')).toMatch(/opened[\s\S]*DOWN payments[\s\S]*no receipt yet/);
  });

  it('says when it was last proven who answers, where somebody is named', async () => {
    const said = 'not proven: eu-west-1: connect-refused; last proven 3 min ago from us-east-2';
    const named = monitor('payments', { identity: { wanted: '"pay-1", by the header x-instance', isProven: false, lastProven: null, words: said } });
    await open({ '/api/status': () => status({ monitors: [monitor('search'), named] }) });
    expect(await words(rowOf('payments').locator('.identity'))).toBe(`identity ${said}`);
    expect(await rowOf('search').locator('.identity').isVisible()).toBe(false);
  });

  it('says of each channel whether it got it, when, and by which receipt', async () => {
    const channels: ChannelNewsView[] = [
      { channel: 'ops-mail', kind: 'email', state: 'accepted', region: ireland, at: '2026-11-21T14:02:10.000Z', why: null },
      { channel: 'ops-chat', kind: 'slack', state: 'delivered', region: ireland, at: '2026-11-21T14:02:11.000Z', why: null },
      { channel: 'pager', kind: 'pagerduty', state: 'undelivered', region: ireland, at: '2026-11-21T14:02:15.000Z', why: 'status 503' },
    ];
    await open({ '/api/announcements': () => [announcement({ channels }), announcement({ id: 'other' })] });
    const first = page.locator('#announcements tr').first().locator('.channel-news li');
    expect(await first.allInnerTexts()).toEqual([
      'email ops-mail: accepted by SNS 14:02:10',
      'slack ops-chat: delivered 14:02:11',
      'pagerduty pager: not delivered 14:02:15 (status 503)',
    ]);
    expect(await first.nth(1).getAttribute('title')).toContain('by the relay of eu-west-1');
    expect(await page.locator('#announcements tr').last().locator('.channel-news li').count()).toBe(0);
  });

  it('names a delivery by the relay after its channel, and never after the function', async () => {
    const at = ago(1000);
    const through = { topic: 't', subscription: '~relay', protocol: 'lambda', endpoint: 'twinwatch-relay', status: 'delivered', attempts: 1, at, detail: 'ok' };
    const channels: ChannelNewsView[] = [{ channel: 'ops-chat', kind: 'slack', state: 'delivered', region: ireland, at, why: null }];
    const told = announcement({ channels });
    const deliveries = [
      { ...through, messageId: told.receipt!.messageId },
      { ...through, messageId: 'of-a-test' },
      { ...through, messageId: 'm-2', subscription: 'ops-hook', protocol: 'http', endpoint: 'http://127.0.0.1:4399/hook' },
    ];
    await open({ '/api/announcements': () => [told], '/api/local': () => local({ deliveries }) });
    const rows = page.locator('#deliveries li');
    await rows.nth(2).waitFor();
    expect((await rows.locator('.state-line').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ')).sort()).toEqual([
      expect.stringContaining('slack ops-chat delivered'),
      expect.stringContaining('the relay delivered'),
      expect.stringContaining('webhook ops-hook delivered'),
    ]);
    expect(await text('#deliveries')).not.toContain('lambda');
    expect(await text('#deliveries')).toContain('by the relay of eu-west-1');
  });

  it('never draws what is unknown as up, nor hides the age of what was last known', async () => {
    const regions = { [ireland]: silentRegion(180_000), [ohio]: silentRegion(240_000) };
    await open({ '/api/status': () => status({ monitors: [monitor('payments', { verdict: 'unknown', certainty: 'single-witness', regions })] }) });
    const row = rowOf('payments');
    expect(await words(row.locator('td.verdict .word'))).toBe('unknown');
    expect(await row.locator('td.seen').allInnerTexts()).toEqual([expect.stringMatching(/unknown\s*3 min ago/), expect.stringMatching(/unknown\s*4 min ago/)]);
    expect(await row.evaluate((element) => element.matches('.up') || element.querySelector('.up') !== null)).toBe(false);
    expect(await page.locator('#headline').getAttribute('class')).toBe('headline unknown');
    expect(await page.locator('#favicon').getAttribute('href')).toBe('favicon.svg');
  });

  it('shows what a single witness sees as up in amber, with the word', async () => {
    const regions = { [ireland]: seen(), [ohio]: silentRegion(240_000) };
    await open({ '/api/status': () => status({ monitors: [monitor('payments', { certainty: 'single-witness', regions })] }) });
    expect(await rowOf('payments').getAttribute('class')).toBe('monitor single');
    expect(await words(rowOf('payments').locator('td.verdict'))).toMatch(/up\s+single witness/);
  });

  it('shows a dark region as dark, with the age of its last beat and of its last words', async () => {
    await open({
      '/api/status': () =>
        status({
          regions: status().regions.map((region) => (region.name === ohio ? { ...region, lastBeatAgeMs: 240_000 } : region)),
          watches: [watch(ireland, ohio, { state: 'silent', reason: 'direct read failed' }), watch(ohio, ireland, { ageMs: 246_000 }), watch(frankfurt, ohio)],
        }),
      '/api/local': () => local({ regions: [localRegion(ireland, 0), localRegion(ohio, 1, { state: 'dark', pid: null, processes: [] })] }),
    });
    const region = (name: string) => page.locator('#regions > li', { has: page.locator('h3', { hasText: name }) });
    expect(await words(region(ohio))).toMatch(/dark[\s\S]*last beat 4 min ago[\s\S]*eu-west-1 says\s+silent[\s\S]*direct read failed/);
    expect(await words(region(ireland))).toMatch(/us-east-2 said\s+reporting[\s\S]*4 min old/);
    expect(await page.locator('.picture svg').getAttribute('aria-label')).toContain('us-east-2 dark');
    expect(await text('#watchers')).toContain('us-east-2 is dark');
  });

  it('goes grey, says so and lets every age grow while the API is dead, and recovers', async () => {
    await open();
    const age = () => text('#monitors td.seen time >> nth=0');
    const before = secondsIn(await age());
    server.isDead = true;
    await page.clock.fastForward(12_000);
    await page.locator('#banner').waitFor();
    await page.locator('#banner', { hasText: 'nobody answers' }).waitFor();
    expect(await text('#banner')).toMatch(
      /^This page has had no news for 1\d s; what you see below is old\. \(nobody answers; is twinwatch still running\?\)$/,
    );
    expect(await text('#sentence')).toMatch(/^When last heard, 1\d s ago: 3 monitors up$/);
    expect(await page.title()).toBe('no news · twinwatch');
    expect(await page.locator('section.old').count()).toBe(await page.locator('section[data-source]').count());
    expect(secondsIn(await age()) - before).toBeGreaterThanOrEqual(12);
    server.isDead = false;
    await page.clock.fastForward(1000);
    await page.locator('#banner').waitFor({ state: 'hidden' });
    expect(await text('#sentence')).toBe('3 monitors up');
  });

  it('takes an answer that it cannot use for no news', async () => {
    await open();
    server.answers['/api/status'] = () => ({ monitors: 'all fine' });
    await page.clock.fastForward(12_000);
    await page.locator('#banner', { hasText: /no news of the monitors and regions for \d+ s.*has not the expected shape/ }).waitFor();
    expect(await text('#banner')).toContain('what is greyed below is old');
  });

  it('shows hostile text as text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><b>bold</b>';
    const regions = { [ireland]: failing({ detail: hostile }), [ohio]: seen() };
    await open({
      '/api/status': () =>
        status({
          monitors: [monitor(hostile, { target: hostile, reason: hostile, verdict: 'partial', regions })],
          incidents: [incident({ subject: hostile })],
        }),
      '/api/announcements': () => [announcement({ text: hostile, reason: hostile })],
    });
    expect(await words(page.locator('#monitors .id'))).toBe(hostile);
    expect(await text('#announcements')).toContain(hostile);
    expect(await page.locator('img, b').count()).toBe(0);
  });

  it("shows CloudWatch's alarms that have fired, and no others", async () => {
    const [one, other] = ['prober', 'watchdog'].map((role) => ({ region: ireland, name: `twinwatch-${role}-silent-us-east-2`, description: '', reason: '' }));
    const alarms = [
      { ...one, state: 'ALARM', since: ago(150_000) },
      { ...other, state: 'OK', since: ago(150_000) },
    ];
    await open({ '/api/local': () => local({ alarms }) });
    expect(await text('#alarms')).toMatch(/^CloudWatch\s*in eu-west-1: twinwatch-prober-silent-us-east-2 is in ALARM\s*since 2 min$/);
  });

  it('keeps its nodes from poll to poll', async () => {
    const parts = '#monitors tr, #monitors td, #regions > li, .picture g';
    await open();
    await page.evaluate(`document.querySelectorAll("${parts}").forEach((node) => { node.marked = true; })`);
    server.answers['/api/status'] = () => status({ monitors: status().monitors.map((one) => ({ ...one, reason: 'polled again' })) });
    await page.clock.fastForward(1000);
    await page.locator('#monitors .reason', { hasText: 'polled again' }).first().waitFor();
    expect(await page.evaluate(`[...document.querySelectorAll("${parts}")].every((node) => node.marked)`)).toBe(true);
  });

  it('asks nothing while nobody looks, and at once when someone looks again', async () => {
    await open();
    const show = (hidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true }); document.dispatchEvent(new Event("visibilitychange"))`,
      );
    await show(true);
    await page.waitForTimeout(100);
    let asked = 0;
    server.answers['/api/status'] = () => {
      asked += 1;
      return status({ monitors: [monitor('anew')] });
    };
    await page.clock.runFor(5000);
    expect(asked).toBe(0);
    await show(false);
    await rowOf('anew').waitFor();
  });

  it('fits a screen of 380 px, and its tables stay tables', async () => {
    await page.setViewportSize({ width: 380, height: 800 });
    await open({ '/api/status': () => status({ incidents: [incident()] }) });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(380);
    expect(await page.getByRole('table', { name: 'Monitors' }).getByRole('rowheader').count()).toBe(3);
    expect(await page.getByRole('table', { name: 'Incidents' }).getByRole('cell').count()).toBe(5);
  });
});
