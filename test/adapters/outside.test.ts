/** What a switch outside answers, and what is said of it: never its address. */
import { createOutside } from '../../src/adapters/probes/outside';
import { regionId } from '../../src/core/basics/brand';
import { answering, startServers } from './servers';

const servers = startServers();
afterAll(() => servers.close());

const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup };
const outside = createOutside(options);
const addressOf = (port: number): string => `http://switch.test:${port}/ping/a-secret?token=another-secret`;

it.each(['200 OK', '202 Accepted', '204 No Content'])('takes a ping with %s', async (status) => {
  const port = await servers.tcp(answering(`HTTP/1.1 ${status}\r\n\r\n`));
  expect(await outside.ping(addressOf(port), 1000)).toEqual({ kind: 'taken' });
});

it.each<[string, RegExp, () => Promise<number>]>([
  [
    'an error with a body that repeats the address',
    /^status: status 404, wanted 2xx$/,
    () => servers.tcp(answering('HTTP/1.1 404 Not Found\r\n\r\nno /ping/a-secret')),
  ],
  [
    'a redirect that repeats the address',
    /^status: status 301, wanted 2xx$/,
    () => servers.tcp(answering('HTTP/1.1 301 Moved\r\nlocation: https://switch.test/ping/a-secret\r\n\r\nhi')),
  ],
  ['an answer that is not HTTP', /^protocol: /, () => servers.tcp(answering('/ping/a-secret\r\n'))],
  ['silence', /^first-byte-timeout: no response began within 300 ms$/, () => servers.tcp(() => undefined)],
  ['nobody there', /^connect-refused: /, () => servers.closedPort()],
])('does not take it with %s', async (_case, reason, start) => {
  const pinged = await outside.ping(addressOf(await start()), 300);
  expect(pinged).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
  expect(JSON.stringify(pinged)).not.toContain('secret');
});

it('is not asked at a private address, unless that is allowed', async () => {
  const strict = createOutside({ ...options, allowPrivate: false });
  const pinged = await strict.ping(addressOf(await servers.closedPort()), 300);
  expect(pinged).toEqual({ kind: 'failed', reason: expect.stringMatching(/^address-refused: switch\.test leads to 127\.0\.0\.1/) });
});

it('that has no readable address fails, and throws nothing', async () => {
  expect(await outside.ping('a-secret', 50)).toEqual({ kind: 'failed', reason: 'the ping itself failed' });
});
