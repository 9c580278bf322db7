/** What a domain probe says of registries that tell, and of those that do not. Every one of them is a real server. */
import type { RequestListener } from 'node:http';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { DomainProbe } from '../../src/core/config/kinds/domain/probe';
import { domainMonitor } from './monitors';
import { startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
afterAll(() => servers.close());

const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true };
const prober = wakeful(createProber(options));

async function said(probe: Partial<DomainProbe>, timeoutMs = 5000): Promise<string> {
  const { reason, detail } = await prober.attempt(domainMonitor(probe), timeoutMs);
  return detail === '' ? reason : `${reason}: ${detail}`;
}

const start = async (listener: RequestListener): Promise<string> => `http://127.0.0.1:${await servers.http(listener)}`;
const answering = (value: unknown, status = 200): Promise<string> =>
  start((_request, response) => {
    response.statusCode = status;
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  });

const dayMs = 86_400_000;
/** In so many days and an hour, so that the clock may go on. */
const endingIn = (days: number) => ({
  events: [
    { eventAction: 'registration', eventDate: '1995-08-14T04:00:00Z' },
    7,
    { eventAction: 'expiration', eventDate: new Date(Date.now() + days * dayMs + 3_600_000).toISOString() },
  ],
});

describe('a registry that tells', () => {
  it.each<[number, DomainProbe['expect']['daysLeft'], RegExp]>([
    [31, { atLeast: 31 }, /^ok$/],
    [30, { atLeast: 31 }, /^domain-days: days left 30 \(until \d{4}-\d\d-\d\d\), wanted at least 31$/],
    [0, { above: 0 }, /^domain-days: days left 0 /],
    [-3, { atLeast: 1 }, /^domain-days: days left -3 /],
  ])('%d days where %j is wanted', async (days, daysLeft, expected) => {
    expect(await said({ server: await answering(endingIn(days)), expect: { daysLeft } })).toMatch(expected);
  });

  it('is asked for the domain by what we are, and found by the list of registries, which is read once', async () => {
    const asked: string[] = [];
    const registry = await start(({ url, headers }, response) => {
      asked.push(`${url} ${headers.accept} ${headers['user-agent']}`);
      response.end(JSON.stringify(endingIn(90)));
    });
    let reads = 0;
    const bootstrap = await start((_request, response) => {
      reads += 1;
      response.end(JSON.stringify({ services: ['odd', [['uk', 'co.uk'], [`${registry}/rdap/`]], [['com'], ['nonsense', `${registry}/com`]], [[7], [8]]] }));
    });
    const about = (name: string) => said({ name, bootstrap: `${bootstrap}/dns.json` });
    expect([await about('Example.com'), await about('example.co.uk')]).toEqual(['ok', 'ok']);
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['/com/domain/example.com', '/rdap/domain/example.co.uk']);
    expect(asked[0]).toMatch(/ application\/rdap\+json, application\/json twinwatch\/1\.2\.3 \(eu-west-1\)$/);
    expect(reads).toBe(1);
    expect(await about('example.zz')).toBe('domain-unknown: the registry of .zz has no RDAP server, so nobody tells when example.zz ends');
  });

  it('may send elsewhere, but not round in circles, and not to private addresses', async () => {
    const there = await answering(endingIn(90));
    const redirecting = (location: string): Promise<string> => start((_request, response) => response.writeHead(302, { location }).end());
    expect(await said({ server: await redirecting(`${there}/x`) })).toBe('ok');
    expect(await said({ server: await redirecting('/again') })).toMatch(/^redirect: more than 5 redirects/);
    expect(await said({ server: await redirecting('file:///etc/passwd') })).toBe('redirect: a redirect leads to file:, which is not asked');
    expect(await said({ server: await redirecting('http://[') })).toMatch(/^redirect: .* points to what is no address$/);
    const careful = createProber({ ...options, allowPrivate: false });
    expect(await careful.attempt(domainMonitor({ server: there }), 1000)).toMatchObject({ reason: 'address-refused' });
  });
});

describe('a registry that does not tell', () => {
  it.each<[unknown, number, RegExp]>([
    [{}, 404, /^domain-unknown: 127\.0\.0\.1:\d+ answered with status 404: example\.com is not registered there$/],
    [{}, 429, /^domain-unknown: .* status 429: it was asked too often; lengthen the interval$/],
    [{}, 503, /^domain-unknown: .* status 503$/],
    [{}, 200, /^domain-unknown: .* does not tell when the registration of example\.com ends$/],
    [null, 200, /^domain-unknown: .* does not tell/],
    [{ events: 'none' }, 200, /^domain-unknown: .* does not tell/],
    [{ events: [{ eventAction: 'expiration', eventDate: 'some day' }] }, 200, /^domain-unknown: .* does not tell/],
    ['<html>', 200, /^protocol: the answer of .* is no JSON$/],
    ['x'.repeat(1_100_000), 200, /^too-large: the answer of .* is larger than 1048576 bytes$/],
  ])('%j with %d', async (value, status, expected) => {
    expect(await said({ server: await answering(value, status) })).toMatch(expected);
  });

  it.each<[string, (bytes: string) => string, RegExp]>([
    ['speaks no HTTP', () => 'SSH-2.0-x\r\n\r\n', /^protocol: the answer is not valid HTTP/],
    ['closes amid its answer', () => 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{', /^closed-early: /],
    ['closes without one', () => '', /^closed-early: /],
  ])('and %s', async (_case, bytes, expected) => {
    const port = await servers.tcp((socket) => socket.once('data', () => socket.end(bytes(''))));
    expect(await said({ server: `http://127.0.0.1:${port}` })).toMatch(expected);
  });

  it('or is silent, or is not there', async () => {
    const silent = await servers.tcp(() => undefined);
    expect(await said({ server: `http://127.0.0.1:${silent}` }, 200)).toMatch(/^first-byte-timeout: /);
    expect(await said({ server: `http://127.0.0.1:${await servers.closedPort()}` })).toMatch(/^connect-refused: /);
    expect(await said({ bootstrap: await answering('[]') })).toMatch(/^domain-unknown: the list of registries cannot be read: status 200 from 127/);
    expect(await said({ bootstrap: await answering('{}', 500) })).toMatch(/^domain-unknown: the list of registries cannot be read: status 500 from 127/);
  });
});
