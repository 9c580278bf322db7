/** An anchor need not be well, it need only be there. */
import { createAnchors } from '../../src/adapters/probes/anchors';
import { regionId } from '../../src/core/basics/brand';
import { answering, startServers } from './servers';

const servers = startServers();
afterAll(() => servers.close());

const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
const anchors = createAnchors({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup });
const silent = () => undefined;

it.each<[string, string, boolean, () => Promise<number>]>([
  ['a good answer', 'http', true, () => servers.tcp(answering('HTTP/1.1 200 OK\r\n\r\nyes'))],
  ['any status', 'http', true, () => servers.tcp(answering('HTTP/1.1 503 Service Unavailable\r\n\r\n'))],
  ['a redirect', 'http', true, () => servers.tcp(answering('HTTP/1.1 301 Moved\r\nlocation: /x\r\n\r\n'))],
  ['an answer that does not end', 'http', true, () => servers.tcp(answering('HTTP/1.1 200 OK\r\n\r\n', { stays: true }))],
  ['an answer that is not HTTP', 'http', true, () => servers.tcp(answering('+PONG\r\n'))],
  ['a certificate, whatever it is worth', 'https', true, () => servers.tls('self-signed.pem', silent)],
  ['nothing but an accepted connection', 'http', false, () => servers.tcp(silent)],
  ['a connection closed without a word', 'http', false, () => servers.tcp((socket) => socket.end())],
  ['a handshake that does not come', 'https', false, () => servers.tcp(silent)],
  ['nobody there', 'http', false, () => servers.closedPort()],
])('%s over %s counts as an answer: %p', async (_case, scheme, answers, start) => {
  expect(await anchors.answers(`${scheme}://anchor.test:${await start()}/`, 600)).toBe(answers);
});

it('silence after a good handshake still comes from the anchor', async () => {
  const { fixture } = await import('./servers');
  const trusting = createAnchors({ region: regionId('eu-west-1'), version: '1', allowPrivate: true, lookup, trusted: fixture('authority.pem') });
  expect(await trusting.answers(`https://shop.test:${await servers.tls('good.pem', silent)}/`, 600)).toBe(true);
});

it('an address that is none does not answer', async () => {
  expect(await anchors.answers('nonsense', 50)).toBe(false);
});
