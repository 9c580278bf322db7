/** The examples of docs/probes, run as they stand against servers that do what they expect. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import { parse as parseYaml } from 'yaml';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { configOf, textWith } from '../core/config/config-text';
import { fixture, startServers } from './servers';

const servers = startServers();
afterAll(() => servers.close());

const prober = createProber({
  ...{ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, trusted: fixture('authority.pem') },
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
});

/** The first example of a page, with another host in place of its own. */
async function tried(kind: string, written: string, host: string) {
  return triedWith(kind, { [written]: host });
}

/** The same with several things replaced. */
async function triedWith(kind: string, replaced: Readonly<Record<string, string>>) {
  const page = readFileSync(join(__dirname, `../../docs/probes/${kind}.md`), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  for (const written of Object.keys(replaced)) expect(example).toContain(written);
  const text = Object.entries(replaced).reduce((whole, [written, host]) => whole.replaceAll(written, host), example);
  const monitors = JSON.stringify({ shop: parseYaml(text) });
  const config = configOf(textWith({ monitors, network: '{ allowPrivate: true }' }));
  return prober.attempt(config.monitors[0]!, 5000);
}

it('tcp', async () => {
  const answers: Readonly<Record<string, string>> = { EHLO: '250-mail\r\n250-STARTTLS\r\n250 OK\r\n', NOOP: '250 OK\r\n' };
  const port = await servers.tcp((socket: Socket) => {
    socket.write('220 mail.example.com ESMTP\r\n');
    socket.on('data', (bytes) => socket.write(answers[bytes.toString().slice(0, 4)] ?? ''));
  });
  expect(await tried('tcp', 'mail.example.com:25', `127.0.0.1:${port}`)).toMatchObject({ reason: 'ok', detail: '' });
});

it('tls', async () => {
  const answers: Readonly<Record<string, string>> = { EHLO: '250 STARTTLS\r\n', STAR: '220 go\r\n' };
  const port = await servers.tcp((socket: Socket) => {
    socket.write('220 mail.example.com ESMTP\r\n');
    socket.on('data', function onData(bytes) {
      const asked = bytes.toString().slice(0, 4);
      if (asked === 'STAR') socket.off('data', onData);
      socket.write(answers[asked] ?? '');
      if (asked === 'STAR')
        new TLSSocket(socket, { isServer: true, key: fixture('server.key'), cert: fixture('good.pem') }).on('error', () => undefined).resume();
    });
  });
  expect(await tried('tls', 'mail.example.com:25', `127.0.0.1:${port}`)).toMatchObject({ reason: 'ok', detail: '' });
});

it('websocket', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'shop.v1' });
  server.on('connection', (socket) => {
    socket.send('{"type":"hello"}');
    socket.on('message', (asked) => socket.send(String(asked).includes('"subscribe"') ? '{"type":"price","amount":12.5}' : '{}'));
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await tried('websocket', 'wss://shop.example.com/live', `ws://127.0.0.1:${port}/live`)).toMatchObject({ reason: 'ok', detail: '' });
  await new Promise((resolve) => server.close(resolve));
});

it('members', async () => {
  const port = await servers.http((_, response) => response.end());
  const replaced = { 'https://pay.example.com': `http://pay.test:${port}`, '192.0.2.10': '127.0.0.1', '192.0.2.11': '127.0.0.9' };
  expect(await triedWith('members', replaced)).toMatchObject({ reason: 'ok', detail: '' });
});

it('grpc', async () => {
  const server = createSecureServer({ key: fixture('server.key'), cert: fixture('good.pem') });
  server.on('stream', (stream, headers) => {
    expect(headers[':path']).toBe('/grpc.health.v1.Health/Check');
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.of(0, 0, 0, 0, 2, 8, 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await tried('grpc', 'api.example.com:50051', `shop.test:${port}`)).toMatchObject({ reason: 'ok', detail: '' });
  server.close();
});
