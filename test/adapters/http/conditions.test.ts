/** Conditions on answers of real servers: each failure says what was seen and what was wanted. */
import type { OutgoingHttpHeaders } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Reason } from '../../../src/core/observation';
import { answering, fixture, startServers } from '../servers';
import { ask } from './asking';

const servers = startServers();
afterAll(() => servers.close());

const serving = async (body: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Promise<string> =>
  `http://127.0.0.1:${await servers.http((_request, response) => response.writeHead(200, headers).end(body))}/`;

const health = JSON.stringify({
  status: 'ok',
  depth: 3,
  ratio: '0.5',
  checks: [
    { name: 'db', ok: true },
    { name: 'cache', ok: false },
  ],
  nothing: null,
});

describe('a body', () => {
  it.each<[string, unknown, Reason, string]>([
    ['all is well', 'well', 'ok', ''],
    ['all is well', { contains: ['all', 'well'], lacks: 'error', matches: '^all .* well$', matchesNot: '(?i)ERROR' }, 'ok', ''],
    ['we are closed', 'well', 'body', 'the body is "we are closed", wanted to contain "well"'],
    ['we are closed', { lacks: 'closed' }, 'body', 'the body is "we are closed", wanted not to contain "closed"'],
    ['we are closed', { equals: 'open' }, 'body', 'the body is "we are closed", wanted "open"'],
    ['we are closed', { matches: 'open$' }, 'body', 'the body is "we are closed", wanted to match /open$/'],
    ['we are closed', { matchesNot: 'clos' }, 'body', 'the body is "we are closed", wanted not to match /clos/'],
    ['', 'well', 'body', 'the body is empty, wanted to contain "well"'],
    [health, { json: '$.status', equals: 'ok' }, 'ok', ''],
    [health, { json: '$.status', equals: 'down' }, 'body', '$.status is "ok", wanted "down"'],
    [health, { json: '$.depth', below: 10, atLeast: 3 }, 'ok', ''],
    [health, { json: '$.depth', above: 3 }, 'body', '$.depth is 3, wanted above 3'],
    [health, { json: '$.depth', equals: '3' }, 'body', '$.depth is 3, wanted "3"'],
    [health, { json: '$.ratio', below: 1 }, 'body', '$.ratio is "0.5", which is no number'],
    [health, { json: '$.nothing', below: 1 }, 'body', '$.nothing is null, which is no number'],
    [health, { json: '$.nothing', equals: null }, 'ok', ''],
    [health, { json: '$.depth', contains: '3' }, 'body', '$.depth is 3, which is no text'],
    [health, { json: '$.missing', below: 1 }, 'body', 'there is nothing at $.missing'],
    [health, { json: '$.missing', exists: false }, 'ok', ''],
    [health, { json: '$.status', exists: false }, 'body', '$.status is "ok", wanted nothing'],
    [health, { json: '$.checks[*].ok', equals: true }, 'body', '$.checks[*].ok is false, wanted true'],
    [health, { json: '$.checks[?@.ok == false]', count: 0 }, 'body', '$.checks[?@.ok == false] leads to 1 values, wanted 0'],
    [health, { json: '$..name', count: { atLeast: 2 }, matches: '^[a-z]+$' }, 'ok', ''],
    [health, { json: '$.checks[0]', equals: { ok: true, name: 'db' } }, 'ok', ''],
    [health, { json: '$.status', equalsNot: 'down' }, 'ok', ''],
    [health, { json: '$.checks[*].ok', equalsNot: false }, 'body', '$.checks[*].ok is false, wanted anything else'],
    [health, { json: '$.missing', equalsNot: 'down' }, 'body', 'there is nothing at $.missing'],
    [health, { json: '$.checks', length: 2 }, 'ok', ''],
    [health, { json: '$.depth', oneOf: [2, 3] }, 'ok', ''],
    [health, { json: '$.depth', oneOf: [2, '3'] }, 'body', '$.depth is 3, wanted 2 or "3"'],
    [health, { json: '$.depth', sameAs: '$.depth' }, 'ok', ''],
    [health, { json: '$.depth', sameAs: '$.status' }, 'body', '$.depth is 3, wanted "ok" as at $.status'],
    [health, { json: '$.checks[*].ok', sameAs: '$.checks[0].ok' }, 'body', '$.checks[*].ok is false, wanted true as at $.checks[0].ok'],
    [health, { json: '$.depth', sameAs: '$.gone' }, 'body', '$.gone leads to 0 values, wanted one to compare with'],
    [health, { json: '$.checks[0]', length: { atLeast: 3 } }, 'body', '$.checks[0] is {"name":"db","ok":true}, of length 2, wanted at least 3'],
    ['{"name":"größe🙂"}', { json: '$.name', length: 6 }, 'ok', ''],
    [health, { json: '$.depth', length: 1 }, 'body', '$.depth is 3, which has no length'],
    [health, ['ok', { json: '$.depth', equals: 3 }], 'ok', ''],
    [health, ['ok', { json: '$.depth', equals: 4 }], 'body', '$.depth is 3, wanted 4'],
    ['<html>', { json: '$.status', equals: 'ok' }, 'body', 'the body is not JSON, so $.status cannot be judged: <html>'],
    ['', { json: '$.status', exists: false }, 'body', 'the body is empty, so $.status cannot be judged'],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, { json: '$..a', exists: false }, 'body', '$..a cannot be followed: the body is nested too deeply'],
  ])('%.30s held against %j', async (body, wanted, reason, detail) => {
    expect(await ask({ url: await serving(body), expect: { body: wanted } })).toMatchObject({ reason, detail });
  });

  it.each<[string, Uint8Array, string, Reason, string]>([
    ['UTF-8', Buffer.from('größe'), 'text/plain', 'ok', ''],
    ['what the server says', Buffer.from('größe', 'latin1'), 'text/plain; charset=ISO-8859-1', 'ok', ''],
    ['not what the server says', Buffer.from('größe', 'latin1'), 'text/plain; charset=utf-8', 'body', 'the body is not UTF-8, so it cannot be judged'],
    ['of a charset that nobody knows', Buffer.from('größe'), 'text/plain; charset=klingon', 'body', 'the body is not klingon, so it cannot be judged'],
  ])('in %s', async (_case, body, type, reason, detail) => {
    expect(await ask({ url: await serving(body, { 'content-type': type }), expect: { body: 'größe' } })).toMatchObject({ reason, detail });
    // What cannot be read does not lack anything either.
    if (reason !== 'ok') expect(await ask({ url: await serving(body, { 'content-type': type }), expect: { body: { lacks: 'x' } } })).toMatchObject({ reason });
  });

  it('is not judged where the status is wrong already', async () => {
    expect(await ask({ url: await serving('x'), expect: { status: 404, body: 'y' } })).toMatchObject({ reason: 'status', detail: 'status 200, wanted 404: x' });
  });

  it('is judged in linear time, whatever the pattern', async () => {
    const url = await serving('a'.repeat(200_000));
    const startedAt = performance.now();
    expect(await ask({ url, expect: { body: { matches: '(a+)+b|(a|aa)+c|(.*)(.*)(.*)(.*)d' } } })).toMatchObject({ reason: 'body' });
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });
});

