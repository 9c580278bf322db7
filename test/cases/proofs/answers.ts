/** Statuses, versions, packing, limits and headers of answers. */
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { fixture } from '../../adapters/servers';
import { bad, body, good, type Proofs, refusedHttp, status } from '../proof';

const words = 'hello world'.repeat(10);
const gzipped = (text: string) => body(gzipSync(text), { 'content-encoding': 'gzip' });
const whole = { expect: { size: 110, body: { equals: words } } };

const secure = createHttpsServer({ key: fixture('server.key'), cert: fixture('good.pem') }, (_request, response) => response.end());
afterAll(() => secure.close());
const over1 = {
  async url(): Promise<string> {
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(secure.address() as AddressInfo).port}/`;
  },
};

export const answers: Proofs = {
  P002: good(status(201)),
  P004: bad(['status', 'status 300, wanted 2xx'], status(300)),
  P006: good(status(404), { expect: { status: [200, 404] } }),
  P008: bad(['status', 'status 201, wanted 200 or 404'], status(201), { expect: { status: [200, 404] } }),
  P010: bad(['status', 'status 200, wanted 404'], status(200), { expect: { status: 404 } }),
  P012: good(status(200), { expect: { version: '1.1' } }),
  P014: bad(['http-version', 'HTTP/1.1, wanted HTTP/2'], over1, { http2: true, tls: { insecure: true }, expect: { version: '2' } }),
  P016: good(gzipped(words), { compression: 'gzip', ...whole }),
  P018: good(body(deflateRawSync(words), { 'content-encoding': 'deflate' }), { compression: 'deflate', ...whole }),
  P020: bad(['encoding', 'the body is packed with gzip, wanted deflate'], gzipped(words), { compression: 'deflate' }),
  P024: good(body('x'.repeat(127)), { limit: 128 }),
  P026: good(gzipped('x'.repeat(127)), { limit: 128, compression: 'gzip' }),
  P058: good(status(200, { 'content-type': 'application/octet-stream' }), { expect: { headers: { 'CONTENT-type': { matchesNot: 'text/javascript' } } } }),
  P060: bad(['header', 'header content-type is missing, wanted it to be there'], status(200), {
    expect: { headers: { 'Content-Type': { matchesNot: '.*' } } },
  }),
  P062: bad(['header', 'header content-type is "", wanted not to match /.*/'], status(200, { 'content-type': '' }), {
    expect: { headers: { 'Content-Type': { matchesNot: '.*', optional: true } } },
  }),
  P064: good(status(200, { 'content-type': 'text/javascript' }), { expect: { headers: { 'content-type': { matches: 'text/javascript' } } } }),
  P066: good(status(200, { 'content-type': '' }), { expect: { headers: { 'Content-Type': { matches: '.*' } } } }),
  P068: good(status(200), { expect: { headers: { 'Content-Type': { matches: '.*', optional: true } } } }),
  P250: good(successful, { expect: { headers: { 'X-Success': { matches: 's[om]me' } } } }),
  P252: bad(['header', 'header x-bad is "some-bad", wanted none'], successful, { expect: { headers: { 'X-Success': {}, 'X-Bad': { absent: true } } } }),
  P254: refusedHttp('expect: { headers: { "": {} } }', 'a key is plain text'),
};

function successful(...[, response]: Parameters<ReturnType<typeof status>>): void {
  response.writeHead(200, { 'x-success': ['some', 'truly', 'last'], 'x-bad': 'some-bad' }).end();
}
