/** From names to addresses: what DNS can say, and which addresses are not contacted. */
import { createProber } from '../../src/adapters/probes/prober';
import { isPublicAddress } from '../../src/adapters/probes/public-address';
import type { Lookup } from '../../src/adapters/probes/resolve';
import { regionId } from '../../src/core/basics/brand';
import type { Attempt, Reason } from '../../src/core/observation';
import { httpMonitor } from './monitors';
import { startServers } from './servers';

const servers = startServers();
afterAll(() => servers.close());

interface Wish {
  readonly lookup: Lookup;
  readonly allowPrivate?: boolean;
  readonly timeoutMs?: number;
}

function probe(url: string, { lookup, allowPrivate = true, timeoutMs = 2000 }: Wish): Promise<Attempt> {
  return createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate, lookup }).attempt(httpMonitor(url), timeoutMs);
}

const failing =
  (code: string): Lookup =>
  () =>
    Promise.reject(Object.assign(new Error(`getaddrinfo ${code}`), { code }));
const leadingTo =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('a name', () => {
  it.each<[string, Reason, string]>([
    ['ENOTFOUND', 'dns-nxdomain', 'shop.test does not exist in DNS (ENOTFOUND)'],
    ['EAI_AGAIN', 'dns-timeout', 'no name server answered for shop.test (EAI_AGAIN)'],
    ['EAI_FAIL', 'dns-error', 'shop.test could not be resolved (EAI_FAIL)'],
    ['EMFILE', 'prober-error', 'the prober itself failed at resolving shop.test: getaddrinfo EMFILE (EMFILE)'],
    ['EAI_MEMORY', 'prober-error', 'the prober itself failed at resolving shop.test: getaddrinfo EAI_MEMORY (EAI_MEMORY)'],
  ])('whose lookup ends with %s is %s', async (code, reason, detail) => {
    expect(await probe('http://shop.test/', { lookup: failing(code) })).toMatchObject({ reason, detail, address: undefined });
  });

  it('without any address is an error of DNS', async () => {
    const detail = 'shop.test exists in DNS and has no address';
    expect(await probe('http://shop.test/', { lookup: leadingTo() })).toMatchObject({ reason: 'dns-error', detail });
  });

  it('that is not resolved in time is cut off, and contacts nobody afterwards', async () => {
    let connections = 0;
    const port = await servers.tcp(() => (connections += 1));
    const late: Lookup = () => new Promise((resolve) => setTimeout(() => resolve([{ address: '127.0.0.1', family: 4 }]), 120));
    const attempt = await probe(`http://shop.test:${port}/`, { lookup: late, timeoutMs: 60 });
    expect(attempt).toMatchObject({ reason: 'dns-timeout', detail: 'the name was not resolved within 60 ms' });
    expect(attempt.phases.dnsMs).toBeGreaterThan(50);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(connections).toBe(0);
  });

  it('with several addresses is probed at one of them, in the same family everywhere', async () => {
    const port = await servers.http((_request, response) => response.end());
    const attempt = await probe(`http://shop.test:${port}/`, { lookup: leadingTo('::1', '127.0.0.1', '127.0.0.2') });
    expect(attempt).toMatchObject({ reason: 'ok', address: `127.0.0.1:${port}` });
  });

  it.each<['ipv4' | 'ipv6', readonly string[], string, RegExp]>([
    ['ipv4', ['::1', '127.0.0.1'], 'ok', /^127\.0\.0\.1:/],
    ['ipv6', ['127.0.0.9', '::ffff:127.0.0.1'], 'ok', /^\[::ffff:127\.0\.0\.1\]:/],
    ['ipv6', ['127.0.0.1'], 'dns-error: shop.test exists in DNS and has no address of IPv6', /^$/],
    ['ipv4', ['::1'], 'dns-error: shop.test exists in DNS and has no address of IPv4', /^$/],
  ])('is probed in the family that was chosen: %s of %j', async (family, addresses, result, address) => {
    const port = await servers.http((_request, response) => response.end());
    const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup: leadingTo(...addresses) });
    const made = await prober.attempt({ ...httpMonitor(`http://shop.test:${port}/`), family }, 2000);
    expect(made.reason === 'ok' ? 'ok' : `${made.reason}: ${made.detail}`).toBe(result);
    expect(made.address ?? '').toMatch(address);
  });

  it('is not rescued by its second address when the first is dead', async () => {
    const port = await servers.http((_request, response) => response.end());
    const attempt = await probe(`http://shop.test:${port}/`, { lookup: leadingTo('127.0.0.9', '127.0.0.1') });
    expect(attempt).toMatchObject({ reason: 'connect-refused', address: `127.0.0.9:${port}` });
  });
});

describe('an address that is not public', () => {
  const never: Lookup = () => Promise.reject(new Error('an address needs no lookup'));

  it.each(['http://127.0.0.1/', 'http://0x7f.1/', 'http://[::1]/', 'http://169.254.169.254/latest/meta-data/'])('is refused: %s', async (url) => {
    const attempt = await probe(url, { lookup: never, allowPrivate: false });
    expect(attempt.reason).toBe('address-refused');
    expect(attempt.detail).toMatch(/^[0-9.:a-f]+ is not a public address; to probe such targets, set network\.allowPrivate to true$/);
  });

  it('is refused when a name leads to it', async () => {
    const detail = 'shop.test leads to 10.1.2.3, which is not a public address; to probe such targets, set network.allowPrivate to true';
    const attempt = await probe('http://shop.test/', { lookup: leadingTo('10.1.2.3'), allowPrivate: false });
    expect(attempt).toMatchObject({ reason: 'address-refused', detail });
  });

  it.each([
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
    ...['192.0.0.1', '192.168.1.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::10.0.0.1', '64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::808:808'],
    ...['2001::1', '2002:a00:1::', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
  ])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    ...[
      '1.1.1.1',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.0.0.1',
      '128.0.0.1',
      '172.15.0.1',
      '172.32.0.1',
      '192.167.0.1',
      '223.255.255.255',
    ],
    ...['2001:4860:4860::8888', '2606:4700::1111', '2a05:d018::1', '64:ff9b::808:808', '64:ff9b::8.8.8.8'],
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
