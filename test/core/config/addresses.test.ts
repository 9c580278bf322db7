import fc from 'fast-check';
import { isPublicAddress } from '../../../src/adapters/probes/public-address';
import { privateAddressKind, privateKindOf } from '../../../src/core/config/address-rules';
import { parseIpv4, parseIpv6 } from '../../../src/core/config/ip-addresses';
import { parseHttpUrl } from '../../../src/core/config/urls';
import { mistakesOf, textWith, textWithMonitor } from './config-text';

const hidden: readonly (readonly [host: string, kind: string])[] = [
  ['localhost', 'this very machine'],
  ['LOCALHOST.', 'this very machine'],
  ['shop.localhost', 'this very machine'],
  ['127.0.0.1', 'a loopback address'],
  ['127.1', 'a loopback address'],
  ['127.0.0.1.', 'a loopback address'],
  ['2130706433', 'a loopback address'],
  ['0x7f000001', 'a loopback address'],
  ['0x7F.1', 'a loopback address'],
  ['0177.0.0.01', 'a loopback address'],
  ['0', 'an unspecified address'],
  ['10.1.2.3', 'a private address'],
  ['172.16.0.1', 'a private address'],
  ['172.31.255.255', 'a private address'],
  ['192.168.1.1', 'a private address'],
  ['100.64.0.1', 'a carrier-grade NAT address'],
  ['169.254.0.1', 'a link-local address'],
  ['169.254.169.254', 'the metadata address of cloud machines'],
  ['0xa9fea9fe', 'the metadata address of cloud machines'],
  ['224.0.0.1', 'a multicast address'],
  ['255.255.255.255', 'a reserved address'],
  ['[::1]', 'a loopback address'],
  ['[0:0:0:0:0:0:0:1]', 'a loopback address'],
  ['[::]', 'an unspecified address'],
  ['[::ffff:127.0.0.1]', 'an IPv4 address in disguise'],
  ['[::ffff:7f00:1]', 'an IPv4 address in disguise'],
  ['[::7f00:1]', 'an IPv4 address in disguise'],
  ['[64:ff9b::10.0.0.1]', 'a private address'],
  ['[fc00::1]', 'a private address'],
  ['[fd00:ec2::254]', 'the metadata address of cloud machines'],
  ['[FE80::1]', 'a link-local address'],
  ['[ff02::1]', 'a multicast address'],
  ['[2002:7f00:1::]', 'a 6to4 address'],
];

describe('a target that is not on the public Internet', () => {
  it.each(hidden)('is refused: %s is %s', (host, kind) => {
    const url = `http://${host}:8080/x`;
    expect(mistakesOf(textWithMonitor(`{ http: "${url}" }`))).toEqual([
      `monitors.shop.http: "${url}" is ${kind}; write a public address, or allow it with \`network: { allowPrivate: true }\``,
    ]);
  });

  it.each(hidden)('is allowed where the configuration says so: %s', (host) => {
    expect(mistakesOf(`${textWithMonitor(`{ http: { url: "http://${host}/" } }`)}network: { allowPrivate: true }\n`)).toEqual([]);
  });

  it('is refused for webhooks, anchors and switches outside, too', () => {
    const text = textWith({
      anchors: '[http://10.0.0.1/]',
      channels: '{ hook: { webhook: http://localhost/ } }',
      outside: '{ eu-west-1: { ping: "http://169.254.169.254/" } }',
      monitors: '{ shop: { http: { url: "http://[::1]/" } } }',
    });
    expect(mistakesOf(text).map((mistake) => mistake.split(':')[0])).toEqual([
      'anchors[0]',
      'channels.hook.webhook',
      'monitors.shop.http.url',
      'outside.eu-west-1.ping',
    ]);
  });

  it.each([
    '172.32.0.1',
    '100.128.0.1',
    '192.0.2.10',
    '8.8.8.8',
    '[2600::1]',
    '[64:ff9b::808:808]',
    'localhost.example.com',
    'mylocalhost',
    '10.example.com',
    'a_b.example.com',
  ])('is not %s', (host) => {
    expect(mistakesOf(textWithMonitor(`{ http: "https://${host}/" }`))).toEqual([]);
  });

  const disagreed = (bytes: readonly number[], text: string) => (privateAddressKind(bytes) === undefined) !== isPublicAddress(text);

  it('is the same for the configuration and for the prober', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 198, 224));
    fc.assert(fc.property(fc.tuple(byte, byte, byte, byte), (bytes) => !disagreed(bytes, bytes.join('.'))));
    const group = fc.oneof(fc.nat(0xffff), fc.constantFrom(0, 0, 0, 1, 0xffff, 0x64, 0xff9b, 0x2001, 0x2002, 0xfc00, 0xfe80, 0xfec0, 0xff02, 0x7f00, 0x0a00));
    const address = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.map((part) => part.toString(16)).join(':'));
    fc.assert(fc.property(address, (text) => !disagreed(parseIpv6(text) ?? [], text)));
  });
});

