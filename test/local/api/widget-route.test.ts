import { type ApiServer, openApi } from '../../../local/api/server';
import { widgetRoutes } from '../../../local/api/widget-route';
import { regionId } from '../../../src/core/basics/brand';
import { ask } from '../asking';

const regions = [
  { name: regionId('eu-west-1'), state: 'dark' },
  { name: regionId('us-east-2'), state: 'running' },
];
let asked: unknown[] = [];
let api: ApiServer;
beforeAll(async () => {
  api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  const draw = async (region: string, event: object) => {
    asked.push([region, event]);
    if (region === 'eu-west-1') throw new Error('connect ECONNREFUSED');
    return `<p>drawn by ${region}</p>`;
  };
  api.serve(widgetRoutes({ regions: () => regions, draw }));
});
beforeEach(() => {
  asked = [];
});
afterAll(() => api.close());

const get = (query: string) => ask({ port: api.port, path: `/widget${query}` });

describe('what stands on the dashboard, on this machine', () => {
  it('is drawn by the first region that runs, and may run no script and fetch nothing', async () => {
    const { status, text, headers } = await get('');
    expect([status, text.includes('<p>drawn by us-east-2</p>')]).toEqual([200, true]);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(asked).toEqual([['us-east-2', { widgetContext: { theme: 'light' } }]]);
  });

  it('is drawn by the region that is asked for, in the theme that is asked for', async () => {
    await get('?region=us-east-2&theme=dark');
    expect(asked).toEqual([['us-east-2', { widgetContext: { theme: 'dark' } }]]);
  });

  it.each([
    ['?region=eu-west-1', 503, 'eu-west-1 does not draw its widget (connect ECONNREFUSED); ask another one with ?region='],
    ['?region=<script>', 404, 'there is no region "<script>"; there are: eu-west-1, us-east-2'],
  ])('%j is refused with a sentence', async (query, status, error) => {
    const answer = await get(query);
    expect([answer.status, answer.json()]).toEqual([status, { error }]);
  });
});
