/** Who answers: by a header, the body, the public key, or an HMAC of a nonce. */
import { createHash, createHmac, X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Finding } from '../../src/adapters/probes/means';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { HttpProbe } from '../../src/core/config/kinds/http/probe';
import type { Identity } from '../../src/core/config/kinds/identity/probe';
import { totalMs } from '../../src/core/observation';
import { monitorOf, tlsProbe } from './monitors';
import { fixture, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
const closers: (() => void)[] = [];
afterAll(async () => {
  for (const close of closers) close();
  await servers.close();
});

const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup, trusted: fixture('authority.pem') };
const prober = wakeful(createProber(options));

async function ask(url: string, identity: Identity, more: Partial<HttpProbe> = {}, timeoutMs = 3000) {
  const probe: HttpProbe = { kind: 'http', url, identity, expect: { status: [[200, 299]] }, ...more };
  return prober.attempt(monitorOf(probe), timeoutMs);
}

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

async function served(answering: Answering): Promise<string> {
  return `http://shop.test:${await servers.http(answering)}/health`;
}

async function servedOverTls(answering: Answering, certificate = 'good.pem'): Promise<string> {
  const server = createHttpsServer({ key: fixture('server.key'), cert: fixture(certificate) }, answering);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `https://shop.test:${(server.address() as AddressInfo).port}/health`;
}

describe('by a header', () => {
  const identity: Identity = { by: 'header', name: 'x-instance', equals: ['shop-eu-1', 'shop-eu-2'] };
  it.each<[string, Record<string, string | string[]>, number, string, string]>([
    ['the right one', { 'x-instance': 'shop-eu-2' }, 200, 'ok', ''],
    ['another', { 'x-instance': 'shop-us-1' }, 200, 'misidentified', 'answered as "shop-us-1", wanted "shop-eu-1" or "shop-eu-2"'],
    [
      'another, before anything else that is wrong',
      { 'x-instance': 'shop-us-1' },
      500,
      'misidentified',
      'answered as "shop-us-1", wanted "shop-eu-1" or "shop-eu-2"',
    ],
    ['the right one, which is not well', { 'x-instance': 'shop-eu-1' }, 503, 'status', 'status 503, wanted 2xx; identity proven'],
    ['nobody who says it', {}, 200, 'misidentified', 'who answered is not proven: the answer has no header x-instance, wanted "shop-eu-1" or "shop-eu-2"'],
    ['nobody who says it, as an error page', {}, 502, 'status', 'status 502, wanted 2xx'],
    [
      'somebody with two names',
      { 'x-instance': ['shop-eu-1', 'shop-us-1'] },
      200,
      'misidentified',
      'who answered is not proven: the answer has 2 headers x-instance, wanted "shop-eu-1" or "shop-eu-2"',
    ],
  ])('%s', async (_who, headers, status, reason, detail) => {
    const url = await served((_, response) => response.writeHead(status, headers).end());
    expect(await ask(url, identity)).toMatchObject({ reason, detail: expect.stringMatching(new RegExp(`^${detail.replace(/[.?]/g, '\\$&')}`)) });
  });
});

describe('by the body', () => {
  const identity: Identity = { by: 'json', path: '$.host.name', equals: ['shop-eu-1', '7'] };
  it.each([
    ['the right one', '{"host":{"name":"shop-eu-1"}}', 'ok', ''],
    ['the right one, by a number', '{"host":{"name":7}}', 'ok', ''],
    ['another', '{"host":{"name":"shop \\"two\\""}}', 'misidentified', 'answered as "shop \\"two\\"", wanted "shop-eu-1" or "7"'],
    ['nobody', '{}', 'misidentified', 'who answered is not proven: there is nothing at $.host.name, wanted "shop-eu-1" or "7"'],
    [
      'a list',
      '{"host":{"name":["shop-eu-1"]}}',
      'misidentified',
      'who answered is not proven: $.host.name leads to no one text or number, wanted "shop-eu-1" or "7"',
    ],
    [
      'a page',
      '<html>',
      'misidentified',
      'who answered is not proven: the body is not JSON, so $.host.name cannot be judged: <html>, wanted "shop-eu-1" or "7"',
    ],
  ])('%s', async (_who, body, reason, detail) => {
    const url = await served((_, response) => response.end(body));
    expect(await ask(url, identity)).toMatchObject({ reason, detail });
  });
});

