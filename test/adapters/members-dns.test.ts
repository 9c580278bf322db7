/** Name servers behind one name, asked over UDP, a connection, TLS or HTTPS: real ones on 127.0.0.1, and nobody on 127.0.0.9. */
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type DecodedPacket, decode, encode } from 'dns-packet';
import type { Finding } from '../../src/adapters/probes/means';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { DnsProbe, DnsTransport } from '../../src/core/config/kinds/dns/probe';
import { dnsMonitor, monitorOf } from './monitors';
import { address, answerTo, nameServers, type Over, serve } from './name-servers';
import { fixture, startServers } from './servers';

const servers = startServers();
const names = nameServers();
const closing: Server[] = [];
afterAll(async () => {
  for (const server of closing) server.close();
  await names.close();
  await servers.close();
});

/** The server, written in another way: another member, for all that a prober knows. */
const again = '::ffff:127.0.0.1';
const nobody = '127.0.0.9';
const lookup = async (host: string) => (host === 'members.test' ? ['127.0.0.1', nobody] : ['127.0.0.1']).map((one) => ({ address: one, family: 4 }));
const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup };
const prober = createProber({ ...options, trusted: fixture('authority.pem') });

interface Served {
  /** With its port. */
  readonly host: string;
  /** How the server was asked, and as whom where that is told. */
  readonly asked: string[];
}

const well = (query: DecodedPacket) => answerTo(query, { answers: [address('192.0.2.1')] });

async function plainly(): Promise<Served> {
  const asked: string[] = [];
  const at = await names.start((query, over) => {
    asked.push(over);
    return well(query);
  });
  return { host: at.replace('127.0.0.1', 'shop.test'), asked };
}

const served: Readonly<Record<DnsTransport, () => Promise<Served>>> = {
  udp: plainly,
  tcp: plainly,
  async tls() {
    const asked: string[] = [];
    const port = await servers.tls(
      'good.pem',
      (socket) => {
        asked.push(`${(socket as TLSSocket).servername} ${(socket as TLSSocket).alpnProtocol}`);
        serve(socket, well);
      },
      { ALPNProtocols: ['dot'] },
    );
    return { host: `shop.test:${port}`, asked };
  },
  async https() {
    const asked: string[] = [];
    const server = createServer({ key: fixture('server.key'), cert: fixture('good.pem') }, (request, response) => {
      asked.push(`${(request.socket as TLSSocket).servername} ${request.headers.host?.replace(/:\d+$/, '')}`);
      const { searchParams } = new URL(request.url ?? '', 'https://shop.test');
      response.setHeader('content-type', 'application/dns-message');
      response.end(encode(well(decode(Buffer.from(searchParams.get('dns') ?? '', 'base64url')))));
    });
    closing.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { host: `shop.test:${(server.address() as AddressInfo).port}`, asked };
  },
};

const called: Readonly<Record<DnsTransport, string>> = { udp: 'udp', tcp: 'tcp', tls: 'shop.test dot', https: 'shop.test shop.test' };

interface Wish {
  readonly at?: readonly string[];
  readonly resolve?: string;
  readonly atLeast?: number;
}

const askAll = (of: DnsProbe, { at = [], resolve, atLeast }: Wish, by = prober) => {
  const members = resolve === undefined ? { at } : { resolve };
  return by.attempt(monitorOf({ kind: 'members', of, members, ...(atLeast === undefined ? {} : { atLeast }) }), 5000);
};

