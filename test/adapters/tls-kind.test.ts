/** What a tls probe says of certificates, keys and versions. */
import { createHash, X509Certificate } from 'node:crypto';
import type { TlsOptions } from 'node:tls';
import type { Finding } from '../../src/adapters/probes/means';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { TlsProbe } from '../../src/core/config/kinds/tls/probe';
import type { Attempt, Reason } from '../../src/core/observation';
import { monitorOf, tlsProbe } from './monitors';
import { fixture, startServers } from './servers';

const servers = startServers();
afterAll(() => servers.close());

const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup };
const trusted = fixture('authority.pem') + fixture('chain-root.pem');
const prober = createProber({ ...options, trusted });

interface Wish extends Partial<TlsProbe> {
  readonly host?: string;
  readonly certificates?: readonly string[];
  readonly server?: TlsOptions;
}

async function probe({ host = 'shop.test', certificates = ['good.pem'], server = {}, ...more }: Wish, by = prober): Promise<Attempt> {
  const port = await servers.tls('good.pem', () => undefined, { cert: certificates.map(fixture).join(''), ...server });
  return by.attempt(monitorOf(tlsProbe(`${host}:${port}`, more)), 5000);
}

const dayMs = 86_400_000;
const daysTo = (year: number): number => Math.floor((Date.UTC(year, 0, 1) - Date.now()) / dayMs);
const daysSaid = (year: number): string => (Math.floor(((Date.UTC(year, 0, 1) - Date.now()) / dayMs) * 10) / 10).toFixed(1);
const goodPin = 'pin';
const pin = (): string => {
  const der = new X509Certificate(fixture('good.pem')).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('base64');
};

