/** A token that is asked for before the question: real servers on 127.0.0.1 that give tokens, and some that do not. */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Finding } from '../../../src/adapters/probes/means';
import { answering, fixture, startServers } from '../servers';
import { type Asking, ask } from './asking';

const servers = startServers();
afterAll(() => servers.close());

const environment = { SECRET: 'client secret & more' };
let clients = 0;

interface Wish {
  readonly scope?: string;
  readonly redirects?: number;
  readonly id?: string;
}

/** Each test is a client of its own: tokens are kept. */
const clientOf = (): string => `client-${++clients}`;

const asked = (target: number, tokens: number, { scope, id = clientOf(), ...more }: Wish = {}, asking: Asking = {}) =>
  ask(
    {
      ...{ url: `http://127.0.0.1:${target}/`, ...more },
      oauth2: { url: `http://127.0.0.1:${tokens}/token`, id, secret: '$' + '{env:SECRET}', ...(scope === undefined ? {} : { scope }) },
    },
    { environment, ...asking },
  );

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
};

const giving =
  (token: () => string, more: object = { expires_in: 3600 }): RequestListener =>
  (_request, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ access_token: token(), token_type: 'Bearer', ...more }));

/** Takes this token alone. */
const taking =
  (token: () => string): RequestListener =>
  (request, response) => {
    response.statusCode = request.headers.authorization === `Bearer ${token()}` ? 200 : 401;
    response.end(`you said ${request.headers.authorization}`);
  };

it('is asked for with the credentials of the client, and sent to the target', async () => {
  const seen: unknown[] = [];
  const tokens = await servers.http(async (request, response) => {
    seen.push([request.method, request.url, request.headers.authorization, await bodyOf(request)]);
    giving(() => 'abc.def')(request, response);
  });
  const target = await servers.http(taking(() => 'abc.def'));
  expect(await asked(target, tokens, { id: 'shop', scope: 'read write' })).toMatchObject({ reason: 'ok', address: `127.0.0.1:${target}` });
  const basic = `Basic ${Buffer.from('shop:client%20secret%20%26%20more').toString('base64')}`;
  expect(seen).toEqual([['POST', '/token', basic, 'grant_type=client_credentials&scope=read+write']]);
});

it('is kept while it is good, and asked for anew when it is refused', async () => {
  let given = 0;
  const tokens = await servers.http(giving(() => `token-${++given}`));
  let good = 1;
  const target = await servers.http(taking(() => `token-${good}`));
  const id = clientOf();
  for (let round = 0; round < 3; round += 1) expect(await asked(target, tokens, { id })).toMatchObject({ reason: 'ok' });
  expect(given).toBe(1);
  good = 2;
  expect(await asked(target, tokens, { id })).toMatchObject({ reason: 'status' });
  expect(await asked(target, tokens, { id })).toMatchObject({ reason: 'ok' });
  expect(given).toBe(2);
});

it('that is soon over is asked for each time', async () => {
  let given = 0;
  const tokens = await servers.http(giving(() => `token-${++given}`, { expires_in: 5 }));
  const target = await servers.http(taking(() => `token-${given}`));
  const id = clientOf();
  for (let round = 0; round < 2; round += 1) expect(await asked(target, tokens, { id })).toMatchObject({ reason: 'ok' });
  expect(given).toBe(2);
});

it('is shown nowhere, and what it takes is no time of the target', async () => {
  const tokens = await servers.http((request, response) => void setTimeout(() => giving(() => 'very-secret-token')(request, response), 1500));
  const target = await servers.http(taking(() => 'another-token'));
  const found: Finding[] = [];
  const attempt = await asked(target, tokens, {}, { tell: (finding) => found.push(finding) });
  expect(attempt).toMatchObject({ reason: 'status', detail: expect.stringContaining('status 401') });
  expect(JSON.stringify([attempt, found])).not.toContain('very-secret-token');
  const { dnsMs, connectMs, tlsMs, firstByteMs, transferMs } = attempt.phases;
  expect(dnsMs + connectMs + tlsMs + firstByteMs + transferMs).toBeLessThan(1490);
});

it('goes to no host that a redirect leads to', async () => {
  const tokens = await servers.http(giving(() => 'abc'));
  const said: unknown[] = [];
  const other = await servers.http((request, response) => {
    said.push(request.headers.authorization);
    response.end();
  });
  const target = await servers.http((_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${other}/` }).end());
  expect(await asked(target, tokens, { redirects: 2 })).toMatchObject({ reason: 'ok' });
  expect(said).toEqual([undefined]);
});

it.each<[string, RequestListener, string | RegExp]>([
  ['refuses', (_, response) => response.writeHead(401).end('{"error":"invalid_client"}'), /: status 401, "invalid_client"$/],
  ['fails', (_, response) => response.writeHead(500).end('<html>'), /: status 500$/],
  ['gives nothing', (_, response) => response.end('{"token_type":"Bearer"}'), /: no JSON with `access_token`$/],
  ['gives what is no token', (_, response) => response.end('{"access_token":"a\\r\\nb: c"}'), /: no JSON with `access_token`$/],
  ['says anything', (_, response) => response.end('anything'), /: no JSON with `access_token`$/],
  ['never ends', (_, response) => response.end('x'.repeat(200_000)), /: no JSON with `access_token`$/],
  ['hangs up', (_, response) => response.destroy(), /: the connection was closed/],
])('a server of tokens that %s is told as that, and the target is not asked', async (_case, listener, detail) => {
  let questions = 0;
  const target = await servers.http((_request, response) => {
    questions += 1;
    response.end();
  });
  const attempt = await asked(target, await servers.http(listener));
  expect(attempt).toMatchObject({ reason: 'token', detail: expect.stringMatching(/^no token from 127\.0\.0\.1:\d+: /) });
  expect(attempt.detail).toMatch(detail);
  expect(questions).toBe(0);
});

it('that does not come is waited for no longer than the probe lasts', async () => {
  const target = await servers.http((_request, response) => response.end());
  const attempt = await asked(target, await servers.tcp(() => undefined), {}, { timeoutMs: 600 });
  expect(attempt).toMatchObject({ reason: 'token', detail: 'no token was given within 600 ms' });
});

it('is asked for over TLS with the certificate judged, and of no private address unless the file allows it', async () => {
  const json = '{"access_token":"abc"}';
  const tokens = await servers.tls('good.pem', answering(`HTTP/1.1 200 OK\r\ncontent-length: ${json.length}\r\n\r\n${json}`));
  const target = await servers.http(taking(() => 'abc'));
  const oauth2 = (host: string) => ({ url: `https://${host}:${tokens}/token`, id: clientOf(), secret: '$' + '{env:SECRET}' });
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
  const over = (host: string, more: Asking = {}) => ask({ url: `http://shop.test:${target}/`, oauth2: oauth2(host) }, { environment, lookup, ...more });
  expect(await over('shop.test', { trusted: fixture('authority.pem') })).toMatchObject({ reason: 'ok' });
  expect(await over('other.test', { trusted: fixture('authority.pem') })).toMatchObject({
    reason: 'token',
    detail: expect.stringContaining('not for other.test'),
  });
  expect(await over('shop.test', { allowPrivate: false })).toMatchObject({ reason: 'address-refused' });
});
