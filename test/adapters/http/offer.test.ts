/** What a handshake offers to agree on keys: what every Node can do, where nothing is secret; everything, where something is, or where the server takes nothing else. */
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { createProber } from '../../../src/adapters/probes/prober';
import { regionId } from '../../../src/core/basics/brand';
import type { Monitor } from '../../../src/core/config/config';
import { httpMonitor } from '../monitors';
import { fixture, startServers } from '../servers';

const servers = startServers();
afterAll(() => servers.close());

const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
const proberOf = () => createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup, trusted: fixture('authority.pem') });
const attempt = (monitor: Monitor) => proberOf().attempt(monitor, 2000);

/** The extension `supported_groups` of RFC 8446, 4.2.7. */
const supportedGroups = 10;

/** The named groups of a ClientHello, in its order. */
function groupsOf(hello: Buffer): readonly string[] {
  const afterSession = 44 + hello[43]!;
  const afterCiphers = afterSession + 2 + hello.readUInt16BE(afterSession);
  const extensions = afterCiphers + 1 + hello[afterCiphers]! + 2;
  for (let at = extensions; at < hello.length; at += 4 + hello.readUInt16BE(at + 2)) {
    if (hello.readUInt16BE(at) !== supportedGroups) continue;
    const list = hello.subarray(at + 6, at + 4 + hello.readUInt16BE(at + 2));
    return Array.from({ length: list.length / 2 }, (_, index) => list.readUInt16BE(index * 2).toString(16));
  }
  return [];
}

/** Resolves with what was offered to a server that closes as soon as it has heard it. */
async function offerOf(change: (monitor: Monitor) => Monitor): Promise<readonly string[]> {
  const hellos: Buffer[] = [];
  const port = await servers.tcp((socket: Socket) => {
    socket.once('data', (bytes) => {
      hellos.push(bytes);
      socket.destroy();
    });
  });
  await attempt(change(httpMonitor(`https://shop.test:${port}/`)));
  return groupsOf(hellos[0]!);
}

const withHeaders = (monitor: Monitor): Monitor => {
  if (monitor.probe.kind !== 'http') throw new Error('that is no http monitor');
  return { ...monitor, probe: { ...monitor.probe, request: { method: 'GET', headers: { authorization: 'Bearer abc' } } } };
};

const classical = ['1d', '17', '1e', '19', '18', '100', '101'];

it('a request without a secret offers the same groups with every Node', async () => {
  expect(await offerOf((monitor) => monitor)).toEqual(classical);
});

it.each<[string, (monitor: Monitor) => Monitor]>([
  ['headers of its own', withHeaders],
  ['a text that must not be shown', (monitor) => ({ ...monitor, hidden: ['a-token-in-the-url'] })],
])('a request with %s offers more', async (_case, change) => {
  const offered = await offerOf(change);
  expect(offered.filter((group) => !classical.includes(group))).not.toEqual([]);
});

/** A group that this Node offers and that is not among those: older ones do not know the first. */
function otherGroup(): string {
  try {
    createSecureContext({ ecdhCurve: 'X25519MLKEM768' });
    return 'X25519MLKEM768';
  } catch {
    return 'ffdhe4096';
  }
}

it('a server that takes nothing of that is offered everything from the second try on', async () => {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes';
  const only = { ecdhCurve: otherGroup(), minVersion: 'TLSv1.3' } as const;
  const port = await servers.tls('good.pem', (socket) => void socket.once('data', () => socket.end(answer)), only);
  const prober = proberOf();
  const monitor = httpMonitor(`https://shop.test:${port}/`);
  const reasons = [];
  for (let nth = 0; nth < 3; nth += 1) reasons.push((await prober.attempt(monitor, 2000)).reason);
  expect(reasons).toEqual(['tls-error', 'ok', 'ok']);
});
