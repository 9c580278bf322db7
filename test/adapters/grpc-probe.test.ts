/** The health checking protocol of gRPC, against a real gRPC server and against servers that lie. */
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { status as codes, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { healthIn, healthRequest } from '../../src/adapters/probes/grpc/health-message';
import type { Finding } from '../../src/adapters/probes/means';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { GrpcProbe } from '../../src/core/config/kinds/grpc/probe';
import { totalMs } from '../../src/core/observation';
import { monitorOf } from './monitors';
import { fixture, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
const closers: (() => void)[] = [];
afterAll(async () => {
  for (const close of closers) close();
  await servers.close();
});

const options = {
  ...{ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, trusted: fixture('authority.pem') },
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
};
const prober = wakeful(createProber(options));
const ask = (host: string, more: Partial<GrpcProbe> = {}, { timeoutMs = 3000, by = prober } = {}) =>
  by.attempt(monitorOf({ kind: 'grpc', host, service: '', expect: {}, ...more }), timeoutMs);
const plainly = (host: string, service = '', more: Partial<GrpcProbe> = {}) => ask(host, { service, isPlain: true, ...more });

interface Asked {
  readonly service: string;
}

type Answer = (service: string, call: ServerUnaryCall<Asked, number>, reply: sendUnaryData<number>) => void;

const serving = { shop: 1, orders: 2, lost: 3, young: 0, '': 1 } as Readonly<Record<string, number>>;
const byName: Answer = (service, _call, reply) =>
  Object.hasOwn(serving, service) ? reply(null, serving[service]) : reply({ code: codes.NOT_FOUND, details: 'unknown service' });

/** What grpc-js makes of our bytes is what any server would. */
const health = (path: string) => ({
  check: {
    path,
    requestStream: false,
    responseStream: false,
    requestDeserialize: (bytes: Buffer) => ({ service: bytes.subarray(2).toString() }),
    requestSerialize: () => Buffer.alloc(0),
    responseDeserialize: () => 0,
    responseSerialize: (status: number) => (status === 0 ? Buffer.alloc(0) : Buffer.of(8, status)),
  },
});

async function served(answer: Answer = byName, credentials = ServerCredentials.createInsecure(), path = '/grpc.health.v1.Health/Check'): Promise<string> {
  const server = new Server();
  server.addService(health(path), { check: (call: ServerUnaryCall<Asked, number>, reply: sendUnaryData<number>) => answer(call.request.service, call, reply) });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  closers.push(() => server.forceShutdown());
  return `shop.test:${port}`;
}

describe('a gRPC server', () => {
  let host: string;
  beforeAll(async () => {
    host = await served();
  });

  it.each([
    ['', 'ok', ''],
    ['shop', 'ok', ''],
    ['orders', 'grpc-status', 'the service orders is NOT_SERVING, wanted SERVING'],
    ['lost', 'grpc-status', 'the service lost is SERVICE_UNKNOWN, wanted SERVING'],
    ['young', 'grpc-status', 'the service young is UNKNOWN, wanted SERVING'],
    ['nobody', 'grpc-status', 'NOT_FOUND (5): the server does not know the service nobody: unknown service'],
  ])('asked for the service "%s": %s %s', async (service, reason, detail) => {
    expect(await plainly(host, service)).toMatchObject({ reason, detail, address: host.replace('shop.test', '127.0.0.1') });
  });

  it('without health checking says so', async () => {
    const other = await served(byName, undefined, '/shop.v1.Orders/Get');
    expect(await plainly(other)).toMatchObject({
      reason: 'grpc-status',
      detail: expect.stringMatching(/^UNIMPLEMENTED \(12\), as by a server without health checking \(grpc\.health\.v1\.Health\): /),
    });
  });

  it('that refuses is told with its code and its words', async () => {
    const busy = await served((_service, _call, reply) => reply({ code: codes.UNAVAILABLE, details: 'still “starting”' }));
    expect(await plainly(busy)).toMatchObject({ reason: 'grpc-status', detail: 'UNAVAILABLE (14), wanted OK: still “starting”' });
  });

  it('is sent the deadline and the metadata of the file', async () => {
    const seen: Record<string, unknown>[] = [];
    const curious = await served((_service, call, reply) => {
      seen.push({ ...call.metadata.getMap(), deadlineMs: Number(call.getDeadline()) - Date.now(), host: call.getHost() });
      reply(null, 1);
    });
    expect(await plainly(curious, 'shop', { metadata: { 'x-api-version': '2' } })).toMatchObject({ reason: 'ok' });
    expect(seen).toEqual([
      expect.objectContaining({ 'x-api-version': '2', 'user-agent': expect.stringContaining('twinwatch/1.2.3 (eu-west-1)'), host: curious }),
    ]);
    expect(seen[0]?.deadlineMs).toBeGreaterThan(1000);
  });

  it('is sent a key twice, and bytes', async () => {
    const seen: unknown[] = [];
    const curious = await served((_service, call, reply) => {
      seen.push(call.metadata.get('x-key'), call.metadata.get('x-bytes-bin'));
      reply(null, 1);
    });
    expect(await plainly(curious, 'shop', { metadata: { 'x-key': ['one', 'two'], 'x-bytes-bin': 'dGVzdA==' } })).toMatchObject({ reason: 'ok' });
    expect(seen.flat().map(String)).toEqual(['one, two', 'test']);
  });

  it('that is slow, or silent, is told as that', async () => {
    const slow = await served((_service, _call, reply) => void setTimeout(() => reply(null, 1), 60));
    expect(await plainly(slow, '', { expect: { withinMs: 30 } })).toMatchObject({ reason: 'slow' });
    const silent = await served(() => undefined);
    expect(await ask(silent, { isPlain: true }, { timeoutMs: 600 })).toMatchObject({ reason: 'first-byte-timeout' });
  });

  it('tells whoever wants to know of everything', async () => {
    const told: Finding[] = [];
    await ask(host, { service: 'orders', isPlain: true }, { by: createProber({ ...options, tell: (finding) => told.push(finding) }) });
    expect(told).toEqual([
      { what: 'gRPC status', seen: 'OK (0)', wanted: 'OK (0)', isGood: true },
      { what: 'health', seen: 'NOT_SERVING', wanted: 'SERVING', isGood: false },
    ]);
  });

  it('that is not there is told as that, and nothing of TLS', async () => {
    const made = await ask(`shop.test:${await servers.closedPort()}`);
    expect(made).toMatchObject({ reason: 'connect-refused', phases: { tlsMs: 0 } });
  });

  it('in a private network is not asked, unless the file allows it', async () => {
    const careful = createProber({ ...options, allowPrivate: false });
    expect(await ask(host, { isPlain: true }, { by: careful })).toMatchObject({ reason: 'address-refused' });
  });
});

describe('over TLS', () => {
  const keys = (certificate: string) => [{ private_key: Buffer.from(fixture('server.key')), cert_chain: Buffer.from(fixture(certificate)) }];
  const tlsServer = (certificate: string, wantsOurs = false) =>
    served(byName, ServerCredentials.createSsl(Buffer.from(fixture('authority.pem')), keys(certificate), wantsOurs));

  it('a good certificate is wanted, and TLS takes time of its own', async () => {
    const made = await ask(await tlsServer('good.pem'), { service: 'shop' });
    expect(made).toMatchObject({ reason: 'ok', detail: '' });
    expect(made.phases.tlsMs).toBeGreaterThan(0);
    expect(totalMs(made.phases)).toBeLessThan(4900);
    expect(await ask(await tlsServer('expired.pem'))).toMatchObject({ reason: 'tls-expired' });
    expect(await ask(await tlsServer('self-signed.pem'))).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask(await tlsServer('self-signed.pem'), { tls: { insecure: true } })).toMatchObject({ reason: 'ok' });
  });

  it('another name and an authority of its own may be wanted', async () => {
    const host = await tlsServer('good.pem');
    expect(await ask(host.replace('shop.test', 'other.test'))).toMatchObject({ reason: 'tls-name' });
    expect(await ask(host.replace('shop.test', 'other.test'), { tls: { serverName: 'shop.test' } })).toMatchObject({ reason: 'ok' });
    const strict = createProber({ ...options, trusted: fixture('chain-root.pem') });
    expect(await ask(host, {}, { by: strict })).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask(host, { tls: { ca: fixture('authority.pem') } }, { by: strict })).toMatchObject({ reason: 'ok' });
  });

  it('a certificate of ours is shown where the server wants one', async () => {
    const host = await tlsServer('good.pem', true);
    expect(await ask(host)).toMatchObject({ reason: 'tls-client' });
    expect(await ask(host, { tls: { certificate: fixture('good.pem'), key: fixture('server.key') } })).toMatchObject({ reason: 'ok' });
  });

  it('a server that speaks no HTTP/2, or no TLS, is told as that', async () => {
    const old = await servers.tls('good.pem', () => undefined);
    expect(await ask(`shop.test:${old}`)).toMatchObject({ reason: 'protocol', detail: expect.stringMatching(/^the server does not agree to HTTP\/2/) });
    expect(await ask(await served())).toMatchObject({ reason: expect.stringMatching(/^tls-error$/) });
  });
});

