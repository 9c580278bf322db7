/** What a dns probe says of name servers that answer. Every one of them is a real server. */
import type { Answer } from 'dns-packet';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { DnsProbe } from '../../src/core/config/kinds/dns/probe';
import { type Attempt, totalMs } from '../../src/core/observation';
import { dnsMonitor } from './monitors';
import { address, answerTo, nameServers, type Sections, serve } from './name-servers';
import { fixture, startServers } from './servers';

const names = nameServers();
const servers = startServers();
afterAll(() => Promise.all([names.close(), servers.close()]));

const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true };
const prober = createProber(options);

type Wish = Partial<Omit<DnsProbe, 'expect'>> & { readonly expect?: Partial<DnsProbe['expect']>; readonly timeoutMs?: number };

const ask = (resolver: string, { timeoutMs = 5000, ...wish }: Wish = {}): Promise<Attempt> => prober.attempt(dnsMonitor({ resolver, ...wish }), timeoutMs);

/** One question to a server that answers with these sections. */
const asked = async (sections: Sections, wish: Wish = {}): Promise<Attempt> => ask(await names.start((query) => answerTo(query, sections)), wish);

const said = async (attempt: Promise<Attempt>): Promise<string> => attempt.then(({ reason, detail }) => (detail === '' ? reason : `${reason}: ${detail}`));

const two = { answers: [address('192.0.2.10'), address('192.0.2.11', 60)] };

describe('a name server that answers', () => {
  it('is ok, with the address contacted, over UDP as over TCP', async () => {
    const overs: string[] = [];
    const resolver = await names.start((query, over) => {
      overs.push(over);
      return answerTo(query, two);
    });
    expect(await ask(resolver)).toMatchObject({ reason: 'ok', detail: '', address: resolver });
    expect(await ask(resolver, { transport: 'tcp' })).toMatchObject({ reason: 'ok', address: resolver });
    expect(overs).toEqual(['udp', 'tcp']);
  });

  it('is asked the one question, with recursion unless it is told not to', async () => {
    const questions: unknown[] = [];
    const resolver = await names.start((query) => {
      questions.push([query.questions, query.flag_rd, query.additionals]);
      return answerTo(query, two);
    });
    await ask(resolver, { name: 'Shop.Example.com.', type: 'MX' });
    await ask(resolver, { name: '.', type: 'NS', wantsRecursion: false });
    expect(questions).toEqual([
      [[{ name: 'Shop.Example.com', type: 'MX', class: 'IN' }], true, []],
      [[{ name: '.', type: 'NS', class: 'IN' }], false, []],
    ]);
  });

  it('is asked again over TCP when its answer did not fit, and the phases still add up', async () => {
    const resolver = await names.start((query, over) => (over === 'udp' ? { ...answerTo(query, {}), flags: 0x0200 } : answerTo(query, two)));
    const startedAt = performance.now();
    const attempt = await ask(resolver, { expect: { answers: { count: { equals: 2 } } } });
    expect(attempt).toMatchObject({ reason: 'ok', address: resolver });
    expect(totalMs(attempt.phases)).toBeLessThanOrEqual(performance.now() - startedAt + 1);
  });

  it('is asked over TLS with the certificate judged', async () => {
    const port = await secureNameServer('good.pem');
    const trusting = createProber({ ...options, trusted: fixture('authority.pem'), lookup: async () => [{ address: '127.0.0.1', family: 4 }] });
    const over = (resolver: string) => said(trusting.attempt(dnsMonitor({ resolver, transport: 'tls' }), 5000));
    expect(await over(`shop.test:${port}`)).toBe('ok');
    expect(await over(`other.example.com:${port}`)).toMatch(/^tls-name: /);
  });

  it('is the one of this machine where none is chosen, private as it may be', async () => {
    const careful = createProber({ ...options, allowPrivate: false });
    const { address: contacted, reason } = await careful.attempt(dnsMonitor({ name: 'shop.invalid' }), 300);
    expect(contacted).toMatch(/:53$/);
    expect(reason).not.toBe('address-refused');
  });

  it('is refused where it is private and was chosen', async () => {
    const careful = createProber({ ...options, allowPrivate: false });
    for (const transport of ['udp', 'tcp', 'tls'] as const) {
      expect(await said(careful.attempt(dnsMonitor({ resolver: '127.0.0.1:5353', transport }), 1000))).toMatch(/^address-refused: 127\.0\.0\.1 is not/);
    }
  });

  it('is slow when it takes longer than wanted', async () => {
    expect(await said(asked(two, { expect: { withinMs: 0 } }))).toMatch(/^slow: took \d+ ms, wanted within 0 ms$/);
  });
});

