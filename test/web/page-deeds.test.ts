import { describeInChromium } from './chromium';
import { ago, ireland, local, localRegion, ohio } from './news';
import { open, page, server, text, usePage } from './open-page';

describeInChromium('on the page of local mode a person', () => {
  usePage();

  it('breaks a service for everyone or for one region, and keeps the focus on the button', async () => {
    await open();
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.locator('#services-said[data-outcome=done]', { hasText: name }).waitFor();
    };
    await press('Break payments');
    await press('Break search for us-east-2');
    expect(server.posts).toEqual([
      { path: '/api/services/payments', body: { broken: true } },
      { path: '/api/services/search', body: { broken: true, region: ohio } },
    ]);
    const services = [{ name: 'search', url: 'http://127.0.0.1:1/', broken: [ohio] }];
    server.answers['/api/local'] = () => local({ services });
    await page.clock.fastForward(1000);
    await page.locator('#services .state', { hasText: 'broken for us-east-2' }).waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Break search for us-east-2');
    await press('Mend search');
    expect(server.posts.at(-1)).toEqual({ path: '/api/services/search', body: { broken: false } });
  });

  it('kills a region, and cuts a link in both directions', async () => {
    await open();
    await page.getByRole('button', { name: 'Kill region us-east-2', exact: true }).click();
    await page.locator('#regions-said[data-outcome=done]').waitFor();
    await page.getByRole('button', { name: 'Cut eu-west-1 and us-east-2 apart', exact: true }).press('Enter');
    await page.locator('#links-said[data-outcome=done]').waitFor();
    expect(server.posts).toEqual([
      { path: '/api/regions/us-east-2', body: { state: 'dark' } },
      { path: '/api/links', body: { from: ireland, to: ohio, cut: true } },
      { path: '/api/links', body: { from: ohio, to: ireland, cut: true } },
    ]);
  });

  it('reads in words why a button did nothing', async () => {
    await open({ '/api/local': () => local({ regions: [localRegion(ohio, 1, { state: 'dark', pid: null })] }) });
    server.postStatus = 409;
    await page.getByRole('button', { name: 'Bring back us-east-2' }).click();
    await page.locator('#regions-said[data-outcome=failed]').waitFor();
    expect(await text('#regions-said')).toBe('Bring back us-east-2: not done, the server answered 409: the edge is being started.');
  });

  it('has no break buttons where there is no demo, and sees drills that run', async () => {
    const drills = [{ id: 'd1', kind: 'cut', what: `${ireland}:${ohio}`, startedAt: ago(31_000) }];
    await open({ '/api/local': () => local({ services: [], drills }) });
    expect(await page.locator('#services-section').isVisible()).toBe(false);
    expect(await text('#drills')).toMatch(/Drill\s+cut eu-west-1:us-east-2\s+began 3\d s ago/);
  });
});
