/** Servers that ask for a certificate of ours, and what they do when they were shown none, a wrong one or the right one. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { Finding } from '../../src/adapters/probes/means';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { CallingProbe } from '../../src/core/config/kinds/probe';
import type { TcpProbe } from '../../src/core/config/kinds/tcp/probe';
import { type Attempt, type Reason, totalMs } from '../../src/core/observation';
import { httpMonitor, monitorOf, tcpProbe, tlsProbe, websocketProbe } from './monitors';
import { answering, fixture, startServers } from './servers';

const servers = startServers();
const closers: (() => void)[] = [];
afterAll(async () => {
  for (const close of closers) close();
  await servers.close();
});

const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup: async () => [{ address: '127.0.0.1', family: 4 }] };
const prober = createProber(options);
const ask = (probe: CallingProbe): Promise<Attempt> => prober.attempt(monitorOf(probe), 5000);

const ca = fixture('authority.pem');
const key = fixture('server.key');
const ours = {
  none: { ca },
  wrong: { ca, certificate: fixture('self-signed.pem'), key },
  right: { ca, certificate: fixture('good.pem'), key },
} as const;
type Ours = keyof typeof ours;

const versions = ['TLSv1.2', 'TLSv1.3'] as const;
const requires: TlsOptions = { ca, requestCert: true, rejectUnauthorized: true };
const allows: TlsOptions = { ca, requestCert: true, rejectUnauthorized: false };
const silent = (): void => undefined;

/** Takes any certificate in TLS, and looks at it afterwards. */
const closesOnStrangers = (socket: Socket): void => {
  if (!(socket as TLSSocket).authorized) socket.destroy();
};