async function secureNameServer(certificate: string): Promise<number> {
  return servers.tls(certificate, (socket) => serve(socket, (query) => answerTo(query, two)));
}

describe('the code of an answer', () => {
  it.each<[number, readonly string[], string]>([
    [0, ['NOERROR'], 'ok'],
    [3, ['NOERROR'], 'dns-rcode: rcode NXDOMAIN, wanted NOERROR'],
    [2, ['NOERROR', 'NXDOMAIN'], 'dns-rcode: rcode SERVFAIL, wanted NOERROR or NXDOMAIN'],
    [3, ['NXDOMAIN'], 'ok'],
    [0, ['NXDOMAIN'], 'dns-rcode: rcode NOERROR, wanted NXDOMAIN'],
    [13, ['NOERROR'], 'dns-rcode: rcode RCODE_13, wanted NOERROR'],
  ])('%s where %j is good', async (rcode, rcodes, expected) => {
    expect(await said(asked({ rcode, answers: rcode === 0 ? two.answers : [] }, { expect: { rcodes } }))).toBe(expected);
  });

  it('counts from a server that refuses without repeating the question', async () => {
    const resolver = await names.start((query) => ({ ...answerTo(query, { rcode: 5 }), questions: [] }));
    expect(await said(ask(resolver))).toBe('dns-rcode: rcode REFUSED, wanted NOERROR');
  });

  it.each<[boolean, boolean, string]>([
    [true, true, 'ok'],
    [false, true, 'dns-answer: authoritative no, wanted yes'],
    [true, false, 'dns-answer: authoritative yes, wanted no'],
  ])('authoritative %s where %s is wanted', async (isAuthoritative, wanted, expected) => {
    expect(await said(asked({ ...two, isAuthoritative }, { expect: { isAuthoritative: wanted } }))).toBe(expected);
  });
});

type Rule = NonNullable<DnsProbe['expect']['answers']>;