describe('an address that cannot be used', () => {
  it.each([
    ['ftp://a.example.com', '"ftp://a.example.com" is not an http or https address; begin it with https:// or http://'],
    ['a.example.com/x', '"a.example.com/x" is no address; write https://a.example.com/x'],
    ['localhost:3000', '"localhost:3000" is no address; write https://localhost:3000'],
    ['shop', '"shop" is no address; write https:// and the host'],
    ['/health', '"/health" is no address; write https:// and the host'],
    ['https://', '"https://" has no host that can be read; '],
    ['https:///x', '"https:///x" has no host that can be read; '],
    ['https://a b.example.com', '"https://a b.example.com" holds a space, a backslash or a quote; write %20 for a space'],
    ['https://a.example.com/a b', 'holds a space, a backslash or a quote; write %20 for a space'],
    ['https://a.example.com\\\\@10.0.0.1/', 'holds a space, a backslash or a quote'],
    ['https://%31%30.0.0.1/', 'has no host that can be read; '],
    ['https://１０.0.0.1/', 'has no host that can be read; '],
    ['https://bücher.example/', 'has no host that can be read; write letters, digits, dots and hyphens; international names in their xn-- form'],
    ['https://a..b/', 'has no host that can be read; '],
    ['https://1.2.3.4.5/', 'has no host that can be read; '],
    ['https://256.1.1.1/', 'has no host that can be read; '],
    ['https://08.1.1.1/', 'has no host that can be read; '],
    ['https://[::1', 'has no host that can be read; '],
    ['https://[fe80::1%25eth0]/', 'has no host that can be read; '],
    ['https://[1::2::3]/', 'has no host that can be read; '],
    ['https://a.example.com:0/', 'has a port that does not exist; write a port from 1 to 65535, or none'],
    ['https://a.example.com:65536/', 'has a port that does not exist; write a port from 1 to 65535, or none'],
    ['https://a.example.com:x/', 'has no host that can be read; '],
  ])('says why: %s', (url, said) => {
    const mistakes = mistakesOf(textWithMonitor(`{ http: "${url}" }`));
    expect(mistakes).toEqual([expect.stringContaining(said)]);
  });

  it('that holds a password never repeats it', () => {
    for (const url of ['https://me:hunter2@a.example.com/', 'htp://me:hunter2@a.example.com/', 'https://me:hunter2@a.example.com/a b']) {
      const [mistake, ...more] = mistakesOf(textWithMonitor(`{ http: "${url}" }`));
      expect(more).toEqual([]);
      expect(mistake).not.toContain('hunter2');
    }
    expect(mistakesOf(textWithMonitor('{ http: "https://me:hunter2@a.example.com/" }'))).toEqual([
      'monitors.shop.http: the address holds a user or a password; remove the part before the @: it would be seen by everyone who sees the target',
    ]);
  });
});

describe('the host that we read', () => {
  const label = fc.stringMatching(/^(0x[0-9a-f]{0,9}|0[0-9]{0,11}|[0-9]{1,11}|[a-z0-9_-]{1,6}|0xg|)$/);
  const host = fc.oneof(
    fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.')),
    fc.stringMatching(/^\[[0-9a-f:.]{0,20}\]$/),
    fc.ipV6().map((address) => `[${address}]`),
    fc.ipV4Extended(),
    fc.domain(),
  );

  it('is the one that Node connects to, or none', () => {
    fc.assert(
      fc.property(host, (text) => {
        const ours = parseHttpUrl(`http://${text}/`);
        if (typeof ours === 'string') return;
        const theirs = new URL(`http://${text}/`).hostname;
        if (ours.address === undefined) expect(ours.host).toBe(theirs);
        else if (ours.address.length === 4) expect(ours.address.join('.')).toBe(theirs);
        else expect(new URL(`http://[${groupsOf(ours.address)}]/`).hostname).toBe(theirs);
      }),
      { numRuns: 2000 },
    );
  });

  it('is none only where Node has none either, or where it is not plain text', () => {
    const address = fc.oneof(
      fc.ipV4Extended(),
      fc.ipV6().map((text) => `[${text}]`),
    );
    fc.assert(fc.property(address, (text) => typeof parseHttpUrl(`http://${text}/`) === 'object' || !URL.canParse(`http://${text}/`)));
  });

  it('is never a private one by another name', () => {
    fc.assert(
      fc.property(fc.nat(0xff_ff_ff), fc.constantFrom(10, 127), (rest, first) => {
        const [value, hex] = [first * 2 ** 24 + rest, (first * 2 ** 24 + rest).toString(16)];
        for (const text of [String(value), `0x${hex}`, `0${value.toString(8)}`, `${first}.${rest}`]) {
          const url = parseHttpUrl(`http://${text}/`);
          expect(typeof url === 'object' && privateKindOf(url)).toBeTruthy();
        }
      }),
    );
    expect(parseIpv4(['1', '2', '3'])).toEqual([1, 2, 0, 3]);
  });
});

function groupsOf(bytes: readonly number[]): string {
  return Array.from({ length: 8 }, (_, index) => (bytes[2 * index]! * 256 + bytes[2 * index + 1]!).toString(16)).join(':');
}