describe('a certificate', () => {
  it('that is good is ok, and takes time of its own', async () => {
    const attempt = await probe({});
    expect(attempt).toMatchObject({ reason: 'ok', detail: '' });
    expect(attempt.phases.tlsMs).toBeGreaterThan(0);
    expect(attempt.phases.firstByteMs).toBe(0);
  });

  it.each<[string, Wish, Reason, string | RegExp]>([
    ['for the address itself', { host: '127.0.0.1' }, 'ok', ''],
    ['for a name that is asked for', { host: '127.0.0.1', name: 'eu.shop.test' }, 'ok', ''],
    ['for another name', { host: 'other.test' }, 'tls-name', 'the certificate is for shop.test, *.shop.test, 127.0.0.1, not for other.test'],
    [
      'that has expired',
      { certificates: ['expired.pem'] },
      'tls-expired',
      /^the certificate of shop\.test \(by twinwatch test authority\) expired on 2021-01-01 00:00 UTC, \d{4,} days ago; valid from 2020-01-01 00:00 UTC$/,
    ],
    ['that has expired and is for another name', { certificates: ['expired.pem'], host: 'other.test' }, 'tls-expired', /expired on 2021-01-01/],
    ['that has expired where nothing is verified', { certificates: ['expired.pem'], isVerified: false }, 'tls-expired', /expired on 2021-01-01/],
    [
      'of the future',
      { certificates: ['future.pem'] },
      'tls-expired',
      'the certificate of shop.test (by twinwatch test authority) is not valid before 2120-01-01 00:00 UTC',
    ],
    [
      'signed by itself',
      { certificates: ['self-signed.pem'] },
      'tls-untrusted',
      'the certificate of shop.test is signed by itself and not by a known authority (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    ['signed by itself, where nothing is verified', { certificates: ['self-signed.pem'], isVerified: false }, 'ok', ''],
    ['for another name, where nothing is verified', { host: 'other.test', isVerified: false }, 'ok', ''],
    ['with its intermediate', { certificates: ['chain-leaf.pem', 'chain-intermediate.pem'] }, 'ok', ''],
    [
      'without its intermediate',
      { certificates: ['chain-leaf.pem'] },
      'tls-untrusted',
      'the certificate of shop.test leads to no known authority: it is by twinwatch test intermediate, and 0 more were sent (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    ],
    [
      'whose intermediate has expired',
      { certificates: ['chain-leaf.pem', 'chain-intermediate-expired.pem'] },
      'tls-expired',
      /^the certificate of twinwatch test intermediate \(by twinwatch test root\) expired on 2021-01-01/,
    ],
    ['with a stray one that has expired', { certificates: ['good.pem', 'expired.pem'] }, 'ok', ''],
  ])('%s', async (_case, wish, reason, detail) => {
    const attempt = await probe(wish);
    expect(attempt.detail).toEqual(typeof detail === 'string' ? detail : expect.stringMatching(detail));
    expect(attempt.reason).toBe(reason);
  });

  it('of an authority that nobody knows is not trusted', async () => {
    expect(await probe({}, createProber(options))).toMatchObject({ reason: 'tls-untrusted', detail: expect.stringContaining('no known authority') });
  });
});

describe('days left', () => {
  const chain = ['chain-leaf.pem', 'chain-intermediate.pem'];

  it.each<[string, Wish, Reason]>([
    ['enough', { expect: { daysLeft: { atLeast: daysTo(2126) } } }, 'ok'],
    ['one too few', { expect: { daysLeft: { atLeast: daysTo(2126) + 1 } } }, 'tls-days'],
    ['enough of the earliest that is sent', { certificates: chain, expect: { daysLeft: { atLeast: daysTo(2100) } } }, 'ok'],
    ['too few of the earliest that is sent', { certificates: chain, expect: { daysLeft: { atLeast: daysTo(2100) + 1 } } }, 'tls-days'],
    ['enough of the chain, with its authority', { certificates: chain, expect: { chainDaysLeft: { atLeast: daysTo(2100) } } }, 'ok'],
    ['too few of the chain', { certificates: chain, expect: { chainDaysLeft: { atLeast: daysTo(2100) + 1 } } }, 'tls-days'],
    ['the chain is not hurt by a stray one', { certificates: ['good.pem', 'expired.pem'], expect: { chainDaysLeft: { atLeast: daysTo(2126) } } }, 'ok'],
    ['what is sent is hurt by a stray one', { certificates: ['good.pem', 'expired.pem'], expect: { daysLeft: { atLeast: 0 } } }, 'tls-days'],
    [
      'of two intermediates the chain takes the one that is good',
      { certificates: [...chain, 'chain-intermediate-expired.pem'], expect: { chainDaysLeft: { atLeast: daysTo(2100) } } },
      'ok',
    ],
  ])('%s', async (_case, wish, reason) => {
    expect(await probe(wish)).toMatchObject({ reason });
  });

  it('that are too few are said with the certificate and its end', async () => {
    const { detail } = await probe({ certificates: chain, expect: { daysLeft: { atLeast: 90_000 } } });
    expect(detail).toBe(
      `${daysSaid(2100)} days left, wanted at least 90000: the certificate of twinwatch test intermediate (by twinwatch test root), the earliest of those it sends, ends on 2100-01-01 00:00 UTC`,
    );
  });
});

describe('a pin', () => {
  it.each<[string, readonly string[], Reason]>([
    ['that is right', [goodPin], 'ok'],
    ['of several, one of which is right', ['AAAA', goodPin], 'ok'],
    ['that is another', ['AAAA'], 'tls-pin'],
    ['of several others', ['AAAA', 'BBBB'], 'tls-pin'],
  ])('%s', async (_case, wanted, reason) => {
    expect(await probe({ expect: { pins: wanted.map((one) => (one === goodPin ? pin() : one)) } })).toMatchObject({ reason });
  });

  it('is judged where nothing else is', async () => {
    const detail = `the key is ${pin()}, not the one that is pinned`;
    expect(await probe({ certificates: ['self-signed.pem'], isVerified: false, expect: { pins: ['AAAA'] } })).toMatchObject({ reason: 'tls-pin', detail });
  });
});

describe('the version', () => {
  it.each<[TlsProbe['expect']['version'], TlsOptions, Reason, string | RegExp]>([
    [undefined, { maxVersion: 'TLSv1.2' }, 'ok', ''],
    ['1.2', { maxVersion: 'TLSv1.2' }, 'ok', ''],
    ['1.3', { minVersion: 'TLSv1.3' }, 'ok', ''],
    ['1.3', { maxVersion: 'TLSv1.2' }, 'tls-version', 'TLSv1.2, wanted TLSv1.3 or newer'],
    [
      undefined,
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      'tls-version',
      /^the server speaks no version of TLS that is good/,
    ],
  ])('wanted %s of a server with %j', async (version, server, reason, detail) => {
    const attempt = await probe({ server, expect: version === undefined ? {} : { version } });
    expect(attempt.detail).toEqual(typeof detail === 'string' ? detail : expect.stringMatching(detail));
    expect(attempt.reason).toBe(reason);
  });
});

it('what was looked at is explained, where somebody wants to know', async () => {
  const findings: Finding[] = [];
  const certificates = ['chain-leaf.pem', 'chain-intermediate.pem'];
  const explaining = createProber({ ...options, trusted, tell: (finding) => findings.push(finding) });
  await probe({ certificates, expect: { daysLeft: { atLeast: 21 }, version: '1.2' } }, explaining);
  expect(findings).toEqual([
    { what: 'TLS', seen: 'TLSv1.3', wanted: 'TLSv1.2 or newer', isGood: true },
    { what: 'certificate', seen: 'shop.test by twinwatch test intermediate, from 2020-01-01 00:00 UTC to 2120-01-01 00:00 UTC' },
    { what: 'certificate', seen: 'twinwatch test intermediate by twinwatch test root, from 2020-01-01 00:00 UTC to 2100-01-01 00:00 UTC' },
    { what: 'names', seen: 'DNS:shop.test, DNS:*.shop.test, IP Address:127.0.0.1' },
    { what: 'key', seen: pin() },
    { what: 'days left', seen: daysSaid(2100), wanted: 'at least 21', isGood: true },
    { what: 'days left of the chain', seen: daysSaid(2100) },
  ]);
});

it('nothing is sent but the handshake', async () => {
  let heard = 0;
  const port = await servers.tls('good.pem', (socket) => socket.on('data', () => (heard += 1)));
  await prober.attempt(monitorOf(tlsProbe(`shop.test:${port}`)), 5000);
  expect(heard).toBe(0);
});
