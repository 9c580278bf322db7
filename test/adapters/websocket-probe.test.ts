/** What a websocket probe says of servers that switch, talk, refuse, or behave badly. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Finding } from '../../src/adapters/probes/means';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { JsonRule, WebsocketProbe, WebsocketStep } from '../../src/core/config/kinds/websocket/probe';
import { type Attempt, type Reason, totalMs } from '../../src/core/observation';
import { monitorOf, websocketProbe } from './monitors';
import { answering, fixture, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
const webServers: { server: Server; sockets: WebSocketServer }[] = [];
afterAll(async () => {
  for (const { server, sockets } of webServers) {
    for (const client of sockets.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
  await servers.close();
});

function webSocketServer(
  onConnection: (socket: WebSocket, headers: object) => void,
  { certificate, ...options }: ServerOptions & { certificate?: string } = {},
): Promise<number> {
  const server = certificate === undefined ? createServer() : createSecureServer({ key: fixture('server.key'), cert: fixture(certificate) });
  const sockets = new WebSocketServer({ server, ...options });
  sockets.on('connection', (socket, { headers }) => {
    socket.on('error', () => undefined);
    onConnection(socket, headers);
  });
  webServers.push({ server, sockets });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

const options = {
  ...{ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, trusted: fixture('authority.pem') },
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
};
const prober = wakeful(createProber(options));

interface Wish extends Partial<WebsocketProbe> {
  readonly timeoutMs?: number;
}

const probe = (port: number, { timeoutMs = 5000, url = `ws://shop.test:${port}/live?x=1`, ...more }: Wish = {}): Promise<Attempt> =>
  prober.attempt(monitorOf(websocketProbe(url, more)), timeoutMs);

const expecting = (pattern: string): WebsocketStep => ({ kind: 'expect', pattern, shown: pattern });
const sending = (text: string): WebsocketStep => ({ kind: 'send', text });
const expectingJson = (path: string, rule: JsonRule): WebsocketStep => ({ kind: 'expect-json', path, rule, shown: `{"json":"${path}"}` });

describe('a server that switches', () => {
  it('is ok, asked with our headers, and left with a word', async () => {
    let asked = {};
    const closed = new Promise<number>((resolve) => {
      void webSocketServer((socket, headers) => {
        asked = headers;
        socket.on('close', resolve);
      }).then(async (port) => {
        expect(await probe(port, { headers: { authorization: 'Bearer hush' } })).toMatchObject({ reason: 'ok', detail: '', address: `127.0.0.1:${port}` });
        expect(asked).toMatchObject({ host: `shop.test:${port}`, 'user-agent': 'twinwatch/1.2.3 (eu-west-1)', authorization: 'Bearer hush' });
        expect(asked).not.toHaveProperty('sec-websocket-extensions');
      });
    });
    expect(await closed).toBe(1000);
  });

  it('over TLS has its certificate judged', async () => {
    const good = await webSocketServer(() => undefined, { certificate: 'good.pem' });
    const attempt = await probe(good, { url: `wss://shop.test:${good}/` });
    expect(attempt).toMatchObject({ reason: 'ok' });
    expect(attempt.phases.tlsMs).toBeGreaterThan(0);
    expect(await probe(good, { url: `wss://other.test:${good}/` })).toMatchObject({ reason: 'tls-name' });
    const expired = await webSocketServer(() => undefined, { certificate: 'expired.pem' });
    expect(await probe(expired, { url: `wss://shop.test:${expired}/` })).toMatchObject({ reason: 'tls-expired' });
  });

  it('at a private address is refused where the file does not allow it', async () => {
    const port = await webSocketServer(() => undefined);
    const strict = createProber({ ...options, allowPrivate: false });
    expect(await strict.attempt(monitorOf(websocketProbe(`ws://shop.test:${port}/`)), 2000)).toMatchObject({ reason: 'address-refused' });
  });

  it.each<[readonly string[], string | false, Reason, string]>([
    [['chat.v2', 'chat.v1'], 'chat.v1', 'ok', ''],
    [['chat.v2'], false, 'upgrade', 'the server does not switch to WebSocket as it should: Server sent no subprotocol'],
    [['chat.v2'], 'other', 'upgrade', 'the server does not switch to WebSocket as it should: Server sent an invalid subprotocol'],
  ])('and is offered the subprotocols %j chooses %s', async (subprotocols, chosen, reason, detail) => {
    const port = await webSocketServer(() => undefined, { handleProtocols: () => chosen });
    expect(await probe(port, { subprotocols })).toMatchObject({ reason, detail });
  });

  it('too late is slow', async () => {
    const port = await webSocketServer((socket) => setTimeout(() => socket.send('late'), 60));
    expect(await probe(port, { dialogue: [expecting('late')], expect: { withinMs: 20 } })).toMatchObject({ reason: 'slow' });
  });
});

describe('a dialogue', () => {
  const echoing = (socket: WebSocket): void => {
    socket.send('incoming_one');
    socket.on('message', (message) => socket.send(`echo ${String(message)}`));
  };

  it('captures, and sends what was captured', async () => {
    const port = await webSocketServer(echoing);
    const dialogue = [expecting('incoming_(?P<name>.+)'), sending('outgoing_{{1}} {{name}}'), expecting('^echo outgoing_one one$')];
    expect(await probe(port, { dialogue })).toMatchObject({ reason: 'ok', detail: '' });
  });

  it('in which something else is said is no dialogue, though the server be there', async () => {
    const port = await webSocketServer(echoing);
    const dialogue = [expecting('incoming_(.+)'), sending('outgoing_{{1}}'), expecting('^someotherstring')];
    expect(await probe(port, { dialogue, timeoutMs: 600 })).toMatchObject({
      reason: 'dialogue',
      detail: 'the server said "echo …"; step 3 of 3 wanted /^someotherstring/; the response did not end within 600 ms',
    });
  });

  it('that the server ends says with which code, and what was said last', async () => {
    const port = await webSocketServer((socket) => {
      socket.send('busy');
      socket.close(1013, 'come back later');
    });
    expect(await probe(port, { dialogue: [expecting('ready')] })).toMatchObject({
      reason: 'dialogue',
      detail: 'the server closed the WebSocket with code 1013 "come back later" after "busy"; step 1 of 1 wanted /ready/',
    });
  });

  const message = '{"type":"status","shop":{"open":true,"items":[1,7]},"note":null,"count":"3"}';
  it.each<[string, JsonRule, boolean]>([
    ['$.type', { equals: 'status' }, true],
    ['$.type', { equals: 'Status' }, false],
    ['$.type', { contains: ['stat'], matchesNot: ['x'] }, true],
    ['$.type', { lacks: ['stat'] }, false],
    ['$.shop.open', { equals: true }, true],
    ['$.shop.open', { equals: 'true' }, false],
    ['$.shop.items[*]', { above: 6 }, true],
    ['$.shop.items[*]', { above: 7 }, false],
    ['$.note', { equals: null }, true],
    ['$.nothing', { equals: null }, false],
    ['$.nothing', {}, false],
    ['$.shop', {}, true],
    ['$.count', { atLeast: 3 }, false],
    ['$.shop', { contains: ['open'] }, false],
  ])('of JSON in which %s is %j: %s', async (path, rule, isMet) => {
    const port = await webSocketServer((socket) => {
      socket.send('no JSON');
      socket.send(message);
      socket.close();
    });
    expect((await probe(port, { dialogue: [expectingJson(path, rule)] })).reason).toBe(isMet ? 'ok' : 'dialogue');
  });

  it('goes on while the server asks whether we are there, and is answered', async () => {
    const port = await webSocketServer((socket) => {
      socket.ping('well?');
      socket.on('pong', (answer) => socket.send(`heard ${String(answer)}`));
    });
    expect(await probe(port, { dialogue: [expecting('^heard well\\?$')] })).toMatchObject({ reason: 'ok' });
  });

  it('does not tell what was sent, even where it is sent back', async () => {
    const port = await webSocketServer((socket) => {
      socket.on('message', (sent) => {
        socket.send(sent, { binary: false });
        socket.close(1008, String(sent));
      });
    });
    const { detail } = await probe(port, { dialogue: [sending('{"token":"correct-horse"}'), expecting('welcome')] });
    expect(detail).toContain('code 1008');
    expect(detail).not.toContain('horse');
  });

  it('is explained, where somebody wants to know', async () => {
    const findings: Finding[] = [];
    const port = await webSocketServer((socket) => socket.send('ready'));
    const explaining = createProber({ ...options, tell: (finding) => findings.push(finding) });
    await explaining.attempt(monitorOf(websocketProbe(`ws://shop.test:${port}/`, { dialogue: [expecting('^ready$')] })), 2000);
    expect(findings).toEqual([
      { what: 'upgrade', seen: '101', isGood: true },
      { what: 'step 1 of 1', seen: 'ready', wanted: '/^ready$/', isGood: true },
    ]);
  });
});

/** A server that reads the key and answers with these bytes after the switch. */
const switching =
  (after: Buffer | string, accept?: string) =>
  (socket: Socket): void => {
    socket.once('data', (bytes) => {
      const key = /sec-websocket-key: (.+)\r/i.exec(bytes.toString())?.[1] ?? '';
      const right = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept ?? right}\r\n\r\n`);
      socket.write(after);
    });
  };

it('a wrong sec-websocket-accept is a failed upgrade, unless it may be wrong', async () => {
  const port = await servers.tcp(switching(Buffer.from([0x81, 2, 0x68, 0x69]), 'wrong'));
  const detail = 'the server does not switch to WebSocket as it should: Invalid Sec-WebSocket-Accept header';
  expect(await probe(port)).toMatchObject({ reason: 'upgrade', detail });
  expect(await probe(port, { mayAnswerAnyAccept: true, dialogue: [expecting('^hi$')] })).toMatchObject({ reason: 'ok' });
});

describe('a bad server', () => {
  const frames = (socket: Socket, frame: Buffer): void => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(frame));
      if (!socket.destroyed) socket.once('drain', more);
    };
    more();
  };
  const flooding = (frame: Buffer) => (socket: Socket) => {
    switching('')(socket);
    socket.once('data', () => frames(socket, frame));
  };
  const text = (length: number): Buffer => Buffer.concat([Buffer.from([0x81, 126, length >> 8, length & 255]), Buffer.alloc(length, 'x')]);

  it.each<[string, (socket: Socket) => void, Reason, RegExp]>([
    ['speaks plain HTTP', answering('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'), 'upgrade', /^status 200, wanted 101/],
    ['points elsewhere', answering('HTTP/1.1 302 Found\r\nlocation: https://login.test/\r\n\r\n'), 'upgrade', /it points to https:\/\/login.test\//],
    ['answers with an endless body', answering(`HTTP/1.1 500 No\r\n\r\n${'x'.repeat(500_000)}`, { stays: true }), 'upgrade', /^status 500/],
    ['switches to something else', answering('HTTP/1.1 101 S\r\nupgrade: irc\r\nconnection: upgrade\r\n\r\n'), 'upgrade', /Invalid Upgrade header/],
    ['speaks no HTTP', answering('220 mail.test ESMTP\r\n'), 'protocol', /not valid HTTP/],
    ['has endless headers', answering(`HTTP/1.1 101 S\r\nx: ${'x'.repeat(100_000)}`, { stays: true }), 'too-large', /headers/],
    ['says nothing', () => undefined, 'first-byte-timeout', /^no response began within 600 ms$/],
    ['stops in its headers', answering('HTTP/1.1 101 S\r\nupgra', { stays: true }), 'first-byte-timeout', /within 600 ms/],
    ['closes at once', (socket) => socket.end(), 'closed-early', /./],
    ['closes when it is asked', (socket) => socket.once('data', () => socket.end()), 'closed-early', /./],
    ['resets when it is asked', (socket) => socket.once('data', () => socket.resetAndDestroy()), 'closed-early', /ECONNRESET/],
    ['switches and says nothing', switching(''), 'transfer-timeout', /at step 1 of 1/],
    ['stops in a message', switching(Buffer.from([0x81, 5, 0x68])), 'transfer-timeout', /at step 1 of 1/],
    ['masks its messages', switching(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])), 'protocol', /WS_ERR_/],
    ['sends what is no UTF-8', switching(Buffer.from([0x81, 1, 0xff])), 'protocol', /WS_ERR_INVALID_UTF8/],
    ['sends garbage', switching(Buffer.from([0xff, 0xff, 0xff, 0xff])), 'protocol', /WS_ERR_/],
    ['announces a huge message', switching(Buffer.from([0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0])), 'too-large', /WS_ERR_UNSUPPORTED_MESSAGE_LENGTH/],
    ['sends messages for ever', flooding(text(1000)), 'too-large', /more than 1048576 bytes/],
    ['sends empty messages for ever', flooding(Buffer.alloc(2000, Buffer.from([0x81, 0]))), 'too-large', /more than 1048576 bytes/],
    ['sends pings for ever', flooding(Buffer.alloc(2000, Buffer.from([0x89, 0]))), 'too-large', /more than 1048576 bytes/],
  ])('that %s', async (_case, onConnection, reason, detail) => {
    const port = await servers.tcp(onConnection);
    const attempt = await probe(port, { dialogue: [expecting('ready')], timeoutMs: reason.endsWith('timeout') ? 600 : 5000 });
    expect(attempt.detail).toMatch(detail);
    expect(attempt.reason).toBe(reason);
    expect(totalMs(attempt.phases)).toBeLessThan(10_000);
    expect(attempt.detail.length).toBeLessThan(300);
  });
});