describe('the records of an answer', () => {
  it.each<[Rule, string]>([
    [{ equals: ['192.0.2.11', '192.0.2.10'] }, 'ok'],
    [{ equals: ['192.0.2.10'] }, 'answers 192.0.2.10, 192.0.2.11, wanted exactly 192.0.2.10'],
    [{ equals: ['192.0.2.10', '192.0.2.11', '192.0.2.12'] }, 'answers 192.0.2.10, 192.0.2.11, wanted exactly 192.0.2.10, 192.0.2.11, 192.0.2.12'],
    [{ contains: ['192.0.2.11'] }, 'ok'],
    [{ contains: ['192.0.2.1'] }, 'answers 192.0.2.10, 192.0.2.11, wanted to contain 192.0.2.1'],
    [{ lacks: ['192.0.2.1'] }, 'ok'],
    [{ lacks: ['192.0.2.11'] }, 'answers 192.0.2.10, 192.0.2.11, wanted not to contain 192.0.2.11'],
    [{ matches: ['^192\\.0\\.2\\.1\\d$'] }, 'ok'],
    [{ matches: ['^198'] }, 'answers 192.0.2.10, 192.0.2.11, wanted one to match /^198/'],
    [{ matchesNot: ['^198'] }, 'ok'],
    [{ matchesNot: ['1$'] }, 'answers 192.0.2.10, 192.0.2.11, wanted none to match /1$/'],
    [{ count: { atLeast: 2, atMost: 2 } }, 'ok'],
    [{ count: { above: 2 } }, 'number of A answers 2, wanted above 2'],
    [{ ttl: { atLeast: 60, atMost: 3600 } }, 'ok'],
    [{ ttl: { atLeast: 61 } }, 'TTL of answers 60, 3600, wanted at least 61'],
    [{ ttl: { below: 3600 } }, 'TTL of answers 60, 3600, wanted below 3600'],
  ])('two addresses held against %j: %s', async (answers, expected) => {
    expect(await said(asked(two, { expect: { answers } }))).toBe(expected === 'ok' ? 'ok' : `dns-answer: ${expected}`);
  });

  it('must be there, one at least, where nothing is said of them', async () => {
    const alias: Answer = { type: 'CNAME', name: 'shop.example.com', ttl: 60, data: 'cdn.example.net' };
    expect(await said(asked({ answers: [] }))).toBe('dns-answer: number of A answers 0, wanted at least 1');
    expect(await said(asked({ answers: [alias] }))).toBe('dns-answer: number of A answers 0, wanted at least 1');
    expect(await said(asked({ answers: [alias, address('192.0.2.10', 60, 'cdn.example.net')] }))).toBe('ok');
    expect(await said(asked({ answers: [] }, { expect: { answers: { count: { equals: 0 } } } }))).toBe('ok');
  });

  const name = 'shop.example.com';
  it.each<[DnsProbe['type'], Answer, string, string]>([
    ['A', address('192.0.2.10'), '192.0.2.10', '192.0.2.10'],
    ['AAAA', address('2001:db8::10'), '2001:0DB8:0::10', '2001:db8::10'],
    ['CNAME', { type: 'CNAME', name, data: 'CDN.example.net' }, 'cdn.EXAMPLE.net.', 'cdn.example.net'],
    ['PTR', { type: 'PTR', name, data: 'Shop.example.net' }, 'shop.EXAMPLE.net.', 'shop.example.net'],
    ['NS', { type: 'NS', name, data: 'ns1.example.net' }, 'ns1.example.net', 'ns1.example.net'],
    ['MX', { type: 'MX', name, data: { preference: 10, exchange: 'Mail.example.com' } }, '10  mail.example.com.', '10 mail.example.com'],
    [
      'TXT',
      { type: 'TXT', name, data: ['v=spf1 include:Mail', '.example.com -all'] },
      'v=spf1 include:Mail.example.com -all',
      'v=spf1 include:Mail.example.com -all',
    ],
    ['SRV', { type: 'SRV', name, data: { priority: 1, weight: 2, port: 443, target: 'a.example.com' } }, '1 2 443 a.example.com.', '1 2 443 a.example.com'],
    ['CAA', { type: 'CAA', name, data: { flags: 0, tag: 'issue', value: 'ca.example.net' } }, '0 issue "ca.example.net"', '0 issue ca.example.net'],
    [
      'SOA',
      { type: 'SOA', name, data: { mname: 'ns1.example.net', rname: 'ops.example.net', serial: 7, refresh: 1, retry: 2, expire: 3, minimum: 4 } },
      'ns1.example.net. ops.example.net. 7 1 2 3 4',
      'ns1.example.net ops.example.net 7 1 2 3 4',
    ],
  ])('%s are written as in a zone file, and compared as what they mean', async (type, answer, written, shown) => {
    const answers = [answer];
    expect(await said(asked({ answers }, { type, expect: { answers: { equals: [written] } } }))).toBe('ok');
    expect(await said(asked({ answers }, { type, expect: { answers: { equals: ['x'] } } }))).toBe(`dns-answer: answers ${shown}, wanted exactly x`);
  });

  it('are shown short and printable, however many and whatever there are', async () => {
    const answers: Answer[] = Array.from({ length: 30 }, (_, index) => ({ type: 'TXT', name, data: `\u001b[31m${index}`.padEnd(40, '!') }));
    const text = await said(asked({ answers }, { type: 'TXT', expect: { answers: { equals: ['x'] } } }));
    expect(text.length).toBeLessThan(180);
    expect(text).not.toContain('\u001b');
  });

  it('are told one by one where somebody wants to know', async () => {
    const told: unknown[] = [];
    const telling = createProber({ ...options, tell: (finding) => told.push(finding) });
    const resolver = await names.start((query) => answerTo(query, two));
    await telling.attempt(dnsMonitor({ resolver, expect: { answers: { contains: ['192.0.2.10'], count: { equals: 3 } } } }), 5000);
    expect(told).toEqual([
      { what: 'rcode', seen: 'NOERROR', wanted: 'NOERROR', isGood: true },
      { what: 'answers', seen: '192.0.2.10, 192.0.2.11', wanted: 'to contain 192.0.2.10', isGood: true },
      { what: 'number of A answers', seen: '2', wanted: '3', isGood: false },
    ]);
  });
});
