import { type ApiServer, openApi } from '../../../local/api/server';
import { whyRoutes } from '../../../local/api/why-routes';
import type { Instant } from '../../../src/core/basics/brand';
import { isoTime } from '../../../src/core/basics/time';
import type { WhyAnswer } from '../../../src/core/why';
import { at } from '../../core/builders';
import { ask } from '../asking';

const known = ['shop', 'payments', 'eu-west-1', 'us-east-2'];
const why = (subject: string): WhyAnswer =>
  known.includes(subject) ? { kind: 'found', view: { kind: 'region', name: subject } as never } : { kind: 'unknown', known };

let api: ApiServer;
beforeAll(async () => {
  api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  const routes = async (monitor: string, time?: Instant) => (known.includes(monitor) ? ({ monitor, at: isoTime(time ?? at('12:00')) } as never) : undefined);
  api.serve(whyRoutes({ overview: { why, routes }, monitors: ['shop', 'payments'] }));
});
afterAll(() => api.close());

const get = (query: string, path = '/api/why') => ask({ port: api.port, path: path + query });

describe('why, over HTTP', () => {
  it('answers with the chain', async () => {
    const answer = await get('?of=us-east-2');
    expect([answer.status, answer.json()]).toEqual([200, { kind: 'region', name: 'us-east-2' }]);
  });

  it.each([
    ['', 400, 'say of what: a monitor, a region or an incident, as in /api/why?of=shop'],
    ['?of=shap', 404, 'there is no monitor, region or incident "shap"; did you mean shop?'],
    ['?of=us-est-2', 404, 'there is no monitor, region or incident "us-est-2"; did you mean us-east-2?'],
    ['?of=b8484703d354', 404, 'there is no monitor, region or incident "b8484703d354"; there are: shop, payments, eu-west-1, us-east-2'],
  ])('refuses %j with a sentence', async (query, status, error) => {
    const answer = await get(query);
    expect([answer.status, answer.json()]).toEqual([status, { error }]);
  });
});

describe('who would be told, over HTTP', () => {
  it.each([
    ['?of=shop', '2026-11-21T12:00:00.000Z'],
    ['?of=shop&at=2026-11-21T04:00:00Z', '2026-11-21T04:00:00.000Z'],
  ])('answers %j as it is at that time', async (query, time) => {
    const answer = await get(query, '/api/routes');
    expect([answer.status, answer.json()]).toEqual([200, { monitor: 'shop', at: time }]);
  });

  it.each([
    ['', 400, 'say of which monitor, as in /api/routes?of=shop'],
    ['?of=shap', 404, 'there is no monitor "shap"; did you mean shop?'],
    ['?of=shop&at=tomorrow', 400, '"at" is an ISO time with a zone, as in 2026-11-21T04:00:00Z'],
  ])('refuses %j with a sentence', async (query, status, error) => {
    const answer = await get(query, '/api/routes');
    expect([answer.status, answer.json()]).toEqual([status, { error }]);
  });
});