describe('a server that lies', () => {
  async function lying(answer: (stream: ServerHttp2Stream) => void): Promise<string> {
    const server = createServer();
    server.on('stream', (stream) => {
      stream.on('error', () => undefined);
      answer(stream);
    });
    server.on('sessionError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    return `shop.test:${(server.address() as AddressInfo).port}`;
  }
  const grpc = { ':status': 200, 'content-type': 'application/grpc' };
  const answering = (head: Record<string, string | number>, body: Uint8Array, trailers: Record<string, string> = { 'grpc-status': '0' }) =>
    lying((stream) => {
      stream.respond(head, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      stream.end(body);
    });

  it.each<[string, () => Promise<string>, string, RegExp]>([
    [
      'answers as a web page',
      () => answering({ ':status': 200, 'content-type': 'text/html' }, Buffer.from('<html>'), {}),
      'protocol',
      /^the answer is not gRPC: it has the content-type text\/html$/,
    ],
    ['answers as a balancer without members', () => answering({ ':status': 503 }, Buffer.from('no'), {}), 'status', /^status 503, wanted 200/],
    ['has no status', () => answering(grpc, Buffer.of(0, 0, 0, 0, 2, 8, 1), {}), 'protocol', /^the answer ended without grpc-status$/],
    [
      'has a code that does not exist',
      () => answering(grpc, Buffer.alloc(0), { 'grpc-status': '99' }),
      'grpc-status',
      /^a code that does not exist \(99\), wanted OK$/,
    ],
    ['sends half a message', () => answering(grpc, Buffer.of(0, 0, 0, 0, 9, 8)), 'protocol', /^the answer is no message/],
    ['sends a packed message', () => answering(grpc, Buffer.of(1, 0, 0, 0, 2, 8, 1)), 'protocol', /^the answer is no message/],
    ['sends no message', () => answering(grpc, Buffer.alloc(0)), 'protocol', /^the answer is no message/],
    [
      'sends without end',
      () =>
        lying((stream) => {
          stream.respond(grpc);
          stream.write(Buffer.alloc(8192));
        }),
      'too-large',
      /^the answer is larger than any health can be$/,
    ],
    [
      'breaks off',
      () =>
        lying((stream) => {
          stream.respond(grpc);
          setTimeout(() => stream.session?.destroy(), 20);
        }),
      'closed-early',
      /before the response was complete/,
    ],
    ['hangs up', () => lying((stream) => stream.session?.destroy()), 'closed-early', /closed|broken off/],
  ])('%s', async (_what, server, reason, detail) => {
    const made = await plainly(await server());
    expect(made).toMatchObject({ reason, detail: expect.stringMatching(detail) });
  });

  it('speaks another protocol', async () => {
    const port = await servers.tcp((socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    expect((await plainly(`shop.test:${port}`)).reason).toMatch(/^(protocol|closed-early)$/);
  });
});

describe('the messages', () => {
  it('hold the name of the service, however long, in a frame', () => {
    expect([...healthRequest('')]).toEqual([0, 0, 0, 0, 0]);
    expect([...healthRequest('shop')]).toEqual([0, 0, 0, 0, 6, 10, 4, 115, 104, 111, 112]);
    const long = healthRequest('x'.repeat(200));
    expect([...long.subarray(0, 8)]).toEqual([0, 0, 0, 0, 203, 10, 200, 1]);
    expect(long).toHaveLength(208);
  });

  it.each<[string, readonly number[], string | undefined]>([
    ['nothing said', [], 'UNKNOWN'],
    ['serving', [8, 1], 'SERVING'],
    ['said twice: the last counts', [8, 1, 8, 2], 'NOT_SERVING'],
    ['beside fields of a later version', [18, 2, 65, 66, 29, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 8, 1, 24, 130, 1], 'SERVING'],
    ['a status of a later version', [8, 150, 1], 'status 150'],
    ['a number without end', [8, 255], undefined],
    ['a field without end', [18, 9, 65], undefined],
    ['a field of no type', [11, 8, 1], undefined],
  ])('are read, or are none: %s', (_what, message, health) => {
    expect(healthIn(Uint8Array.from([0, 0, 0, 0, message.length, ...message]))).toBe(health);
  });
});
