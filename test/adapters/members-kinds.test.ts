/** One service that is no web page, asked by its name and at each of its addresses: real servers on 127.0.0.1, and nobody on 127.0.0.9. */
import { once } from 'node:events';
import { createSecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { MemberProbe } from '../../src/core/config/kinds/members/probe';
import { dnsMonitor, monitorOf, tcpProbe, tlsProbe, websocketProbe } from './monitors';
import { nameServers } from './name-servers';
import { fixture, startServers } from './servers';

const servers = startServers();
const names = nameServers();
const closers: (() => void)[] = [];
afterAll(async () => {
  for (const close of closers) close();
  await names.close();
  await servers.close();
});

/** The server, written in another way: another member, for all that a prober knows. */
const again = '::ffff:127.0.0.1';
const nobody = '127.0.0.9';
const prober = createProber({
  ...{ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, trusted: fixture('authority.pem') },
  lookup: async (host) => (host === 'members.test' ? ['127.0.0.1', nobody] : ['127.0.0.1']).map((address) => ({ address, family: 4 })),
});

const ask = (of: MemberProbe, at: readonly string[], more: { readonly atLeast?: number } = {}) =>
  prober.attempt(monitorOf({ kind: 'members', of, members: { at }, ...more }), 5000);

interface Served {
  readonly of: MemberProbe;
  /** What the server was called, by each that came. */
  readonly calledAs: readonly (string | undefined)[];
}

/** A server of each kind, at `shop.test`. */
const served: Readonly<Record<Exclude<MemberProbe['kind'], 'http'>, () => Promise<Served>>> = {
  async tcp() {
    const calledAs: string[] = [];
    const port = await servers.tls('good.pem', (socket) => {
      calledAs.push(String((socket as TLSSocket).servername));
      socket.write('220 mail.example.com ESMTP\r\n');
    });
    return { of: tcpProbe(`shop.test:${port}`, { tls: {}, dialogue: [{ kind: 'expect', pattern: '^220 ', shown: '^220 ' }] }), calledAs };
  },
  async tls() {
    const calledAs: string[] = [];
    // Whoever only shakes hands is gone before the server has looked.
    const port = await servers.tls('good.pem', () => undefined, {
      SNICallback(name, done) {
        calledAs.push(name);
        done(null);
      },
    });
    return { of: tlsProbe(`shop.test:${port}`), calledAs };
  },
  async websocket() {
    const calledAs: (string | undefined)[] = [];
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (_, { headers }) => calledAs.push(headers.host?.replace(/:\d+$/, '')));
    closers.push(() => server.close());
    await once(server, 'listening');
    return { of: websocketProbe(`ws://shop.test:${(server.address() as AddressInfo).port}/live`), calledAs };
  },
  async grpc() {
    const calledAs: string[] = [];
    const server = createSecureServer({ key: fixture('server.key'), cert: fixture('good.pem') });
    server.on('session', (session: ServerHttp2Session) => calledAs.push(String((session.socket as TLSSocket).servername)));
    server.on('stream', (stream, headers) => {
      calledAs.push(String(headers[':authority']).replace(/:\d+$/, ''));
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.of(0, 0, 0, 0, 2, 8, 1));
    });
    closers.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { of: { kind: 'grpc', host: `shop.test:${(server.address() as AddressInfo).port}`, service: '', expect: {} }, calledAs };
  },
  async dns() {
    const calledAs: string[] = [];
    const at = await names.start(({ id = 0, questions = [] }) => {
      calledAs.push('shop.test');
      return { type: 'response', id, questions, answers: [{ type: 'A', name: 'shop.example.com', ttl: 60, data: '192.0.2.1' }] };
    });
    return { of: dnsMonitor({ resolver: at.replace('127.0.0.1', 'shop.test') }).probe as MemberProbe, calledAs };
  },
};

describe.each(Object.entries(served))('members that are asked by %s', (_kind, serve) => {
  it('are called by their name, at whatever address', async () => {
    const { of, calledAs } = await serve();
    expect(await ask(of, ['127.0.0.1', again])).toMatchObject({ reason: 'ok', detail: '', address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
    expect(calledAs.length).toBeGreaterThanOrEqual(3);
    expect(new Set(calledAs)).toEqual(new Set(['shop.test']));
  });

  it('are counted, and the one that is out is named', async () => {
    const { of } = await serve();
    const detail = expect.stringMatching(/^2 of 3, 127\.0\.0\.9 is out: connect-refused/);
    expect(await ask(of, ['127.0.0.1', nobody, again])).toMatchObject({ reason: 'members', detail });
    expect(await ask(of, ['127.0.0.1', nobody, again], { atLeast: 2 })).toMatchObject({ reason: 'ok' });
    expect(await ask(of, ['127.0.0.1', nobody, again], { atLeast: 3 })).toMatchObject({ reason: 'members', detail });
  });

  it('are looked up for each probe', async () => {
    const { of } = await serve();
    const looked = prober.attempt(monitorOf({ kind: 'members', of, members: { resolve: 'members.test' } }), 5000);
    expect(await looked).toMatchObject({ reason: 'members', detail: expect.stringMatching(/^1 of 2, 127\.0\.0\.9 is out: connect-refused/) });
  });
});

it('a certificate is judged for the name, not for the address', async () => {
  const { of } = await served.tls();
  const named = { ...of, host: (of as { host: string }).host.replace('shop.test', 'other.test') } as MemberProbe;
  expect(await ask(named, ['127.0.0.1'])).toMatchObject({
    reason: 'tls-name',
    detail: expect.stringMatching(/; of its members 0 of 1, 127\.0\.0\.1 is out: tls-name/),
  });
});

it('a member of a tls service with the key of somebody else is misidentified', async () => {
  const { of } = await served.tls();
  const identity = { by: 'pin', equals: ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='] } as const;
  expect(await ask({ ...of, identity } as MemberProbe, ['127.0.0.1'])).toMatchObject({ reason: 'misidentified' });
});