async function websocketPort(more: TlsOptions): Promise<number> {
  const server = createServer({ key, cert: fixture('good.pem'), ...more });
  server.on('tlsClientError', silent);
  new WebSocketServer({ server });
  closers.push(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Agrees to TLS, which another server then begins. */
const startingTls =
  (port: number) =>
  (socket: Socket): void =>
    void socket.once('data', () => {
      socket.write('go\r\n');
      const secured = connect(port, '127.0.0.1');
      secured.on('error', silent);
      socket.pipe(secured).pipe(socket);
    });

const saying: TcpProbe['dialogue'] = [{ kind: 'send', text: 'QUIT' }];
const starting = (tls: object): TcpProbe['dialogue'] => [
  { kind: 'send', text: 'STARTTLS' },
  { kind: 'expect', pattern: '^go', shown: '^go' },
  { kind: 'starttls', tls },
];

const kinds: Readonly<Record<string, (shown: Ours, server: TlsOptions) => Promise<Attempt>>> = {
  tls: async (shown, server) => ask(tlsProbe(`shop.test:${await servers.tls('good.pem', silent, server)}`, { tls: ours[shown] })),
  tcp: async (shown, server) => ask(tcpProbe(`shop.test:${await servers.tls('good.pem', silent, server)}`, { tls: ours[shown] })),
  'tcp that only speaks': async (shown, server) =>
    ask(tcpProbe(`shop.test:${await servers.tls('good.pem', silent, server)}`, { tls: ours[shown], dialogue: saying })),
  'tcp that ends with STARTTLS': async (shown, server) =>
    ask(tcpProbe(`shop.test:${await servers.tcp(startingTls(await servers.tls('good.pem', silent, server)))}`, { dialogue: starting(ours[shown]) })),
  websocket: async (shown, server) => ask(websocketProbe(`wss://shop.test:${await websocketPort(server)}/`, { tls: ours[shown] })),
  http: async (shown, server) => {
    const port = await servers.tls('good.pem', answering('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'), server);
    return ask({ ...httpMonitor(`https://shop.test:${port}/`).probe, tls: ours[shown] } as CallingProbe);
  },
};

/** TLS 1.2 has no alert of its own for it. */
const lacking = {
  'TLSv1.2': {
    reason: 'tls-error',
    detail: expect.stringMatching(/: the server shares no way of TLS with us, or wants a certificate of ours \(ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE\)$/),
  },
  'TLSv1.3': {
    reason: 'tls-client',
    detail: expect.stringMatching(/^the server does not take our certificate, or the lack of one: .*\(ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED\)$/),
  },
} as const;

describe.each(Object.keys(kinds))('a server that a %s monitor meets', (kind) => {
  const meet = kinds[kind]!;

  it.each(versions)('and that requires a certificate: %s', async (maxVersion) => {
    expect(await meet('none', { ...requires, maxVersion })).toMatchObject(lacking[maxVersion]);
    expect((await meet('wrong', { ...requires, maxVersion })).reason).not.toBe('ok');
    expect(await meet('right', { ...requires, maxVersion })).toMatchObject({ reason: 'ok', detail: '' });
  });

  it.each(versions)('and that does without one: %s', async (maxVersion) => {
    const meetings = [
      meet('right', { maxVersion }),
      meet('none', { maxVersion }),
      meet('wrong', { ...allows, maxVersion }),
      meet('none', { ...allows, maxVersion }),
    ];
    for (const attempt of await Promise.all(meetings)) expect(attempt).toMatchObject({ reason: 'ok', detail: '' });
  });
});

describe('a server that closes without saying why', () => {
  const detail = (shown: string): string => `the server asked for a certificate, was shown ${shown}, and closed the connection`;

  it.each<[Ours, Reason, string]>([
    ['none', 'tls-client', detail('none')],
    ['wrong', 'tls-client', detail('ours')],
    ['right', 'ok', ''],
  ])('after a handshake that went well, %s shown', async (shown, reason, said) => {
    const port = await servers.tls('good.pem', closesOnStrangers, { ...allows, minVersion: 'TLSv1.3' });
    expect(await ask(tlsProbe(`shop.test:${port}`, { tls: ours[shown] }))).toMatchObject({ reason, detail: said });
  });

  it('of whom it never asked anything closes for reasons of its own', async () => {
    const port = await servers.tls('good.pem', (socket) => socket.destroy());
    expect(await ask(tlsProbe(`shop.test:${port}`, { tls: ours.right }))).toMatchObject({ reason: 'ok' });
  });
});

/** Lets the server say its part of the handshake, and nothing after it. */
const hushed =
  (port: number) =>
  (socket: Socket): void => {
    const server = connect(port, '127.0.0.1');
    server.on('error', silent);
    socket.once('data', (hello) => {
      server.write(hello);
      server.on('data', (bytes) => socket.write(bytes));
      socket.once('data', () => server.destroy());
    });
  };

describe('what is waited for', () => {
  it('is nothing where the server did not ask', async () => {
    const found: Finding[] = [];
    const port = await servers.tcp(hushed(await servers.tls('good.pem', silent)));
    const explaining = createProber({ ...options, tell: (finding) => found.push(finding) });
    const from = performance.now();
    const attempt = await explaining.attempt(monitorOf(tlsProbe(`shop.test:${port}`, { tls: ours.right })), 5000);
    const tookMs = performance.now() - from;
    expect(attempt).toMatchObject({ reason: 'ok' });
    expect(tookMs - totalMs(attempt.phases)).toBeLessThan(900);
    expect(found.map(({ what }) => what)).not.toContain('certificate of ours');
  });

  it('is half of the time that is left, where a server stays silent: it has refused nothing', async () => {
    const found: Finding[] = [];
    const port = await servers.tcp(hushed(await servers.tls('good.pem', silent, allows)));
    const explaining = createProber({ ...options, tell: (finding) => found.push(finding) });
    const from = performance.now();
    const attempt = await explaining.attempt(monitorOf(tlsProbe(`shop.test:${port}`, { tls: ours.none, expect: { withinMs: 5000 } })), 2500);
    const tookMs = performance.now() - from;
    expect(attempt).toMatchObject({ reason: 'ok', detail: '' });
    expect(tookMs).toBeLessThan(2500);
    expect(totalMs(attempt.phases)).toBeLessThan(tookMs - 200);
    expect(found.find(({ what }) => what === 'certificate of ours')?.seen).toMatch(/^asked for, shown none, nothing said for \d{3,4} ms$/);
  });
});

/** Sends the server's part of the handshake at once, with what is no TLS right behind it. */
const spoiling =
  (port: number, more: Buffer) =>
  (socket: Socket): void => {
    const server = connect(port, '127.0.0.1');
    const said: Buffer[] = [];
    let saysNoMore: NodeJS.Timeout | undefined;
    server.on('error', silent).on('data', (bytes) => {
      said.push(bytes);
      clearTimeout(saysNoMore);
      saysNoMore = setTimeout(() => socket.write(Buffer.concat([...said.splice(0), more])), 30);
    });
    socket.once('data', (hello) => void server.write(hello));
    socket.once('close', () => server.destroy());
  };

it.each<[string, number[]]>([
  ['a record that cannot be read', [0x17, 3, 3, 0, 32, ...Array<number>(32).fill(7)]],
  ['a record of no type', [0x99, 3, 3, 0, 2, 2, 40]],
])('a server that asks, and then sends %s, refuses nothing: its TLS is broken', async (_case, more) => {
  const port = await servers.tcp(spoiling(await servers.tls('good.pem', silent, allows), Buffer.from(more)));
  const broken = { reason: 'tls-error', detail: expect.stringMatching(/^the TLS session failed: .*\(ERR_SSL_\w+\)$/) };
  expect(await ask(tlsProbe(`shop.test:${port}`, { tls: ours.none }))).toMatchObject(broken);
  expect(await ask(tcpProbe(`shop.test:${port}`, { tls: ours.right }))).toMatchObject(broken);
});

it('a refusal hides nothing that is wrong with the certificate of the server', async () => {
  const port = await servers.tls('expired.pem', silent, { ...requires, maxVersion: 'TLSv1.3' });
  expect(await ask(tlsProbe(`shop.test:${port}`, { tls: ours.none }))).toMatchObject({ reason: 'tls-expired' });
});
