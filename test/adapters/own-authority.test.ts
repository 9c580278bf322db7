/** Kinds that speak TLS, with an authority of their own that nobody else trusts, and with a certificate of our own. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { CallingProbe } from '../../src/core/config/kinds/probe';
import type { TcpProbe } from '../../src/core/config/kinds/tcp/probe';
import { monitorOf, tcpProbe, tlsProbe, websocketProbe } from './monitors';
import { fixture, startServers } from './servers';

const servers = startServers();
const closers: (() => void)[] = [];
afterAll(async () => {
  for (const close of closers) close();
  await servers.close();
});

/** It trusts the well-known authorities alone. */
const prober = createProber({
  ...{ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true },
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
});
const ask = (probe: CallingProbe) => prober.attempt(monitorOf(probe), 5000);

const ca = fixture('authority.pem');
const us = { certificate: fixture('good.pem'), key: fixture('server.key') };
const asksForUs = { ca, requestCert: true, rejectUnauthorized: true };

const greeting = (socket: { write(text: string): unknown }): void => void socket.write('220 mail.example.com\r\n');
const dialogue: TcpProbe['dialogue'] = [{ kind: 'expect', pattern: '^220 ', shown: '^220 ' }];
const startsTls: TcpProbe['dialogue'] = [
  { kind: 'send', text: 'STARTTLS' },
  { kind: 'expect', pattern: '^go', shown: '^go' },
];

async function websocketPort(more: object = {}): Promise<number> {
  const server = createServer({ key: fixture('server.key'), cert: fixture('good.pem'), ...more });
  server.on('tlsClientError', () => undefined);
  new WebSocketServer({ server });
  closers.push(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('a server with a certificate of an authority that nobody knows', () => {
  it('tcp', async () => {
    const host = `shop.test:${await servers.tls('good.pem', greeting)}`;
    expect(await ask(tcpProbe(host, { tls: {}, dialogue }))).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask(tcpProbe(host, { tls: { ca }, dialogue }))).toMatchObject({ reason: 'ok', detail: '' });
    expect(await ask(tcpProbe(host, { tls: { insecure: true }, dialogue }))).toMatchObject({ reason: 'ok' });
    expect(await ask(tcpProbe(host, { tls: { ca, name: 'other.test' }, dialogue }))).toMatchObject({ reason: 'tls-name' });
  });

  it('tcp, by STARTTLS', async () => {
    const port = await servers.tcp((socket) => {
      socket.once('data', () => {
        socket.write('go\r\n');
        const secured = new TLSSocket(socket, { isServer: true, key: fixture('server.key'), cert: fixture('good.pem') });
        secured.on('error', () => undefined).resume();
        greeting(secured);
      });
    });
    const host = `shop.test:${port}`;
    const dialogueWith = (tls: object): TcpProbe['dialogue'] => [...startsTls, { kind: 'starttls', tls }, ...dialogue];
    expect(await ask(tcpProbe(host, { dialogue: dialogueWith({}) }))).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask(tcpProbe(host, { dialogue: dialogueWith({ ca }) }))).toMatchObject({ reason: 'ok', detail: '' });
  });

  it('tls, with the days of its chain', async () => {
    const host = `shop.test:${await servers.tls('good.pem', () => undefined)}`;
    const wanted = { chainDaysLeft: { atLeast: 1 } };
    expect(await ask(tlsProbe(host, { expect: wanted }))).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask(tlsProbe(host, { tls: { ca }, expect: wanted }))).toMatchObject({ reason: 'ok', detail: '' });
  });

  it('websocket', async () => {
    const url = `wss://shop.test:${await websocketPort()}/`;
    expect(await ask(websocketProbe(url))).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask(websocketProbe(url, { tls: { ca } }))).toMatchObject({ reason: 'ok', detail: '' });
    expect(await ask(websocketProbe(url, { tls: { insecure: true } }))).toMatchObject({ reason: 'ok' });
    expect(await ask(websocketProbe(url, { tls: { ca, serverName: 'other.test' } }))).toMatchObject({ reason: 'tls-name' });
  });
});

describe('a server that wants to know who we are', () => {
  it('tcp', async () => {
    const host = `shop.test:${await servers.tls('good.pem', greeting, asksForUs)}`;
    expect((await ask(tcpProbe(host, { tls: { ca }, dialogue }))).reason).not.toBe('ok');
    expect(await ask(tcpProbe(host, { tls: { ca, ...us }, dialogue }))).toMatchObject({ reason: 'ok' });
  });

  it('tls', async () => {
    const subjects: unknown[] = [];
    const port = await servers.tls('good.pem', (socket) => subjects.push((socket as TLSSocket).getPeerCertificate().subject?.CN), asksForUs);
    expect(await ask(tlsProbe(`shop.test:${port}`, { tls: { ca, ...us } }))).toMatchObject({ reason: 'ok' });
  });

  it('websocket', async () => {
    const url = `wss://shop.test:${await websocketPort(asksForUs)}/`;
    expect((await ask(websocketProbe(url, { tls: { ca } }))).reason).not.toBe('ok');
    expect(await ask(websocketProbe(url, { tls: { ca, ...us } }))).toMatchObject({ reason: 'ok' });
  });
});
