// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
/** Redirects: every hop under the same rules, and no secret to a host for which it was not written. */
import type { IncomingMessage } from 'node:http';
import { createProber } from '../../../src/adapters/probes/prober';
import { regionId } from '../../../src/core/basics/brand';
import type { HttpProbe } from '../../../src/core/config/kinds/http/probe';
import type { Reason } from '../../../src/core/observation';
import { httpMonitor } from '../monitors';
import { answering, fixture, startServers } from '../servers';
import { ask } from './asking';

const servers = startServers();
afterAll(() => servers.close());

const redirecting = async (
  to: string,
  { status = 302, headers = {} }: { status?: number; headers?: Record<string, string | string[]> } = {},
): Promise<string> => `http://127.0.0.1:${await servers.http((_request, response) => response.writeHead(status, { location: to, ...headers }).end())}/`;

/** Counts down: `/3` leads to `/2`, and so on; `/0` says what it was asked. */
async function staircase() {
  const requests: IncomingMessage[] = [];
  const port = await servers.http((request, response) => {
    requests.push(request);
    const step = Number(request.url?.slice(1));
    if (step > 0) response.writeHead(302, { location: String(step - 1), 'set-cookie': `step${step}=yes; Path=/` }).end();
    else response.end('the end');
  });
  return { url: `http://127.0.0.1:${port}`, requests };
}

describe('a redirect', () => {
  it('is followed as often as is said, and keeps cookies', async () => {
    const { url, requests } = await staircase();
    expect(await ask({ url: `${url}/3`, redirects: 3, expect: { body: 'the end', url: `${url}/0` } })).toMatchObject({ reason: 'ok', detail: '' });
    expect(requests.at(-1)?.headers.cookie).toBe('step3=yes; step2=yes; step1=yes');
    expect(requests[0]?.headers.cookie).toBeUndefined();
  });

  it('is not followed more often', async () => {
    const { url } = await staircase();
    expect(await ask({ url: `${url}/3`, redirects: 2 })).toMatchObject({ reason: 'redirect', detail: `redirected again after 2 redirects, to ${url}/0` });
  });

  it('is the answer where none are followed', async () => {
    expect(await ask({ url: await redirecting('/x'), expect: { status: 302, headers: { location: '/x' } } })).toMatchObject({ reason: 'ok' });
  });

  it('that leads in a circle ends', async () => {
    const url = await redirecting('/');
    expect(await ask({ url, redirects: 5 })).toMatchObject({ reason: 'redirect', detail: `redirected in a circle after 5 redirects, to ${url}` });
  });

  it.each<[string, Reason, RegExp]>([
    ['ftp://files.example.com/', 'redirect', /^it leads to ftp:\/\/files\.example\.com\/, which is no http address$/],
    ['http://[', 'redirect', /^it leads to http:\/\/\[, which is no http address$/],
    ['http://127.0.0.1:1/', 'connect-refused', /^redirected to 127\.0\.0\.1:1: connecting to 127\.0\.0\.1:1: nothing listens there/],
  ])('to %s: %s', async (to, reason, detail) => {
    expect(await ask({ url: await redirecting(to), redirects: 3 })).toMatchObject({ reason, detail: expect.stringMatching(detail) });
  });

  it.each<[string, RegExp]>([
    ['http://169.254.169.254/latest/meta-data/', /^redirected to 169\.254\.169\.254: 169\.254\.169\.254 is not a public address/],
    ['http://[fd00:ec2::254]/', /^redirected to \[fd00:ec2::254\]: fd00:ec2::254 is not a public address/],
    ['http://127.0.0.1:9/', /: 127\.0\.0\.1 is not a public address/],
    ['http://0x7f.1/', /^redirected to 127\.0\.0\.1: 127\.0\.0\.1 is not a public address/],
    ['http://inside.test/', /^redirected to inside\.test: inside\.test leads to 10\.0\.0\.7, which is not a public address/],
  ])('to %s goes nowhere, and is the fault of the target', async (to, detail) => {
    const lookup = async () => [{ address: '10.0.0.7', family: 4 }];
    const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: false, lookup });
    const probe: HttpProbe = { kind: 'http', url: await redirecting(to), mayBePrivate: true, redirects: 2, expect: { status: [[200, 299]] } };
    expect(await prober.attempt({ ...httpMonitor(probe.url), probe }, 2000)).toMatchObject({ reason: 'redirect', detail: expect.stringMatching(detail) });
  });

  it.each<[number, string, string]>([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'hello'],
    [308, 'POST', 'hello'],
  ])('with %i goes on with %s', async (status, method, body) => {
    let seen = {};
    const port = await servers.http((request, response) => {
      if (request.url === '/') return void response.writeHead(status, { location: '/next' }).end();
      let text = '';
      request.on('data', (part) => (text += String(part)));
      request.on('end', () => {
        seen = { method: request.method, body: text, type: request.headers['content-type'] };
        response.end();
      });
    });
    expect(await ask({ url: `http://127.0.0.1:${port}/`, body: 'hello', redirects: 1 })).toMatchObject({ reason: 'ok' });
    expect(seen).toEqual({ method, body, type: body === '' ? undefined : 'text/plain;charset=utf-8' });
  });
});

describe('another host', () => {
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
  const environment = { TOKEN: 's3cret-token' };

  it('is told nothing that was meant for the first, and has a Host of its own', async () => {
    let headers: IncomingMessage['headers'] = {};
    const other = await servers.http((request, response) => {
      headers = request.headers;
      response.end('yes');
    });
    const url = await redirecting(`http://other.test:${other}/`, { headers: { 'set-cookie': 'a=1' } });
    const sent = { host: 'shop.test', 'x-api-key': 'k', cookie: '${env:TOKEN}', 'accept-language': 'de' };
    expect(await ask({ url, redirects: 1, bearer: '${env:TOKEN}', headers: sent }, { lookup, environment })).toMatchObject({ reason: 'ok' });
    expect(headers).toEqual({
      host: `other.test:${other}`,
      connection: 'close',
      'user-agent': 'twinwatch/1.2.3 (eu-west-1)',
      accept: '*/*',
      'accept-encoding': 'identity',
      'accept-language': 'de',
    });
  });

  it('does not get the body', async () => {
    const url = await redirecting('http://other.test:9/', { status: 307 });
    expect(await ask({ url, body: 'hello', redirects: 1 }, { lookup })).toMatchObject({
      reason: 'redirect',
      detail: 'it leads to other.test:9, to which the body was not meant to be sent',
    });
  });

  it('has its own SNI, and a certificate of its own name', async () => {
    let name: unknown;
    const port = await servers.tls('good.pem', (socket) => {
      name = 'servername' in socket ? socket.servername : undefined;
      answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes')(socket);
    });
    const options = { lookup, trusted: fixture('authority.pem') };
    expect(await ask({ url: await redirecting(`https://eu.shop.test:${port}/`), redirects: 1, expect: { tls: true } }, options)).toMatchObject({
      reason: 'ok',
    });
    expect(name).toBe('eu.shop.test');
    expect(await ask({ url: await redirecting(`https://other.test:${port}/`), redirects: 1, tls: { serverName: 'shop.test' } }, options)).toMatchObject({
      reason: 'tls-name',
    });
    expect(await ask({ url: await redirecting(`https://other.test:${port}/`), redirects: 1, tls: { insecure: true } }, options)).toMatchObject({
      reason: 'tls-name',
    });
  });
});
