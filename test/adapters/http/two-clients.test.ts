/** The simplest http monitor has a client of its own. Both say the same of the same server, also of one that breaks the rules. */
import type { Socket } from 'node:net';
import { createProber } from '../../../src/adapters/probes/prober';
import { regionId } from '../../../src/core/basics/brand';
import type { Attempt } from '../../../src/core/observation';
import { httpMonitor } from '../monitors';
import { answering, startServers } from '../servers';

const servers = startServers();
afterAll(() => servers.close());

const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true });

async function byBoth(port: number, timeoutMs = 4000): Promise<readonly Attempt[]> {
  const simple = httpMonitor(`http://127.0.0.1:${port}/health`);
  const { probe } = simple;
  if (probe.kind !== 'http') throw new Error('that is no http monitor');
  const full = { ...simple, probe: { ...probe, request: { method: 'GET' } } };
  return Promise.all([simple, full].map((monitor) => prober.attempt(monitor, timeoutMs)));
}

const head = (lines: string, body = 'yes'): string => `HTTP/1.1 200 OK\r\n${lines}\r\n\r\n${body}`;

it.each<[string, string]>([
  ['a good answer', head('content-length: 3')],
  ['an unwanted status', 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\ngone'],
  ['a redirect', 'HTTP/1.1 302 Found\r\nlocation: /login\r\ncontent-length: 0\r\n\r\n'],
  ['chunks', head('transfer-encoding: chunked', '3\r\nyes\r\n0\r\n\r\n')],
  ['a body that ends with the connection', head('x: y')],
  ['an interim answer first', `HTTP/1.1 103 Early Hints\r\n\r\n${head('content-length: 3')}`],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nyes'],
  ['no content', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['a body that is cut short', head('content-length: 300')],
  ['a chunk that is cut short', head('transfer-encoding: chunked', '30\r\nyes')],
  ['a chunk of no length', head('transfer-encoding: chunked', 'zz\r\nyes\r\n0\r\n\r\n')],
  ['two different lengths', head('content-length: 3\r\ncontent-length: 4', 'yes!')],
  ['a length and chunks at once', head('content-length: 3\r\ntransfer-encoding: chunked', '3\r\nyes\r\n0\r\n\r\n')],
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['a status that is no number', 'HTTP/1.1 OK\r\n\r\n'],
  ['a header without a colon', head('nonsense\r\ncontent-length: 3')],
  ['headers without an end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ['nothing', ''],
  ['more than its length', head('content-length: 3', 'yes!')],
  ['a long body', head('content-length: 40000', 'y'.repeat(40_000))],
  ['a body that is too large', head('content-length: 1100000', 'y'.repeat(1_100_000))],
  ['a length twice', head('content-length: 3\r\ncontent-length: 3')],
  ['headers that came after the body', head('transfer-encoding: chunked', '3\r\nyes\r\n0\r\nx: y\r\n\r\n')],
])('of %s', async (_case, bytes) => {
  const [simple, full] = await byBoth(await servers.tcp(answering(bytes)));
  expect([simple!.reason, simple!.address]).toEqual([full!.reason, full!.address]);
});

it.each<[string, readonly string[]]>([
  ['a body', ['HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n', 'y', 'es']],
  ['chunks', ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3', '\r\nyes\r', '\n0\r\n', '\r\n']],
  ['chunks that go wrong', ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3', '\r\nyes\r', 'zz\r\n', '\r\n']],
  ['headers', ['HTTP/1.1 2', '00 OK\r\nx: y\r', '\ncontent-length: 3\r\n', '\r\nyes']],
  ['a long body', ['HTTP/1.1 200 OK\r\ncontent-length: 30000\r\n\r\n', 'y'.repeat(10_000), 'y'.repeat(20_000)]],
  ['a status that is not wanted', ['HTTP/1.1 503 Gone\r\ncontent-length: 9\r\n\r\nwe are', ' he', 're']],
  ['half of it', ['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nwe are', ' he']],
  ['half of its chunks', ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3', '\r\nyes\r']],
])('of %s in pieces', async (_case, pieces) => {
  const [simple, full] = await byBoth(await servers.tcp((socket) => void socket.once('data', () => void inPieces(socket, pieces))));
  expect(simple!.reason).toBe(full!.reason);
});

async function inPieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  socket.setNoDelay(true);
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  socket.end();
}

it.each<[string, string]>([
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n'],
  ['a size that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz'],
])('of %s, without waiting for the end of it', async (_case, bytes) => {
  const [simple, full] = await byBoth(await servers.tcp(answering(bytes, { stays: true })));
  expect([simple!.reason, full!.reason]).toEqual(['protocol', 'protocol']);
});

it.each<[string, () => Promise<number>]>([
  ['nobody listens', async () => 1],
  ['it hangs', async () => servers.tcp(() => undefined)],
  ['it closes at once', async () => servers.tcp((socket) => socket.end())],
  ['it resets when it is asked', async () => servers.tcp((socket) => void socket.once('data', () => socket.resetAndDestroy()))],
  ['it stops in the middle', async () => servers.tcp((socket) => void socket.write(head('content-length: 300')))],
])('where %s', async (_case, open) => {
  const [simple, full] = await byBoth(await open(), 400);
  expect(simple!.reason).toBe(full!.reason);
  expect(simple!.reason).not.toBe('ok');
});
