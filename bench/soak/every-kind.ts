/** A server for every kind of monitor that we call, well behaved, and some that are not: what a round of all of them leaves behind. */
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type Answer, decode, encode } from 'dns-packet';
import { WebSocketServer } from 'ws';
import type { CallingProbe } from '../../src/core/config/kinds/probe';
import { freePorts } from '../peers/processes';
import type { OwnMonitor } from '../probe/own-spec';
import type { Target } from '../probe/target';

export interface EveryKind {
  readonly monitors: readonly OwnMonitor[];
  close(): void;
}

/** A failure is tried again after a pause, for which the whole round waits: so it is not due in each. */
const roundsToFailing = 50;

export async function openEveryKind(target: Target): Promise<EveryKind> {
  const [shop, tcp, resetting, silent, grpc] = [shopServer(), greeter(), resetter(), createServer(), healthServer()];
  const servers = [shop, tcp, resetting, silent, grpc];
  const ports = await Promise.all(servers.map(listening));
  const [shopPort = 0, tcpPort = 0, resettingPort = 0, silentPort = 0, grpcPort = 0] = ports;
  const dns = nameServer();
  const dnsPort = await new Promise<number>((resolve) => dns.bind(0, '127.0.0.1', () => resolve(dns.address().port)));
  const [closedPort = 0] = await freePorts(1);
  const good = goodOnes(target, { shop: shopPort, tcp: tcpPort, dns: dnsPort, grpc: grpcPort });
  const failing = [closedPort, resettingPort, silentPort].map(
    (port): OwnMonitor => ({ probe: plainly(`http://127.0.0.1:${port}/`), everyRounds: roundsToFailing, timeoutMs: 300 }),
  );
  return {
    monitors: [...good.map((probe) => ({ probe })), ...failing],
    close() {
      for (const server of servers) server.close();
      dns.close();
    },
  };
}

const plainly = (url: string): CallingProbe => ({ kind: 'http', url, expect: { status: [[200, 299]] } });

interface Ports {
  readonly shop: number;
  readonly tcp: number;
  readonly dns: number;
  readonly grpc: number;
}

function goodOnes(target: Target, ports: Ports): readonly CallingProbe[] {
  const shop = `http://127.0.0.1:${ports.shop}`;
  const secure = target.url('https', 'soak', 0);
  const status = [[200, 299]] as const;
  return [
    plainly(target.url('http', 'soak', 0)),
    plainly(secure),
    plainly(`${shop}/chunks`),
    {
      kind: 'http',
      url: `${shop}/away`,
      redirects: 2,
      request: { headers: { 'x-soak': '1' } },
      expect: { status, body: [{ kind: 'text', text: { contains: ['well'] } }] },
    },
    { kind: 'members', of: { kind: 'http', url: secure, expect: { status } }, members: { at: ['127.0.0.1', '127.0.0.1'] } },
    { kind: 'tls', host: new URL(secure).host, isVerified: true, expect: { daysLeft: { atLeast: 1 } } },
    { kind: 'tcp', host: `127.0.0.1:${ports.tcp}`, newline: 'crlf', dialogue: [...hello], expect: {} },
    {
      kind: 'dns',
      name: 'shop.example.com',
      type: 'A',
      resolver: `127.0.0.1:${ports.dns}`,
      transport: 'udp',
      wantsRecursion: true,
      expect: { rcodes: ['NOERROR'] },
    },
    { kind: 'websocket', url: `ws://127.0.0.1:${ports.shop}/`, headers: {}, subprotocols: [], dialogue: [...hello], expect: {} },
    { kind: 'grpc', host: `127.0.0.1:${ports.grpc}`, service: '', isPlain: true, expect: {} },
    { kind: 'domain', name: 'example.com', server: shop, bootstrap: shop, expect: { daysLeft: { atLeast: 1 } } },
  ];
}

const hello = [
  { kind: 'send', text: 'hello' },
  { kind: 'expect', pattern: '^hello$', shown: '^hello$' },
] as const;

const listening = (server: Server | ReturnType<typeof createHttp2Server>): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

const dayMs = 86_400_000;

/** A page in chunks, a redirect to it, a registry, and a WebSocket that says what it hears. */
function shopServer(): Server {
  const server = createHttpServer(({ url = '' }, response) => {
    if (url === '/away') return void response.writeHead(302, { location: '/chunks' }).end();
    if (url.startsWith('/domain/'))
      return void response.end(JSON.stringify({ events: [{ eventAction: 'expiration', eventDate: new Date(Date.now() + 90 * dayMs).toISOString() }] }));
    response.write('all is ');
    response.end('well');
  });
  new WebSocketServer({ server }).on('connection', (socket) => socket.on('message', (words) => socket.send(String(words))));
  return server;
}

const greeter = (): Server =>
  createServer((socket) => {
    socket.on('error', () => undefined).on('data', (words) => void socket.write(words));
  });

const resetter = (): Server => createServer((socket) => void socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()));

function nameServer() {
  const server = createSocket('udp4');
  server.on('message', (bytes, from) => {
    const { id = 0, questions = [] } = decode(bytes);
    const answers = questions.map(({ name }): Answer => ({ name, type: 'A', ttl: 60, data: '192.0.2.10' }));
    server.send(encode({ type: 'response', id, questions, answers }), from.port, from.address);
  });
  return server;
}

/** Serving, as the health checking protocol writes it. */
function healthServer() {
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.of(0, 0, 0, 0, 2, 8, 1));
  });
  return server;
}