describe('the size of a body', () => {
  it.each<[number, unknown, Reason, string]>([
    [10, { atLeast: 10, atMost: 10 }, 'ok', ''],
    [9, { atLeast: 10 }, 'size', 'the body has 9 bytes, wanted at least 10'],
    [0, { above: 0 }, 'size', 'the body has 0 bytes, wanted above 0'],
    [12, 10, 'size', 'the body has 12 bytes, wanted 10'],
  ])('of %i bytes held against %j', async (bytes, size, reason, detail) => {
    expect(await ask({ url: await serving('x'.repeat(bytes)), expect: { size } })).toMatchObject({ reason, detail });
  });

  it.each<[number, Reason]>([
    [128, 'ok'],
    [129, 'too-large'],
  ])('of %i bytes where 128 are the limit, packed or not: %s', async (bytes, reason) => {
    const body = 'x'.repeat(bytes);
    expect(await ask({ url: await serving(body), limit: 128 })).toMatchObject({ reason });
    expect(await ask({ url: await serving(gzipSync(body), { 'content-encoding': 'gzip' }), limit: 128, compression: 'gzip' })).toMatchObject({ reason });
  });
});

describe('a packed body', () => {
  const words = 'all is well';
  it.each<[string, Uint8Array | string, string | undefined, unknown, Reason, string]>([
    ['as asked: gzip', gzipSync(words), 'gzip', 'gzip', 'ok', ''],
    ['as asked: br', brotliCompressSync(words), 'br', ['gzip', 'br'], 'ok', ''],
    ['as asked: deflate', deflateSync(words), 'deflate', 'deflate', 'ok', ''],
    ['as asked: deflate without its frame', deflateRawSync(words), 'deflate', 'deflate', 'ok', ''],
    ['in another way', gzipSync(words), 'gzip', 'br', 'encoding', 'the body is packed with gzip, wanted br'],
    ['not at all', words, undefined, 'gzip', 'encoding', 'the body is not packed, wanted gzip'],
    ['unasked', gzipSync(words), 'gzip', undefined, 'encoding', 'the body is packed with gzip, which was not asked for'],
    ['in name only', words, 'gzip', 'gzip', 'encoding', 'the body says that it is packed with gzip, and cannot be unpacked (Z_DATA_ERROR)'],
    [
      'cut short',
      gzipSync(words).subarray(0, 20),
      'gzip',
      'gzip',
      'encoding',
      'the body says that it is packed with gzip, and cannot be unpacked (Z_BUF_ERROR)',
    ],
    ['as a bomb', gzipSync(Buffer.alloc(60_000_000)), 'gzip', 'gzip', 'too-large', 'the body is larger than 1048576 bytes'],
  ])('%s', async (_case, body, coding, compression, reason, detail) => {
    const url = await serving(body, coding === undefined ? {} : { 'content-encoding': coding });
    const before = process.memoryUsage().arrayBuffers;
    expect(await ask({ url, ...(compression === undefined ? {} : { compression }), expect: { body: 'well' } })).toMatchObject({ reason, detail });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('is asked for in the words of HTTP', async () => {
    let asked: unknown;
    const port = await servers.http(({ headers }, response) => {
      asked = headers['accept-encoding'];
      response.end();
    });
    await ask({ url: `http://127.0.0.1:${port}/`, compression: ['br', 'gzip'] });
    expect(asked).toBe('br, gzip');
  });

  it('is no matter where nobody looks into it', async () => {
    expect(await ask({ url: await serving(gzipSync(words), { 'content-encoding': 'gzip' }), redirects: 1 })).toMatchObject({ reason: 'ok' });
  });
});

describe('a header', () => {
  it.each<[OutgoingHttpHeaders, unknown, Reason, string]>([
    [{ 'X-Shop': 'eu' }, { 'x-shop': 'eu' }, 'ok', ''],
    [{ 'x-shop': 'eu' }, { 'X-SHOP': 'us' }, 'header', 'header x-shop is "eu", wanted "us"'],
    [{ 'x-shop': ['us', 'eu'] }, { 'x-shop': 'eu' }, 'ok', ''],
    [{ 'x-shop': ['us', 'eu'] }, { 'x-shop': { contains: 'e', lacks: 's' } }, 'header', 'header x-shop is "us" and "eu", wanted not to contain "s"'],
    [{ 'set-cookie': ['a=1', 'b=2'] }, { 'set-cookie': { matches: '^b=' } }, 'ok', ''],
    [{}, { 'x-shop': 'eu' }, 'header', 'header x-shop is missing, wanted "eu"'],
    [{}, { 'x-shop': { matches: '.*' } }, 'header', 'header x-shop is missing, wanted it to be there'],
    [{}, { 'x-shop': { equals: 'eu', optional: true } }, 'ok', ''],
    [{ 'x-shop': 'us' }, { 'x-shop': { equals: 'eu', optional: true } }, 'header', 'header x-shop is "us", wanted "eu"'],
    [{}, { server: { absent: true } }, 'ok', ''],
    [{ server: 'old/1.0' }, { server: { absent: true } }, 'header', 'header server is "old/1.0", wanted none'],
    [{ 'x-shop': '' }, { 'x-shop': { matches: '.*' } }, 'ok', ''],
  ])('%j held against %j', async (sent, headers, reason, detail) => {
    expect(await ask({ url: await serving('', sent), expect: { headers } })).toMatchObject({ reason, detail });
  });
});

describe('what else is expected', () => {
  it.each<[string, unknown, Reason, RegExp]>([
    ['TLS', { tls: true }, 'tls-missing', /^127\.0\.0\.1:\d+ answered over plain http, wanted TLS$/],
    ['HTTP/1.1', { version: '1.1' }, 'ok', /^$/],
    ['HTTP/1.1 or later', { version: ['1.1', '2'] }, 'ok', /^$/],
    ['HTTP/1.0', { version: '1.0' }, 'http-version', /^HTTP\/1\.1, wanted HTTP\/1\.0$/],
    ['an address that is contacted', { address: '127.0.0.1' }, 'ok', /^$/],
    ['an address of another net', { address: { matches: '^10\\.' } }, 'misidentified', /^127\.0\.0\.1 answered, wanted to match \/\^10\\\.\/$/],
    ['a certificate', { daysLeft: 1 }, 'tls-missing', /^127\.0\.0\.1:\d+ answered over plain http, where no certificate is shown$/],
    ['the address', { url: 'http://other.example.com/' }, 'redirect', /^"http:\/\/127\.0\.0\.1:\d+\/" answered, wanted "http:\/\/other\.example\.com\/"$/],
    ['the address, loosely', { url: { matches: '^http://127' } }, 'ok', /^$/],
    ['a status that is not excluded', { status: ['2xx', 'not 200'] }, 'status', /^status 200, wanted 201-299: x$/],
    ['the time', { within: '5s', body: 'x' }, 'ok', /^$/],
  ])('%s', async (_case, wanted, reason, detail) => {
    expect(await ask({ url: await serving('x'), expect: wanted })).toMatchObject({ reason, detail: expect.stringMatching(detail) });
  });

  it.each<[string, string | string[], Reason, string]>([
    ['HTTP/1.0', '1.1', 'http-version', 'HTTP/1.0, wanted HTTP/1.1'],
    ['HTTP/1.0', ['1.1', '2'], 'http-version', 'HTTP/1.0, wanted HTTP/1.1 or HTTP/2'],
    ['HTTP/1.0', '1.0', 'ok', ''],
    ['HTTP/1.1', ['2', '1.1'], 'ok', ''],
  ])('of a server that speaks %s, version %j', async (spoken, version, reason, detail) => {
    const port = await servers.tcp((socket) => {
      socket.once('data', () => {
        socket.write(spoken.slice(0, 5));
        setTimeout(() => socket.end(`${spoken.slice(5)} 200 OK\r\n\r\nyes`), 20);
      });
    });
    expect(await ask({ url: `http://127.0.0.1:${port}/`, http2: true, redirects: 1, expect: { version, body: 'yes' } })).toMatchObject({ reason, detail });
  });

  it.each<[string, unknown, Reason, RegExp]>([
    ['good.pem', 21, 'ok', /^$/],
    ['good.pem', { below: 21 }, 'tls-days', /^the certificates have [\d.]+ days left, wanted below 21$/],
    ['expired.pem', 0, 'tls-days', /^the certificates have -[\d.]+ days left, wanted at least 0$/],
  ])('of the certificate %s, days left: %j', async (certificate, daysLeft, reason, detail) => {
    const url = `https://127.0.0.1:${await servers.tls(certificate, answering('HTTP/1.1 200 OK\r\n\r\nyes'))}/`;
    const attempt = await ask({ url, tls: { insecure: true }, expect: { daysLeft } });
    expect(attempt).toMatchObject({ reason, detail: expect.stringMatching(detail) });
  });

  it('of the certificates that a server sends, the one that ends first counts', async () => {
    const server = createHttpsServer({ key: fixture('server.key'), cert: fixture('good.pem') + fixture('expired.pem') }, (_request, response) =>
      response.end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await ask({ url, expect: { daysLeft: 0 } }, { trusted: fixture('authority.pem') })).toMatchObject({ reason: 'tls-days' });
    server.close();
  });

  it('is told one by one, with what was seen, to whoever wants to know', async () => {
    const findings: unknown[] = [];
    await ask({ url: await serving('x'), expect: { body: 'y', size: 1 } }, { tell: (finding) => findings.push(finding) });
    expect(findings).toContainEqual({ what: 'status', wanted: '2xx', seen: '200', isGood: true });
    expect(findings).toContainEqual({ what: 'size', wanted: '1 bytes', seen: '1', isGood: true });
    expect(findings).toContainEqual({ what: 'body', wanted: 'to contain "y"', seen: '"x"', isGood: false });
  });

  it.each([
    [{ json: '$.status', equals: 'down' }, '"ok"', '"down"', false],
    [{ json: '$.depth', above: 1, below: 9 }, '3', 'above 1 and below 9', true],
    [{ json: '$.checks[*].ok' }, 'true, false', 'it to be there', true],
    [{ json: '$.depth', oneOf: [2, 3], equalsNot: 4 }, '3', '2 or 3 and anything but 4', true],
    [{ json: '$.status', length: 2, matches: '^o', sameAs: '$.status' }, '"ok"', 'what stands at $.status and a length of 2 and to match /^o/', true],
    [{ json: '$.gone', exists: false }, 'nothing', 'nothing', true],
    [{ json: '$.checks', count: { atLeast: 2 } }, '[{"name":"db","ok":true},{"name":"cache","ok":false}]', 'at least 2 values', false],
  ])('is told as what stands there and what is wanted of it, in words: %j', async (rule, seen, wanted, isGood) => {
    const findings: unknown[] = [];
    await ask({ url: await serving(health), expect: { body: rule } }, { tell: (finding) => findings.push(finding) });
    expect(findings).toContainEqual({ what: `body ${rule.json}`, seen, wanted, isGood });
  });
});
