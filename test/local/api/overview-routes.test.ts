import { overviewRoutes } from '../../../local/api/overview-routes';
import { type ApiServer, openApi } from '../../../local/api/server';
import { monitorId } from '../../../src/core/basics/brand';
import { isoTime } from '../../../src/core/basics/time';
import type { Monitor } from '../../../src/core/config/config';
import type { ReportView } from '../../../src/core/views';
import type { Overview } from '../../../src/engine/overview';
import { ask } from '../asking';

const times = { upMs: 0, downMs: 0, unknownMs: 0, pausedMs: 0, gaps: [], formerGaps: [], segments: [], latency: [], incidents: [], revisedHours: [] };
const nothingKnown = { ...times, known: null, coverage: 0, bounds: [0, 1] as const, summary: 'no data · coverage 0 %' };

const overview: Pick<Overview, 'status' | 'announcements' | 'report' | 'reports'> = {
  status: () => ({ now: '2026-11-21T04:00:00.000Z', regions: [], monitors: [], watches: [], incidents: [] }),
  announcements: () => [],
  report: async ({ monitor, from, to }): Promise<ReportView | undefined> =>
    monitor === 'shop' ? { monitor, from: isoTime(from), to: isoTime(to), ...nothingKnown, unknownMs: to - from } : undefined,
  reports: async ({ from, to }) => ({ from: isoTime(from), to: isoTime(to), at: '2026-11-21T04:00:00.000Z', reports: [] }),
};
const monitors = [{ id: monitorId('pay') }, { id: monitorId('shop') }] as Monitor[];

let api: ApiServer;
beforeAll(async () => {
  api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  api.serve(overviewRoutes({ config: { monitors }, overview }));
});
afterAll(() => api.close());

const report = (query: string) => ask({ port: api.port, path: `/api/report${query}` });

describe('a report over HTTP', () => {
  it.each([
    ['from=2026-11-21T04:00:00Z&to=2026-11-21T05:00:00Z', '2026-11-21T04:00:00.000Z'],
    ['from=2026-11-21T04:00Z&to=2026-11-22', '2026-11-21T04:00:00.000Z'],
    ['from=2026-11-21T04:00:00.250%2B01:00&to=2026-11-22', '2026-11-21T03:00:00.250Z'],
    ['from=2026-11-21T04:00:00+01:00&to=2026-11-22', '2026-11-21T03:00:00.000Z'],
  ])('understands %s', async (query, from) => {
    const answer = await report(`?monitor=shop&${query}`);
    expect(answer.status).toBe(200);
    expect(answer.json().from).toBe(from);
  });

  it.each([
    ['', 'say which monitor'],
    ['?monitor=shop', '"from" is missing'],
    ['?monitor=shop&from=2026-11-21T04:00:00Z', '"to" is missing'],
    ['?monitor=shop&from=yesterday&to=2026-11-22', '"from" is "yesterday"'],
    ['?monitor=shop&from=2026-11-21T04:00:00&to=2026-11-22', 'no ISO time with a zone'],
    ['?monitor=shop&from=2026-13-41&to=2026-11-22', '"from" is "2026-13-41"'],
    ['?monitor=shop&from=2026-11-22&to=2026-11-22', '"from" must be earlier than "to"'],
    ['?monitor=shop&from=2026-11-23&to=2026-11-22', '"from" must be earlier than "to"'],
    ['?monitor=shop&from=2026-11-21&to=2026-11-22&steps=many', '"steps" is "many"; write how many points of latency'],
    ['?monitor=shop&from=2026-11-21&to=2026-11-22&steps=121', 'from 1 to 120'],
  ])('refuses %s with a sentence', async (query, sentence) => {
    const answer = await report(query);
    expect(answer.status).toBe(400);
    expect(answer.json().error).toContain(sentence);
  });

  it('names the monitors there are when asked for another one', async () => {
    const answer = await report('?monitor=shap&from=2026-11-21&to=2026-11-22');
    expect(answer.status).toBe(404);
    expect(answer.json().error).toBe('there is no monitor "shap"; there are: pay, shop');
  });
});

describe('the reports of all monitors over HTTP', () => {
  it('are of one window', async () => {
    const answer = await ask({ port: api.port, path: '/api/reports?from=2026-11-21&to=2026-11-22' });
    expect(answer.json()).toMatchObject({ from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z', reports: [] });
  });

  it('are refused without one', async () => {
    const answer = await ask({ port: api.port, path: '/api/reports?from=2026-11-21' });
    expect([answer.status, answer.json().error]).toEqual([400, '"to" is missing; write it as in to=2026-11-21T04:00:00Z']);
  });
});
