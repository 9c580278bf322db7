// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
/** More of what the tests of blackbox_exporter say of http. */
import type { RequestListener } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { answering, fixture } from '../../adapters/servers';
import { asked, bad, body, good, type Proofs, servers, status } from '../proof';

const words = 'hello world'.repeat(10);
const packed = (coding: string, bytes: Uint8Array) => body(bytes, { 'content-encoding': coding });
const yes = answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes');
const secure = (certificate: string, host: string) => ({ url: async () => `https://${host}:${await servers.tls(certificate, yes)}/` });
const lookup = async () => [{ address: '127.0.0.1', family: 4 }];

const repeated = status(200, { 'x-shop': ['us', 'eu'] });
const bearing: RequestListener = ({ headers }, response) => response.writeHead(headers.authorization === 'Bearer mysecret' ? 200 : 401).end();
const posting: RequestListener = ({ method }, response) => response.writeHead(method === 'POST' ? 200 : 400).end();
const echoing: RequestListener = (request, response) => void request.pipe(response);

export const furtherHttp: Proofs = {
  B01: good(status(299)),
  B02: good(status(200), { expect: { version: ['1.1', '2'] } }),
  B03: good(packed('xxx', Buffer.alloc(110, 'x'))),
  B04: good(packed('br', brotliCompressSync(words)), { redirects: 1 }),
  B05: good(packed('identity', Buffer.from(words)), { expect: { size: 110, body: words } }),
  B06: bad(['status', 'status 404, wanted 2xx: not found'], (_request, response) => response.writeHead(404).end('not found')),
  B07: good(packed('br', brotliCompressSync(words)), { compression: 'br', expect: { size: 110 } }),
  B08: good(packed('gzip', gzipSync(words)), { compression: ['br', 'gzip'], expect: { size: 110 } }),
  B09: bad(['too-large', 'the body is larger than 128 bytes'], body('A'.repeat(129)), { limit: 128 }),
  B10: bad(['too-large', 'the body is larger than 128 bytes'], packed('gzip', gzipSync('A'.repeat(129))), { limit: 128, compression: 'gzip' }),
  B11: good(status(302, { location: '/elsewhere' }), { expect: { status: 302 } }),
  B12: good(posting, { method: 'POST' }),
  B13: good(bearing, { bearer: '${env:TOKEN}' }, { environment: { TOKEN: 'mysecret' } }),
  B14: bad(['tls-missing', /answered over plain http, wanted TLS$/], status(200), { expect: { tls: true } }),
  B15: bad(['body', '$.foo.bar is "baz", wanted anything else'], body('{"foo":{"bar":"baz"}}'), { expect: { body: { json: '$.foo.bar', equalsNot: 'baz' } } }),
  B16: bad(['body', 'the body is "could not connect to database", wanted not to match /could not connect/'], body('could not connect to database'), {
    expect: { body: { matchesNot: 'could not connect' } },
  }),
  B17: bad(['body', 'the body is "Download the latest version", wanted to match /Copyright 2015/'], body('Download the latest version'), {
    expect: { body: { matches: ['Download the latest version', 'Copyright 2015'] } },
  }),
  B18: good(status(200), { expect: { headers: { 'x-shop': { matchesNot: 'eu', optional: true } } } }),
  B19: bad(['header', 'header x-shop is "us" and "eu", wanted not to match /eu/'], repeated, { expect: { headers: { 'x-shop': { matchesNot: 'eu' } } } }),
  B20: good(repeated, { expect: { headers: { 'x-shop': { matches: 'eu' } } } }),
  B21: good(secure('self-signed.pem', '127.0.0.1'), { tls: { insecure: true } }),
  B22: good(secure('good.pem', 'shop.test'), { tls: { ca: '${env:CA}' } }, { lookup, environment: { CA: fixture('authority.pem') } }),
  async B23() {
    const there = await secure('good.pem', 'shop.test').url();
    const here = status(302, { location: there });
    await good(here, { redirects: 1, expect: { url: there, tls: true } }, { lookup, trusted: fixture('authority.pem') })();
  },
  B24: good(echoing, { body: 'Test Body', expect: { body: { equals: 'Test Body' } } }),
  async B25() {
    const slowly = () => new Promise<Awaited<ReturnType<typeof lookup>>>((resolve) => setTimeout(() => resolve(lookup()), 5));
    const url = async () => `http://shop.test:${await servers.http(status(200))}/`;
    expect((await asked({ url }, {}, { lookup: slowly })).phases.dnsMs).toBeGreaterThan(3);
  },
};
