/** Hundreds of probes of every failing kind leave nothing behind. */
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { httpMonitor, monitorOf, tcpProbe, tlsProbe, websocketProbe } from './monitors';
import { answering, startServers } from './servers';

const servers = startServers();
afterAll(() => servers.close());

/** Sockets and timers that are alive in this process. */
const alive = (): number => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS|TCPConnect|Timeout|GetAddrInfo/.test(kind)).length;

it('probes that fail in every way leave no socket and no timer', async () => {
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
  const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup });
  const http = await servers.http((_request, response) => response.writeHead(503).end('closed'));
  const targets = [
    `http://shop.test:${http}/`,
    `http://shop.test:${await servers.closedPort()}/`,
    `http://shop.test:${await servers.tcp(() => undefined)}/`,
    `https://shop.test:${await servers.tcp(() => undefined)}/`,
    `http://shop.test:${await servers.tcp((socket) => socket.end())}/`,
    `http://shop.test:${await servers.tcp((socket) => socket.resetAndDestroy())}/`,
    `http://shop.test:${await servers.tcp(answering('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf', { stays: true }))}/`,
    `http://shop.test:${await servers.tcp(answering(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1_100_000)}`, { stays: true }))}/`,
    `http://shop.test:${await servers.tcp(answering('nonsense'))}/`,
    `https://shop.test:${http}/`,
    `https://shop.test:${await servers.tls('self-signed.pem', answering('HTTP/1.1 200 OK\r\n\r\n'))}/`,
    'not a url',
  ];
  const silent = await servers.tcp(() => undefined);
  const hearing = [{ kind: 'expect', pattern: 'x', shown: 'x' }] as const;
  const others = [
    ...[silent, http].map((port) => tcpProbe(`shop.test:${port}`, { dialogue: hearing })),
    ...[silent, http].map((port) => tlsProbe(`shop.test:${port}`, { starttls: 'smtp' })),
    ...[silent, http].map((port) => websocketProbe(`ws://shop.test:${port}/`, { dialogue: hearing })),
  ];
  const aliveBefore = alive();
  const reasons = new Set<string>();
  for (let round = 0; round < 30; round += 1) {
    const attempts = await Promise.all(
      [...targets.map((url) => httpMonitor(url)), ...others.map(monitorOf)].map((monitor) => prober.attempt(monitor, 50 + round)),
    );
    for (const { reason } of attempts) reasons.add(reason);
  }
  for (let turn = 0; turn < 100 && alive() > aliveBefore; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(alive()).toBeLessThanOrEqual(aliveBefore);
  expect(reasons.size).toBeGreaterThan(6);
  expect(reasons).not.toContain('ok');
});