const pinIn = (name: string): string =>
  createHash('sha256')
    .update(new X509Certificate(fixture(name)).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
const stranger = `${'A'.repeat(43)}=`;

describe('by the public key', () => {
  it('of an http monitor: the right one, another, and one whose certificate is bad', async () => {
    const seen: string[] = [];
    const good = await servedOverTls((request, response) => {
      seen.push(String(request.url));
      response.end();
    });
    const right: Identity = { by: 'pin', equals: [stranger, pinIn('good.pem')] };
    expect(await ask(good, right)).toMatchObject({ reason: 'ok', detail: '' });
    expect(await ask(good, { by: 'pin', equals: [stranger] })).toMatchObject({
      reason: 'misidentified',
      detail: `answered as "${pinIn('good.pem')}", wanted "${stranger}"`,
    });
    expect(seen).toHaveLength(1);
    const tooLong = await ask(good, right, { expect: { status: [[200, 299]], daysLeft: { atLeast: 100_000 } } });
    expect(tooLong).toMatchObject({ reason: 'tls-days', detail: expect.stringMatching(/have [\d,.]+ days left/) });
    const expired = await servedOverTls((_, response) => response.end(), 'expired.pem');
    expect(await ask(expired, right)).toMatchObject({ reason: 'tls-expired', detail: expect.stringMatching(/; identity proven$/) });
    expect(await ask(expired, { by: 'pin', equals: [stranger] })).toMatchObject({ reason: 'misidentified' });
    const { detail } = await ask(expired, { by: 'pin', equals: [pinIn('expired.pem')] });
    expect(detail).toMatch(/^the certificate of shop\.test expired on \w{3} .* \d{4} GMT \(CERT_HAS_EXPIRED\); identity proven$/);
    expect(await ask(expired, right, { tls: { insecure: true } })).toMatchObject({ reason: 'ok' });
  });

  it('of a tls monitor, where it comes before what is wrong with the certificate', async () => {
    const port = await servers.tls('expired.pem', () => undefined);
    const look = (identity: Identity) => prober.attempt(monitorOf(tlsProbe(`shop.test:${port}`, { identity })), 3000);
    expect(await look({ by: 'pin', equals: [stranger] })).toMatchObject({
      reason: 'misidentified',
      detail: `answered as "${pinIn('expired.pem')}", wanted "${stranger}"`,
    });
    expect(await look({ by: 'pin', equals: [pinIn('expired.pem')] })).toMatchObject({
      reason: 'tls-expired',
      detail: expect.stringMatching(/; identity proven$/),
    });
  });
});

describe('by an HMAC of a nonce', () => {
  const secret = 'a secret of this host alone';
  const identity: Identity = { by: 'secret', path: '/.well-known/twinwatch', secret, equals: ['shop-eu-1'] };
  const hmac = (nonce: string, id: string, key = secret): string => createHmac('sha256', key).update(`${nonce}|${id}`).digest('hex');

  /** Answers the monitor well, and the nonce with what is made of it. */
  const proving = (proof: (nonce: string, response: ServerResponse) => void): Promise<string> =>
    served((request, response) => {
      const { pathname, searchParams } = new URL(String(request.url), 'http://shop.test');
      if (pathname === '/.well-known/twinwatch') proof(searchParams.get('n') ?? '', response);
      else response.end('well');
    });
  const json = (value: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(value));

  it('the right one proves it with a nonce that is new each time', async () => {
    const nonces: string[] = [];
    const url = await proving((nonce, response) => {
      nonces.push(nonce);
      json({ id: 'shop-eu-1', boot: '7', hmac: hmac(nonce, 'shop-eu-1') })(response);
    });
    expect(await ask(url, identity)).toMatchObject({ reason: 'ok', detail: '' });
    expect(await ask(url, identity)).toMatchObject({ reason: 'ok' });
    expect(nonces).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(new Set(nonces).size).toBe(2);
  });

  it.each<[string, (nonce: string, response: ServerResponse) => void, string]>([
    [
      'another host, with a secret of its own',
      (nonce, to) => json({ id: 'shop-us-1', hmac: hmac(nonce, 'shop-us-1', 'another secret') })(to),
      'answered as "shop-us-1", wanted "shop-eu-1"',
    ],
    [
      'one that only claims the name',
      (nonce, to) => json({ id: 'shop-eu-1', hmac: hmac(nonce, 'shop-eu-1', 'guessed') })(to),
      'answered as "shop-eu-1, without its secret", wanted "shop-eu-1"',
    ],
    [
      'one that repeats an old proof',
      (_, to) => json({ id: 'shop-eu-1', hmac: hmac('00', 'shop-eu-1') })(to),
      'answered as "shop-eu-1, without its secret", wanted "shop-eu-1"',
    ],
    [
      'one that knows of no proof',
      (_, to) => to.writeHead(404).end(),
      'who answered is not proven: no proof at /.well-known/twinwatch (status 404), wanted "shop-eu-1"',
    ],
    [
      'one that answers anything',
      (_, to) => to.end('well'),
      'who answered is not proven: no proof at /.well-known/twinwatch (no JSON with `id` and `hmac`), wanted "shop-eu-1"',
    ],
    [
      'one that hangs up',
      (_, to) => to.destroy(),
      'who answered is not proven: no proof at /.well-known/twinwatch (the connection was closed before the response was complete (UND_ERR_SOCKET)), wanted "shop-eu-1"',
    ],
  ])('%s', async (_who, proof, detail) => {
    expect(await ask(await proving(proof), identity)).toMatchObject({ reason: 'misidentified', detail });
  });

  it('takes no time of the answer, and where it takes too long nothing is claimed of who answered', async () => {
    const slow = await proving((nonce, response) => setTimeout(() => json({ id: 'shop-eu-1', hmac: hmac(nonce, 'shop-eu-1') })(response), 1500));
    const attempt = await ask(slow, identity, { expect: { status: [[200, 299]], withinMs: 1400 } });
    expect(attempt).toMatchObject({ reason: 'ok' });
    expect(totalMs(attempt.phases)).toBeLessThan(1400);
    const silent = await proving(() => undefined);
    expect(await ask(silent, identity, {}, 600)).toMatchObject({ reason: 'first-byte-timeout', detail: 'who answered was not proven within 600 ms' });
  });

  it('is asked for at the address that answered, without what the file sends', async () => {
    const asked: (readonly [string | undefined, string | undefined])[] = [];
    const port = await servers.http((request, response) => {
      asked.push([request.headers.authorization, request.headers.host]);
      response.end('{}');
    });
    let looks = 0;
    const once = createProber({ ...options, lookup: async () => [{ address: ++looks === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }] });
    const probe: HttpProbe = { kind: 'http', url: `http://shop.test:${port}/`, identity, request: { bearer: 'x' }, expect: { status: [[200, 299]] } };
    expect(await once.attempt(monitorOf(probe), 3000)).toMatchObject({ reason: 'misidentified' });
    expect(asked).toEqual([
      ['Bearer x', `shop.test:${port}`],
      [undefined, `shop.test:${port}`],
    ]);
    expect(looks).toBe(1);
  });

  it('never says the secret, whatever is repeated to us', async () => {
    const url = await proving((_, response) => json({ id: `I have ${secret}`, hmac: '00' })(response));
    const probe: HttpProbe = { kind: 'http', url, identity, expect: { status: [[200, 299]] } };
    const attempt = await prober.attempt({ ...monitorOf(probe), hidden: [secret] }, 3000);
    expect(attempt).toMatchObject({ reason: 'misidentified', detail: 'answered as "I have …", wanted "shop-eu-1"' });
  });
});

it('whoever wants to know is told who answered, or why that is not proven', async () => {
  const told: Finding[] = [];
  const telling = createProber({ ...options, tell: (finding) => told.push(finding) });
  const url = await served((_, response) => response.setHeader('x-instance', 'shop-eu-1').end());
  const look = (identity: Identity) => telling.attempt(monitorOf({ kind: 'http', url, identity, expect: { status: [[200, 299]] } }), 3000);
  await look({ by: 'header', name: 'x-instance', equals: ['shop-eu-1'] });
  await look({ by: 'header', name: 'x-host', equals: ['shop-eu-1'] });
  expect(told.filter(({ what }) => what === 'identity')).toEqual([
    { what: 'identity', seen: 'shop-eu-1', wanted: '"shop-eu-1", by the header x-instance', isGood: true },
    { what: 'identity', seen: 'not proven: the answer has no header x-host', wanted: '"shop-eu-1", by the header x-host', isGood: false },
  ]);
});
