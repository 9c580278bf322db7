// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
/** What a server is asked: method, headers, body, who asks, and over which protocol. */
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Reason } from '../../../src/core/observation';
import { answering, fixture, startServers } from '../servers';
import { ask } from './asking';

const servers = startServers();
const closing: { close(): unknown }[] = [];
afterAll(async () => {
  for (const server of closing) server.close();
  await servers.close();
});

const atHome = async () => [{ address: '127.0.0.1', family: 4 }];
const trusted = fixture('authority.pem');

/** Remembers the last request. */
async function listener() {
  const seen: { method?: string; url?: string; headers?: Record<string, unknown>; body?: string } = {};
  const port = await servers.http((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      Object.assign(seen, { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts).toString() });
      response.end(`you said ${String(request.headers.authorization)}`);
    });
  });
  return { url: `http://127.0.0.1:${port}/`, seen };
}

describe('a request', () => {
  it.each<[string, object, object]>([
    ['a method', { method: 'DELETE' }, { method: 'DELETE', body: '' }],
    ['text', { body: 'größe' }, { method: 'POST', body: 'größe', headers: { 'content-type': 'text/plain;charset=utf-8', 'content-length': '7' } }],
    ['JSON', { body: { json: { a: 1 } }, method: 'PATCH' }, { method: 'PATCH', body: '{"a":1}', headers: { 'content-type': 'application/json' } }],
    [
      'a type of its own',
      { body: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['another Host', { headers: { host: 'shop.example.com', 'user-agent': 'me' } }, { headers: { host: 'shop.example.com', 'user-agent': 'me' } }],
    ['a bearer token', { bearer: '${env:TOKEN}' }, { headers: { authorization: 'Bearer s3cret-token' } }],
    [
      'a name and a password',
      { basic: { user: 'u', password: '${env:TOKEN}' } },
      { headers: { authorization: `Basic ${Buffer.from('u:s3cret-token').toString('base64')}` } },
    ],
  ])('with %s', async (_case, http, wanted) => {
    const { url, seen } = await listener();
    expect(await ask({ url, ...http }, { environment: { TOKEN: 's3cret-token' } })).toMatchObject({ reason: 'ok' });
    expect(seen).toMatchObject(wanted);
  });

  it('with HEAD has no body to wait for', async () => {
    const port = await servers.tcp(answering('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n', { stays: true }));
    expect(await ask({ url: `http://127.0.0.1:${port}/`, method: 'HEAD' })).toMatchObject({ reason: 'ok' });
  });

  it('with a secret does not tell it, though the server does', async () => {
    const { url } = await listener();
    const attempt = await ask({ url, bearer: '${env:TOKEN}', expect: { status: 404, body: '${env:TOKEN}' } }, { environment: { TOKEN: 's3cret-token' } });
    expect(attempt).toMatchObject({ reason: 'status', detail: 'status 200, wanted 404: you said Bearer …' });
    const basic = { user: 'u', password: '${env:TOKEN}' };
    expect((await ask({ url, basic, expect: { status: 404 } }, { environment: { TOKEN: 's3cret-token' } })).detail).toBe(
      'status 200, wanted 404: you said Basic …',
    );
    const cut = await servers.http((_request, response) => response.writeHead(500).end(`${'x'.repeat(110)} s3cret-token`));
    const told = await ask({ url: `http://127.0.0.1:${cut}/`, bearer: '${env:TOKEN}' }, { environment: { TOKEN: 's3cret-token' } });
    expect(told.detail).toBe(`status 500, wanted 2xx: ${'x'.repeat(110)} …`);
    const other = await ask({ url, expect: { body: { equals: '${env:TOKEN}' } } }, { environment: { TOKEN: 's3cret-token' } });
    expect(other).toMatchObject({ reason: 'body', detail: 'the body is "you said undefined", wanted "…"' });
  });
});

describe('HTTP/2', () => {
  const listening = async (answer: (request: Http2ServerRequest, response: Http2ServerResponse) => void, allowHTTP1 = false): Promise<string> => {
    const server = createSecureServer({ key: fixture('server.key'), cert: fixture('good.pem'), allowHTTP1 }, answer);
    closing.push(server);
    server.on('sessionError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `https://shop.test:${(server.address() as AddressInfo).port}/`;
  };
  const over2 = (url: string, http: object = {}, timeoutMs = 3000) => ask({ url, http2: true, ...http }, { lookup: atHome, trusted, timeoutMs });

  it('is spoken where it is offered and taken', async () => {
    const url = await listening((request, response) => response.writeHead(200, { 'x-shop': 'eu' }).end(`${request.method} ${request.authority}`));
    const expected = { version: '2', body: { matches: '^POST shop.test:' }, headers: { 'x-shop': 'eu' }, tls: true };
    expect(await over2(url, { body: 'hello', expect: expected })).toMatchObject({ reason: 'ok', detail: '' });
  });

  it('is not spoken where only 1.1 is offered', async () => {
    const url = await listening((_request, response) => response.end('x'), true);
    expect(await ask({ url, expect: { version: '1.1', body: 'x' } }, { lookup: atHome, trusted })).toMatchObject({ reason: 'ok' });
  });

  it('is missed where the server only speaks 1.1', async () => {
    const server = createHttpsServer({ key: fixture('server.key'), cert: fixture('good.pem') }, (_request, response) => response.end('x'));
    closing.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://shop.test:${(server.address() as AddressInfo).port}/`;
    expect(await over2(url, { expect: { version: '2' } })).toMatchObject({ reason: 'http-version', detail: 'HTTP/1.1, wanted HTTP/2' });
  });

  it.each<[string, Reason, (request: Http2ServerRequest, response: Http2ServerResponse) => void]>([
    ['refuses the stream', 'closed-early', (_request, { stream }) => stream.close(7)],
    ['closes the session', 'closed-early', (_request, { stream }) => stream.session?.destroy()],
    ['breaks off in the body', 'closed-early', (_request, response) => void response.write('half', () => setTimeout(() => response.stream.close(2), 20))],
    ['sends more than the limit', 'too-large', (_request, response) => response.end('x'.repeat(1024 * 1024 + 1))],
    ['sends a long header', 'protocol', (_request, response) => response.writeHead(200, { x: 'y'.repeat(200_000) }).end()],
    ['never answers', 'first-byte-timeout', () => undefined],
    ['never ends', 'transfer-timeout', (_request, response) => void response.write('begun')],
  ])('of a server that %s: %s', async (_case, reason, answer) => {
    expect(await over2(await listening(answer), {}, 700)).toMatchObject({ reason });
  });
});

describe('TLS of its own', () => {
  it('trusts an own authority, for the right name', async () => {
    const port = await servers.tls('good.pem', answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes'));
    const environment = { CA: trusted };
    const url = `https://shop.test:${port}/`;
    expect(await ask({ url, tls: { ca: '${env:CA}' } }, { lookup: atHome, environment })).toMatchObject({ reason: 'ok' });
    expect(await ask({ url: `https://other.test:${port}/`, tls: { ca: '${env:CA}' } }, { lookup: atHome, environment })).toMatchObject({ reason: 'tls-name' });
    expect(await ask({ url: `https://other.test:${port}/`, tls: { ca: '${env:CA}', serverName: 'shop.test' } }, { lookup: atHome, environment })).toMatchObject(
      { reason: 'ok' },
    );
    expect(await ask({ url, tls: { insecure: true } }, { lookup: atHome })).toMatchObject({ reason: 'ok' });
    expect(await ask({ url, redirects: 1 }, { lookup: atHome })).toMatchObject({ reason: 'tls-untrusted' });
  });

  it('shows a certificate where the server wants one', async () => {
    const options = { key: fixture('server.key'), cert: fixture('good.pem'), ca: trusted, requestCert: true, rejectUnauthorized: true };
    const server = createHttpsServer(options, (_request, response) => response.end('yes'));
    closing.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://shop.test:${(server.address() as AddressInfo).port}/`;
    const environment = { CERT: fixture('good.pem'), KEY: fixture('server.key') };
    const options2 = { lookup: atHome, trusted, environment };
    expect(await ask({ url, tls: { certificate: '${env:CERT}', key: '${env:KEY}' } }, options2)).toMatchObject({ reason: 'ok' });
    // This server closes without an alert; what alerts mean is tested with the other failures.
    expect(await ask({ url, redirects: 1 }, options2)).toMatchObject({ reason: 'closed-early' });
  });
});

describe('a proxy', () => {
  /** Takes CONNECT, and remembers what it was told. */
  const proxy = async (wants?: string) => {
    const told: string[] = [];
    const port = await servers.tcp((socket) => {
      socket.once('data', (head) => {
        told.push(head.toString());
        const [, host = '', to = ''] = /^CONNECT ([^:]+):(\d+)/.exec(head.toString()) ?? [];
        if (wants !== undefined && !head.toString().includes(wants)) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        const through = connect(Number(to), host === 'shop.test' ? '127.0.0.1' : host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
        through.on('error', () => socket.destroy());
        return socket.pipe(through).pipe(socket);
      });
    });
    return { url: `http://127.0.0.1:${port}`, told };
  };

  it('is gone through, with TLS to the target inside, and keeps the secrets of the target', async () => {
    const { url: gate, told } = await proxy();
    const port = await servers.tls('good.pem', answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes'));
    const attempt = await ask({ url: `https://shop.test:${port}/`, proxy: gate, bearer: '${env:TOKEN}' }, { trusted, environment: { TOKEN: 's3cret-token' } });
    expect(attempt).toMatchObject({ reason: 'ok', address: gate.slice(7) });
    expect(told[0]).toMatch(new RegExp(`^CONNECT shop.test:${port} HTTP/1.1\r\nhost: shop.test:${port}\r\n`));
    expect(told[0]).not.toContain('s3cret');
  });

  it('is asked with a name and a password, and is told apart from the target', async () => {
    const { url: gate } = await proxy(`proxy-authorization: Basic ${Buffer.from('u:s3cret').toString('base64')}`);
    const port = await servers.tls('good.pem', answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes'));
    const url = `https://shop.test:${port}/`;
    const options = { trusted, environment: { PASSWORD: 's3cret' } };
    expect(await ask({ url, proxy: { url: gate, basic: { user: 'u', password: '${env:PASSWORD}' } } }, options)).toMatchObject({ reason: 'ok' });
    expect(await ask({ url, proxy: gate }, options)).toMatchObject({
      reason: 'proxy',
      detail: `the proxy ${gate.slice(7)} refused shop.test:${port} with status 407`,
    });
  });

  describe('of a plain http address', () => {
    /** Asks what it is asked for, as proxies do, and remembers the first lines and who asked. */
    const forwarding = async (status = 200) => {
      const told: string[] = [];
      const port = await servers.http((request, response) => {
        told.push(`${request.method} ${request.url} for ${request.headers.host}, ${request.headers['proxy-authorization'] ?? 'without a password'}`);
        response.writeHead(status, { 'x-instance': 'shop-1' }).end('yes');
      });
      return { gate: `http://127.0.0.1:${port}`, told };
    };

    it('is asked for the whole address, and asks by itself', async () => {
      const { gate, told } = await forwarding();
      const attempt = await ask({ url: 'http://shop.test:8080/health?a=b', proxy: gate, expect: { body: 'yes', version: '1.1' } });
      expect(attempt).toMatchObject({ reason: 'ok', address: gate.slice(7) });
      expect(told).toEqual(['GET http://shop.test:8080/health?a=b for shop.test:8080, without a password']);
    });

    it('is told a name and a password, and that it refuses is its own', async () => {
      const { gate, told } = await forwarding(407);
      const attempt = await ask(
        { url: 'http://shop.test/', proxy: { url: gate, basic: { user: 'u', password: '${env:PASSWORD}' } } },
        { environment: { PASSWORD: 's3cret' } },
      );
      expect(attempt).toMatchObject({ reason: 'proxy', detail: `the proxy ${gate.slice(7)} refused shop.test with status 407` });
      expect(told).toEqual([expect.stringContaining(`Basic ${Buffer.from('u:s3cret').toString('base64')}`)]);
    });

    it('may answer by itself for what it cannot reach', async () => {
      const { gate } = await forwarding(502);
      expect(await ask({ url: 'http://shop.test/', proxy: gate })).toMatchObject({
        reason: 'status',
        detail: expect.stringMatching(/^status 502, wanted 2xx/),
      });
    });

    it('is not asked for an address that may not be probed', async () => {
      const { gate, told } = await forwarding();
      const careful = { allowPrivate: false };
      expect(await ask({ url: 'http://169.254.169.254/latest/meta-data/', proxy: gate }, careful)).toMatchObject({ reason: 'address-refused' });
      expect(told).toEqual([]);
    });
  });

  it.each<[string, string]>([
    ['says nothing', ''],
    ['does not speak HTTP', '220 mail\r\n\r\n'],
    ['never ends its head', `HTTP/1.1 502 Bad Gateway\r\nx: ${'y'.repeat(20_000)}`],
  ])('that %s is the proxy, not the target', async (_case, bytes) => {
    const port = await servers.tcp(answering(bytes));
    expect(await ask({ url: 'http://shop.test/', proxy: `http://127.0.0.1:${port}` }, { timeoutMs: 500 })).toMatchObject({ reason: 'proxy' });
  });

  it('that is not there is the proxy', async () => {
    const port = await servers.closedPort();
    expect(await ask({ url: 'http://shop.test/', proxy: `http://127.0.0.1:${port}` })).toMatchObject({
      reason: 'proxy',
      detail: expect.stringContaining('nothing listens there'),
    });
  });
});
