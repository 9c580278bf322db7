/** What a probe says of certificates and of handshakes that fail. */
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { type Attempt, type Reason, totalMs } from '../../src/core/observation';
import { httpMonitor } from './monitors';
import { answering, fixture, startServers } from './servers';

const servers = startServers();
afterAll(() => servers.close());

const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup };
const trusting = createProber({ ...options, trusted: fixture('authority.pem') });
const strict = createProber(options);

const well = answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes');
const probe = (host: string, port: number, prober = trusting): Promise<Attempt> => prober.attempt(httpMonitor(`https://${host}:${port}/`), 5000);

describe('a certificate', () => {
  it.each<[string, string, string, Reason, string]>([
    ['that is good', 'good.pem', 'shop.test', 'ok', ''],
    ['for any name below', 'good.pem', 'eu.shop.test', 'ok', ''],
    ['for the address itself', 'good.pem', '127.0.0.1', 'ok', ''],
    ['for a name with its final dot', 'good.pem', 'shop.test.', 'ok', ''],
    ['that has expired', 'expired.pem', 'shop.test', 'tls-expired', 'the certificate of shop.test expired on Jan  1 00:00:00 2021 GMT (CERT_HAS_EXPIRED)'],
    [
      'of the future',
      'future.pem',
      'shop.test',
      'tls-expired',
      'the certificate of shop.test is not valid before Jan  1 00:00:00 2120 GMT (CERT_NOT_YET_VALID)',
    ],
    [
      'signed by itself',
      'self-signed.pem',
      'shop.test',
      'tls-untrusted',
      'the certificate of shop.test is signed by itself and not by a known authority (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    [
      'for another name',
      'good.pem',
      'other.test',
      'tls-name',
      'the certificate is for shop.test, *.shop.test, 127.0.0.1, not for other.test (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
  ])('%s', async (_case, certificate, host, reason, detail) => {
    const port = await servers.tls(certificate, well);
    expect(await probe(host, port)).toMatchObject({ reason, detail, address: `127.0.0.1:${port}` });
  });

  it('of an authority that nobody knows is not trusted', async () => {
    const port = await servers.tls('good.pem', well);
    const detail = 'the certificate of shop.test leads to no known authority (UNABLE_TO_VERIFY_LEAF_SIGNATURE)';
    expect(await probe('shop.test', port, strict)).toMatchObject({ reason: 'tls-untrusted', detail });
  });

  it('that is bad keeps the request unsent', async () => {
    let received = 0;
    const port = await servers.tls('self-signed.pem', (socket) => socket.on('data', () => (received += 1)));
    await probe('shop.test', port);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(received).toBe(0);
  });
});

describe('a handshake', () => {
  it('tells the server which name is meant, and takes time of its own', async () => {
    let name: unknown;
    const port = await servers.tls('good.pem', (socket) => {
      name = 'servername' in socket ? socket.servername : undefined;
      well(socket);
    });
    const { phases } = await probe('eu.shop.test', port);
    expect(name).toBe('eu.shop.test');
    expect(phases.tlsMs).toBeGreaterThan(0);
  });

  it.each<[string, Reason, RegExp, (socket: import('node:net').Socket) => void]>([
    [
      'with a server that speaks plain HTTP',
      'tls-error',
      /wrong version number \(ERR_SSL_WRONG_VERSION_NUMBER\)/,
      answering('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ],
    ['that the server closes', 'tls-error', /the connection was closed in it \(ECONNRESET\)/, (socket) => socket.once('data', () => socket.end())],
    ['that the server resets', 'tls-error', /\(ECONNRESET\)/, (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ])('%s fails', async (_case, reason, detail, onConnection) => {
    const port = await servers.tcp(onConnection);
    expect(await probe('shop.test', port)).toMatchObject({ reason, detail: expect.stringMatching(detail) });
  });

  it('that does not end is cut off', async () => {
    const port = await servers.tcp(() => undefined);
    const attempt = await trusting.attempt(httpMonitor(`https://shop.test:${port}/`), 600);
    expect(attempt).toMatchObject({ reason: 'tls-timeout', detail: 'the TLS handshake was not done within 600 ms' });
    expect(totalMs(attempt.phases)).toBeGreaterThan(500);
  });
});