describe.each(Object.keys(served) as readonly DnsTransport[])('name servers that are asked over %s', (transport) => {
  const probeOf = (host: string, expect: Partial<DnsProbe['expect']> = {}): DnsProbe =>
    dnsMonitor({ resolver: host, transport, expect: { answers: { equals: ['192.0.2.1'] }, ...expect } }).probe as DnsProbe;

  it('are asked by their name, at whatever address', async () => {
    const { host, asked } = await served[transport]();
    const made = await askAll(probeOf(host), { at: ['127.0.0.1', again] });
    expect(made).toMatchObject({ reason: 'ok', detail: '', address: host.replace('shop.test', '127.0.0.1') });
    expect(asked).toEqual(Array(3).fill(called[transport]));
  });

  it('are counted, and the one that is out is named', async () => {
    const { host } = await served[transport]();
    const detail = expect.stringMatching(/^2 of 3, 127\.0\.0\.9 is out: connect-refused/);
    expect(await askAll(probeOf(host), { at: ['127.0.0.1', nobody, again] })).toMatchObject({ reason: 'members', detail });
    expect(await askAll(probeOf(host), { at: ['127.0.0.1', nobody, again], atLeast: 2 })).toMatchObject({ reason: 'ok' });
  });

  it('are looked up for each probe', async () => {
    const { host } = await served[transport]();
    const detail = expect.stringMatching(/^1 of 2, 127\.0\.0\.9 is out: connect-refused/);
    expect(await askAll(probeOf(host), { resolve: 'members.test' })).toMatchObject({ reason: 'members', detail });
  });

  it('are judged by what each of them answers', async () => {
    const { host } = await served[transport]();
    const detail = expect.stringMatching(/; of its members 0 of 1, 127\.0\.0\.1 is out: dns-answer/);
    expect(await askAll(probeOf(host, { answers: { equals: ['192.0.2.2'] } }), { at: ['127.0.0.1'] })).toMatchObject({ reason: 'dns-answer', detail });
  });

  it('may not be private unless the file allows it', async () => {
    const { host } = await served[transport]();
    const told: Finding[] = [];
    const careful = createProber({ ...options, allowPrivate: false, tell: (finding) => told.push(finding) });
    expect(await askAll(probeOf(host), { at: ['127.0.0.1'] }, careful)).toMatchObject({ reason: 'address-refused' });
    expect(told).toContainEqual(expect.objectContaining({ what: 'member 127.0.0.1', isGood: false }));
  });
});

it.each(['tls', 'https'] as const)('the certificate of a name server over %s is judged for the name', async (transport) => {
  const { host } = await served[transport]();
  const of = dnsMonitor({ resolver: host.replace('shop.test', 'other.test'), transport }).probe as DnsProbe;
  const detail = expect.stringMatching(/; of its members 0 of 1, 127\.0\.0\.1 is out: tls-name/);
  expect(await askAll(of, { at: ['127.0.0.1'] })).toMatchObject({ reason: 'tls-name', detail });
});

describe.each(['tls', 'https'] as const)('a name server over %s', (transport) => {
  const ca = fixture('authority.pem');
  const strict = createProber(options);
  const ask = async (tls: DnsProbe['tls'], { host } = { host: '' }) => {
    const resolver = host === '' ? (await served[transport]()).host : host;
    return strict.attempt(dnsMonitor({ resolver, transport, ...(tls === undefined ? {} : { tls }) }), 5000);
  };

  it('may have an authority that nobody else knows, another name, or any certificate', async () => {
    expect(await ask(undefined)).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask({ ca })).toMatchObject({ reason: 'ok' });
    expect(await ask({ insecure: true })).toMatchObject({ reason: 'ok' });
    expect(await ask({ ca, serverName: 'other.test' })).toMatchObject({ reason: 'tls-name' });
    const { host } = await served[transport]();
    const renamed = host.replace('shop.test', 'dns.test');
    expect(await ask({ ca }, { host: renamed })).toMatchObject({ reason: 'tls-name' });
    expect(await ask({ ca, serverName: 'shop.test' }, { host: renamed })).toMatchObject({ reason: 'ok' });
  });
});

it('a name server that wants to know who we are is shown our certificate', async () => {
  const requires = { ca: fixture('authority.pem'), requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['dot'] };
  const port = await servers.tls('good.pem', (socket) => serve(socket, well), requires);
  const ours = { ca: fixture('authority.pem'), certificate: fixture('good.pem'), key: fixture('server.key') };
  const ask = (tls: DnsProbe['tls']) => prober.attempt(dnsMonitor({ resolver: `shop.test:${port}`, transport: 'tls', tls }), 5000);
  expect(await ask(ours)).toMatchObject({ reason: 'ok' });
  expect(await ask({ ca: ours.ca })).toMatchObject({ reason: 'tls-client' });
});

it('what does not fit into a datagram is asked again of the same member', async () => {
  const asked: Over[] = [];
  const at = await names.start((query, over) => {
    asked.push(over);
    const answer = well(query);
    return over === 'tcp' ? answer : { ...answer, answers: [], flags: 0x200 };
  });
  const of = dnsMonitor({ resolver: at.replace('127.0.0.1', 'shop.test'), expect: { answers: { equals: ['192.0.2.1'] } } }).probe as DnsProbe;
  expect(await askAll(of, { at: ['127.0.0.1'] })).toMatchObject({ reason: 'ok' });
  expect(asked.toSorted()).toEqual(['tcp', 'tcp', 'udp', 'udp']);
});
