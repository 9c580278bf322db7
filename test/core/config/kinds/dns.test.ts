// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWith, textWithMonitor } from '../config-text';

const probeOf = (dns: string, environment = {}) => configOf(textWithMonitor(`{ dns: ${dns} }`), environment).monitors[0]?.probe;
const asA = { kind: 'dns', name: 'shop.example.com', type: 'A', transport: 'udp', wantsRecursion: true, expect: { rcodes: ['NOERROR'] } };

describe('a dns monitor', () => {
  it('is a name alone, or a map', () => {
    expect(probeOf('shop.example.com')).toEqual(asA);
    expect(probeOf('{ name: shop.example.com }')).toEqual(asA);
    expect(
      probeOf('{ name: _sip._tcp.example.com., type: SRV, resolver: "ns1.example.net:5353", transport: tcp, recursion: false, expect: { within: 1s } }'),
    ).toEqual({
      kind: 'dns',
      name: '_sip._tcp.example.com.',
      type: 'SRV',
      resolver: 'ns1.example.net:5353',
      transport: 'tcp',
      wantsRecursion: false,
      expect: { rcodes: ['NOERROR'], withinMs: 1000 },
    });
  });

  it.each([
    ['{ rcode: NXDOMAIN }', { rcodes: ['NXDOMAIN'] }],
    ['{ rcode: [NOERROR, SERVFAIL] }', { rcodes: ['NOERROR', 'SERVFAIL'] }],
    ['{ authoritative: false }', { isAuthoritative: false }],
    ['{ answers: 192.0.2.1 }', { answers: { equals: ['192.0.2.1'] } }],
    ['{ answers: [192.0.2.1, 192.0.2.2] }', { answers: { equals: ['192.0.2.1', '192.0.2.2'] } }],
    ['{ answers: { equals: a, contains: b, lacks: [c] } }', { answers: { equals: ['a'], contains: ['b'], lacks: ['c'] } }],
    ['{ answers: { matches: "^a", matchesNot: [b] } }', { answers: { matches: ['^a'], matchesNot: ['b'] } }],
    ['{ authority: { count: 2, ttl: { atLeast: 60, below: 600 } } }', { authority: { count: { equals: 2 }, ttl: { atLeast: 60, below: 600 } } }],
    ['{ additional: { lacks: a } }', { additional: { lacks: ['a'] } }],
  ])('expects what is written: %s', (expect_, built) => {
    expect(probeOf(`{ name: shop.example.com, expect: ${expect_} }`)).toEqual({ ...asA, expect: { ...asA.expect, ...built } });
  });

  it('shows what it asks for, and where', () => {
    const targetOf = (dns: string) => configOf(textWithMonitor(`{ dns: ${dns} }`), { HOST: 'ns1.example.net' }).monitors[0]?.target;
    expect(targetOf('shop.example.com')).toBe('A of shop.example.com');
    expect(targetOf('{ name: example.com, type: MX, resolver: "${env:HOST}" }')).toBe('MX of example.com at ${env:HOST}');
  });

  it('has the same hash whatever its references stand for', () => {
    const text = textWithMonitor('{ dns: { name: "${env:NAME}", resolver: "${env:HOST}", expect: { answers: "${env:IP}" } } }');
    const hashOf = (NAME: string, HOST: string, IP: string) => configOf(text, { NAME, HOST, IP }).monitors[0]?.hash;
    expect(hashOf('a.example.com', 'ns1.example.net', '192.0.2.1')).toBe(hashOf('b.example.com', '198.51.100.1:53', '192.0.2.2'));
  });
});

