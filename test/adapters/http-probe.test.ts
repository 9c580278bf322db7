/** What a probe says of servers that behave, and of servers that lie. Every one of them is a real server. */

import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { HttpProbe } from '../../src/core/config/kinds/http/probe';
import { type Attempt, type Reason, totalMs } from '../../src/core/observation';
import { httpMonitor } from './monitors';
import { answering, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
afterAll(() => servers.close());

const sleepy = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true });
const prober = wakeful(sleepy);

interface Wish {
  readonly path?: string;
  readonly timeoutMs?: number;
  readonly expect?: Partial<HttpProbe['expect']>;
}

const probe = (port: number, { path = '/', timeoutMs = 5000, expect: wanted = {} }: Wish = {}): Promise<Attempt> =>
  prober.attempt(httpMonitor(`http://127.0.0.1:${port}${path}`, wanted), timeoutMs);

describe('a server that answers', () => {
  it('is ok, with the address contacted and nothing to say', async () => {
    const port = await servers.http((_request, response) => response.end('all is well'));
    expect(await probe(port)).toMatchObject({ reason: 'ok', detail: '', address: `127.0.0.1:${port}` });
  });

  it('is asked by a GET of its path that names us and our region, over a connection of its own', async () => {
    let asked = {};
    const port = await servers.http(({ method, url, httpVersion, headers }, response) => {
      asked = { method, url, httpVersion, ...headers };
      response.end();
    });
    await probe(port, { path: '/health?full=1' });
    expect(asked).toEqual({
      method: 'GET',
      url: '/health?full=1',
      httpVersion: '1.1',
      host: `127.0.0.1:${port}`,
      connection: 'close',
      'user-agent': 'twinwatch/1.2.3 (eu-west-1)',
      accept: '*/*',
      'accept-encoding': 'identity',
    });
  });

  it('has each phase timed apart, and the phases add up to the whole', async () => {
    const port = await servers.http((_request, response) => {
      setTimeout(() => {
        response.write('first');
        setTimeout(() => response.end('last'), 60);
      }, 120);
    });
    const startedAt = performance.now();
    const { phases } = await probe(port);
    const tookMs = performance.now() - startedAt;
    expect(phases.firstByteMs).toBeGreaterThan(100);
    expect(phases.transferMs).toBeGreaterThan(45);
    expect(phases.tlsMs).toBe(0);
    expect(totalMs(phases)).toBeLessThanOrEqual(tookMs + 1);
    expect(totalMs(phases)).toBeGreaterThan(tookMs - 40);
    for (const ms of Object.values(phases)) expect(ms * 10).toBeCloseTo(Math.round(ms * 10), 6);
  });

  it.each<[string, string]>([
    ['chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nyes\r\n0\r\n\r\n'],
    ['no content-length, ended by closing', 'HTTP/1.1 200 OK\r\n\r\nyes'],
    ['an interim response first', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes'],
    ['no body at all', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nyes'],
  ])('is ok with %s', async (_case, bytes) => {
    const port = await servers.tcp(answering(bytes));
    expect(await probe(port)).toMatchObject({ reason: 'ok' });
  });

  it('is ok when it keeps the connection open, and the probe does not', async () => {
    const closed = new Promise((resolve) => {
      void servers
        .tcp((socket) => {
          answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes', { stays: true })(socket);
          socket.once('close', resolve);
        })
        .then(probe);
    });
    await closed;
  });

  it('is reached over IPv6', async () => {
    const port = await servers.http((_request, response) => response.end(), '::1').catch(() => undefined);
    if (port === undefined) return;
    expect(await prober.attempt(httpMonitor(`http://[::1]:${port}/`), 5000)).toMatchObject({ reason: 'ok', address: `[::1]:${port}` });
  });
});

describe('a status that is not wanted', () => {
  it.each<[number, HttpProbe['expect']['status'], string, Reason]>([
    [200, [[200, 299]], '2xx', 'ok'],
    [204, [[200, 204]], '200-204', 'ok'],
    [299, [[200, 299]], '2xx', 'ok'],
    [404, [[404, 404]], '404', 'ok'],
    [300, [[200, 299]], '2xx', 'status'],
    [404, [[200, 299]], '2xx', 'status'],
    [
      500,
      [
        [200, 299],
        [304, 304],
      ],
      '2xx or 304',
      'status',
    ],
    [201, [[200, 200]], '200', 'status'],
    [205, [[200, 204]], '200-204', 'status'],
  ])('%i when %j is wanted', async (status, wanted, words, reason) => {
    const port = await servers.http((_request, response) => response.writeHead(status).end());
    const attempt = await probe(port, { expect: { status: wanted } });
    expect(attempt).toMatchObject({ reason, detail: reason === 'ok' ? '' : `status ${status}, wanted ${words}` });
  });

  it('shows how the body begins, on one line', async () => {
    const port = await servers.http((_request, response) => response.writeHead(503).end(`\u0000<h1>we are\n\n\tclosed</h1> ${'x'.repeat(5000)}`));
    const { detail } = await probe(port);
    expect(detail).toMatch(/^status 503, wanted 2xx: <h1>we are closed<\/h1> x{90,}$/);
    expect(detail).toHaveLength('status 503, wanted 2xx: '.length + 120);
  });

  it('shows where a redirect points to, and does not go there', async () => {
    let requests = 0;
    const port = await servers.http((_request, response) => {
      requests += 1;
      response.writeHead(302, { location: '/login' }).end();
    });
    expect(await probe(port)).toMatchObject({ reason: 'status', detail: 'status 302, wanted 2xx (it points to /login)' });
    expect(requests).toBe(1);
  });

  it('is told even of a body that is too large', async () => {
    const port = await servers.http((_request, response) => response.writeHead(500).end('x'.repeat(1024 * 1024 + 1)));
    expect(await probe(port)).toMatchObject({ reason: 'status' });
  });
});

describe('a server that is slow', () => {
  const delayed = (ms: number): Promise<number> => servers.http((_request, response) => setTimeout(() => response.end('late'), ms));

  it('is told with what it took and what was wanted', async () => {
    const attempt = await probe(await delayed(80), { expect: { withinMs: 40 } });
    expect(attempt.reason).toBe('slow');
    expect(attempt.detail).toMatch(/^took \d+ ms, wanted within 40 ms$/);
  });

  it('is ok within what is wanted', async () => {
    expect(await probe(await delayed(10), { expect: { withinMs: 4000 } })).toMatchObject({ reason: 'ok' });
  });

  it.each<[Reason, string, (response: import('node:http').ServerResponse) => void]>([
    ['first-byte-timeout', 'no response began within 600 ms', () => undefined],
    ['transfer-timeout', 'the response did not end within 600 ms', (response) => response.write('begun')],
    ['transfer-timeout', 'the response did not end within 600 ms', (response) => void setInterval(() => response.write('.'), 10).unref()],
  ])('is cut off with %s: %s', async (reason, detail, answer) => {
    const port = await servers.http((_request, response) => answer(response));
    const attempt = await probe(port, { timeoutMs: 600 });
    expect(attempt).toMatchObject({ reason, detail });
    expect(totalMs(attempt.phases)).toBeGreaterThanOrEqual(598);
    expect(totalMs(attempt.phases)).toBeLessThan(5000);
  });

  it('is cut off while it sends its headers letter by letter', async () => {
    const port = await servers.tcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx: ');
      const drip = setInterval(() => socket.write('a'), 10);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await probe(port, { timeoutMs: 600 })).toMatchObject({ reason: 'first-byte-timeout' });
  });

  it('has not answered by an interim response', async () => {
    const port = await servers.tcp(answering('HTTP/1.1 103 Early Hints\r\n\r\n', { stays: true }));
    expect(await probe(port, { timeoutMs: 600 })).toMatchObject({ reason: 'first-byte-timeout' });
  });

  it('is not accused of what the prober slept through', async () => {
    let hasSlept = false;
    // It sleeps for longer than any try may last, however late the request comes; before it came, the try may have been cut off.
    const port = await servers.http(() => {
      hasSlept = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
    });
    let attempt: Attempt | undefined;
    while (!hasSlept) attempt = await sleepy.attempt(httpMonitor(`http://127.0.0.1:${port}/`), 50);
    expect(attempt).toMatchObject({ reason: 'prober-error', detail: expect.stringMatching(/stood still: it looked after \d{3,} ms at what had 50 ms/) });
  });
});

describe('a server that breaks the rules', () => {
  const endless = (head: string, piece: string) => (socket: import('node:net').Socket) => {
    socket.once('data', () => {
      socket.write(head);
      const more = (): void => {
        while (!socket.destroyed && socket.write(piece));
      };
      socket.on('drain', more);
      more();
    });
  };

  it.each<[string, Reason, RegExp, (socket: import('node:net').Socket) => void]>([
    [
      'closes before it answers',
      'closed-early',
      /closed before the response was complete \(UND_ERR_SOCKET\)/,
      (socket) => socket.once('data', () => socket.end()),
    ],
    ['resets before it answers', 'closed-early', /\(ECONNRESET\)/, (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['closes as soon as it accepts', 'closed-early', /closed/, (socket) => socket.end()],
    [
      'resets in the body',
      'closed-early',
      /./,
      (socket) => {
        socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf', () => setTimeout(() => socket.resetAndDestroy(), 20)));
      },
    ],
    ['closes amid chunks', 'closed-early', /closed/, answering('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nhalf')],
    ['closes amid headers', 'closed-early', /./, answering('HTTP/1.1 200 OK\r\nx-half')],
    ['closes before its content-length', 'closed-early', /closed/, answering('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf')],
    [
      'announces to close, and does so before its content-length',
      'closed-early',
      /closed before the body was as long as its content-length/,
      answering('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 99\r\n\r\nhalf'),
    ],
    [
      'announces to close, and does so amid chunks',
      'closed-early',
      /closed amid the response/,
      answering('HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n9\r\nhalf'),
    ],
    [
      'has two lengths',
      'protocol',
      /not valid HTTP \(its content-length is not one number\)/,
      answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nyes'),
    ],
    [
      'has no number for a length',
      'protocol',
      /not valid HTTP \(Invalid character in Content-Length\)/,
      answering('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nyes'),
    ],
    ['has bad chunks', 'protocol', /Invalid character in chunk size/, answering('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nyes')],
    ['does not speak HTTP', 'protocol', /not valid HTTP \(Expected HTTP\//, answering('SSH-2.0-OpenSSH_9.6\r\n')],
    ['speaks first, and not HTTP', 'protocol', /not valid HTTP \(Expected HTTP\//, (socket) => socket.write('220 mail.example.com ESMTP\r\n')],
    ['switches protocols unasked', 'protocol', /unexpected switch/, answering('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')],
    ['sends endless headers', 'too-large', /headers are too large/, endless('HTTP/1.1 200 OK\r\n', `x-more: ${'y'.repeat(1000)}\r\n`)],
    ['sends one endless header', 'too-large', /headers are too large/, endless('HTTP/1.1 200 OK\r\nx: ', 'y'.repeat(1000))],
    ['sends an endless body', 'too-large', /larger than 1048576 bytes/, endless('HTTP/1.1 200 OK\r\n\r\n', 'z'.repeat(65_536))],
  ])('%s: %s', async (_case, reason, detail, onConnection) => {
    const port = await servers.tcp(onConnection);
    expect(await probe(port)).toMatchObject({ reason, detail: expect.stringMatching(detail) });
  });

  it('is ok with a body of exactly the limit', async () => {
    const port = await servers.http((_request, response) => response.end('x'.repeat(1024 * 1024)));
    expect(await probe(port)).toMatchObject({ reason: 'ok' });
  });
});

describe('an address where nobody is', () => {
  it('is refused when nothing listens', async () => {
    const port = await servers.closedPort();
    expect(await probe(port)).toMatchObject({
      reason: 'connect-refused',
      detail: `connecting to 127.0.0.1:${port}: nothing listens there (ECONNREFUSED)`,
      address: `127.0.0.1:${port}`,
    });
  });

  it('is never an exception, even for a URL that is none', async () => {
    expect(await prober.attempt(httpMonitor('not a url'), 100)).toMatchObject({ reason: 'prober-error' });
  });
});
