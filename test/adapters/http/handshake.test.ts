/** Each probe shakes hands anew and in full, over a connection of its own, and reads of a certificate what is asked of it. */
import type { TLSSocket } from 'node:tls';
import { createProber } from '../../../src/adapters/probes/prober';
import { regionId } from '../../../src/core/basics/brand';
import { httpMonitor } from '../monitors';
import { fixture, startServers } from '../servers';
import { ask } from './asking';

const servers = startServers();
afterAll(() => servers.close());

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes';
const lookup = async () => [{ address: '127.0.0.1', family: 4 }];

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('with %s', (maxVersion) => {
  it('no session is resumed and no connection kept', async () => {
    const resumed: boolean[] = [];
    const port = await servers.tls(
      'good.pem',
      (socket) => {
        resumed.push((socket as TLSSocket).isSessionReused());
        socket.once('data', () => socket.write(answer));
      },
      { maxVersion },
    );
    const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup, trusted: fixture('authority.pem') });
    const monitor = httpMonitor(`https://shop.test:${port}/`);
    for (let round = 0; round < 3; round += 1) expect(await prober.attempt(monitor, 2000)).toMatchObject({ reason: 'ok' });
    expect(resumed).toEqual([false, false, false]);
  });
});

it.each<[string, object, string]>([
  ['a name that is not in it', { url: 'https://other.test' }, 'tls-name'],
  ['another name that is asked for', { url: 'https://other.test', tls: { serverName: 'shop.test' } }, 'ok'],
  ['a name that is not the one that is asked for', { url: 'https://shop.test', tls: { serverName: 'other.test' } }, 'tls-name'],
  ['any name, where any certificate will do', { url: 'https://other.test', tls: { insecure: true } }, 'ok'],
  ['an address', { url: 'https://127.0.0.1' }, 'ok'],
])('the certificate is judged for %s', async (_case, { url, ...more }: { url?: string }, reason) => {
  const port = await servers.tls('good.pem', (socket) => void socket.once('data', () => socket.end(answer)));
  const attempt = await ask({ url: `${url}:${port}/`, ...more }, { lookup, trusted: fixture('authority.pem') });
  expect(attempt).toMatchObject({ reason });
});

it('whoever wants to know is shown the authority as well', async () => {
  const port = await servers.tls('good.pem', (socket) => void socket.once('data', () => socket.end(answer)));
  const seen: string[] = [];
  const tell = ({ what, seen: text }: { what: string; seen: string }): void => void seen.push(`${what} ${text}`);
  await ask(`https://shop.test:${port}/`, { lookup, trusted: fixture('authority.pem'), tell });
  expect(seen.join('\n')).toMatch(/certificate of .*shop\.test.*\nissued by /);
});
