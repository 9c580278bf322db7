import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInbox, type UrlRequest } from '../../src/adapters/lambda/inbox';
import { configToJson } from '../../src/core/config/config';
import { config, monitor } from '../core/builders';

const token = 'f00dfeed-0123-4567-89ab';
const folder = mkdtempSync(join(tmpdir(), 'twinwatch-inbox-'));
const backup = monitor({ probe: { kind: 'heartbeat', token, times: { kind: 'every', everyMs: 60_000 }, graceMs: 10_000 } });
writeFileSync(join(folder, 'config.json'), configToJson(config({ monitors: [backup] })));
const context = {
  awsRequestId: 'run-1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:twinwatch-inbox',
  getRemainingTimeInMillis: () => 9000,
};

const variables = {
  LAMBDA_TASK_ROOT: folder,
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
};
let handler: ReturnType<typeof createInbox>;
beforeAll(() => {
  Object.assign(process.env, variables);
  handler = createInbox();
});
afterAll(() => rmSync(folder, { recursive: true }));

const asked = (rawPath: string, over: Partial<UrlRequest> = {}) => handler({ rawPath, requestContext: { http: { method: 'GET' } }, ...over }, context);

it.each<[string, Partial<UrlRequest>, number]>([
  ['/ping/nobody-has-this-token', {}, 404],
  ['/', {}, 404],
  [`/ping/${token}/256`, {}, 400],
  [`/ping/${token}/start`, { rawQueryString: 'rid=12345' }, 400],
  [`/ping/${token}`, { requestContext: { http: { method: 'PATCH' } } }, 405],
])('%s is refused in plain text, and no table is asked', async (path, over, statusCode) => {
  expect(await asked(path, over)).toMatchObject({ statusCode, headers: { 'content-type': 'text/plain; charset=utf-8' } });
});

it('a ping that no table takes is answered with 503, in time, and not with its token', async () => {
  const begun = Date.now();
  const answer = await asked(`/ping/${token}/1`, { body: Buffer.from('disk full').toString('base64'), isBase64Encoded: true });
  expect(answer).toMatchObject({ statusCode: 503, body: 'the ping could not be stored; try again' });
  expect(Date.now() - begun).toBeLessThan(8000);
});

it('a request of no shape at all is refused as well', async () => {
  expect(await handler({}, context)).toMatchObject({ statusCode: 404 });
});
