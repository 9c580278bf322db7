import { type ApiServer, openApi } from '../../../local/api/server';
import { whyRoutes } from '../../../local/api/why-routes';
import type { WhyAnswer } from '../../../src/core/why';
import { ask } from '../asking';

const known = ['shop', 'payments', 'eu-west-1', 'us-east-2'];
const why = (subject: string): WhyAnswer =>
  known.includes(subject) ? { kind: 'found', view: { kind: 'region', name: subject } as never } : { kind: 'unknown', known };

let api: ApiServer;
beforeAll(async () => {
  api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
  api.serve(whyRoutes({ overview: { why } }));
});
afterAll(() => api.close());

const get = (query: string) => ask({ port: api.port, path: `/api/why${query}` });

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