describe('a mistake in a dns monitor', () => {
  const nameAdvice = 'write a name such as shop.example.com';
  const records = 'write a record, a list of all records, or a map such as { contains: 192.0.2.10 }';
  const resolver = 'write an address or a name, perhaps with a port, such as 192.0.2.53 or ns1.example.net:5353';
  it.each([
    ['7', 'dns: 7 is neither a name nor a map; write a name such as shop.example.com, or a map with `name`'],
    ['{}', `dns.name: \`name\` is missing; ${nameAdvice}`],
    ['{ name: a..example.com }', `dns.name: "a..example.com" is no name that DNS can hold; ${nameAdvice}`],
    ['{ name: "shop example" }', `dns.name: "shop example" is no name that DNS can hold; ${nameAdvice}`],
    [`{ name: ${'a'.repeat(64)}.example.com }`, `dns.name: "${'a'.repeat(64)}.example.com" is no name that DNS can hold; ${nameAdvice}`],
    ['{ name: bücher.example }', 'dns.name: "bücher.example" is no name that DNS can hold; write its ASCII form, which begins with xn--'],
    [
      '{ name: "https://shop.example.com/" }',
      'dns.name: "https://shop.example.com/" is no name that DNS can hold; write the name alone, without a scheme and a path',
    ],
    ['{ name: a.example, type: AAA }', 'dns.type: "AAA" is no record type that can be asked for; did you mean AAAA?'],
    ['{ name: a.example, type: ANY }', 'dns.type: "ANY" is no record type that can be asked for; write one of A, AAAA, CNAME, MX, TXT, NS, SRV, CAA, SOA, PTR'],
    [
      '{ name: a.example, transport: quic }',
      'dns.transport: "quic" is no way to ask a name server; write udp, tcp, tls for DNS over TLS, or https for DNS over HTTPS',
    ],
    ['{ name: a.example, resolver: "ns1:99999" }', `dns.resolver: "ns1:99999" is no name server; ${resolver}`],
    ['{ name: a.example, resolver: "udp://ns1" }', `dns.resolver: "udp://ns1" is no name server; ${resolver}`],
    ['{ name: a.example, tls: { insecure: true } }', 'dns.tls: no TLS is spoken over udp; write `transport: tls` or `transport: https`, or remove it'],
    ['{ name: a.example, transport: tls, tls: { servername: ns1.example.net } }', 'dns.tls.servername: unknown key `servername`; did you mean `serverName`?'],
    [
      '{ name: a.example, transport: https, tls: { certificate: "-----BEGIN CERTIFICATE-----" } }',
      'dns.tls.certificate: a certificate without its key proves nothing; add `key:` by reference',
    ],
    ['{ name: a.example, recursion: maybe }', 'dns.recursion: "maybe" is neither true nor false; write true or false'],
    ['{ name: a.example, expect: { rcode: NXDOMIAN } }', 'dns.expect.rcode: "NXDOMIAN" is no answer code; did you mean NXDOMAIN?'],
    ['{ name: a.example, expect: { rcode: [] } }', 'dns.expect.rcode: [] is no answer code; write NOERROR, NXDOMAIN, SERVFAIL, REFUSED or a list of those'],
    ['{ name: a.example, expect: { answers: 7 } }', `dns.expect.answers: 7 says nothing of records; ${records}`],
    [
      '{ name: a.example, expect: { answers: { matches: "(" } } }',
      'dns.expect.answers.matches: "(" is no pattern that is judged in linear time (missing closing ): `(`); write a pattern in the syntax of RE2',
    ],
    ['{ name: a.example, expect: { answers: { counts: 1 } } }', 'dns.expect.answers.counts: unknown key `counts`; did you mean `count`?'],
    ['{ name: a.example, expect: { within: 20s } }', 'dns.expect.within: 20s is longer than the timeout of 10s, so it can never be missed; write 10s or less'],
  ])('is said with its place: %s', (dns, said) => {
    expect(mistakesOf(textWithMonitor(`{ dns: ${dns} }`))).toEqual([`monitors.shop.${said}`]);
  });

  it.each(['127.0.0.1', '10.0.0.2:5353', 'localhost', '"::1"', '"[fd00::53]:53"', '169.254.169.253'])(
    'is a private name server, unless it is allowed: %s',
    (server) => {
      const monitors = `{ shop: { dns: { name: a.example, resolver: ${server} } } }`;
      expect(mistakesOf(textWith({ monitors }))).toEqual([expect.stringMatching(/^monitors\.shop\.dns\.resolver: .*allowPrivate/)]);
      expect(mistakesOf(textWith({ monitors, network: '{ allowPrivate: true }' }))).toEqual([]);
    },
  );
});
