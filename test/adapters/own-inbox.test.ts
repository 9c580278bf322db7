import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOwnInbox } from '../../src/adapters/probes/own-inbox';
import { regionId } from '../../src/core/basics/brand';
import { startServers } from './servers';

const servers = startServers();
const asked: string[] = [];
let status = 200;
const inbox = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.writeHead(status).end('OK');
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => inbox.listen(0, '127.0.0.1', resolve));
  port = (inbox.address() as AddressInfo).port;
});
afterAll(async () => {
  inbox.close();
  await servers.close();
});

const own = (url: string | undefined) => createOwnInbox({ region: regionId('eu-west-1'), version: '1.2.3', url });

it('takes what is sent to it where it answers that it stored it', async () => {
  expect(await own(`http://127.0.0.1:${port}/`).takes('token', 1000)).toBe(true);
  expect(asked).toEqual(['GET /ping/token/canary']);
});

it.each([503, 404, 302, 500])('takes nothing where it answers %d', async (answered) => {
  status = answered;
  expect(await own(`http://127.0.0.1:${port}/`).takes('token', 1000)).toBe(false);
});

it('takes nothing where nobody answers, where there is none, and where its address is nonsense', async () => {
  const closed = await servers.closedPort();
  for (const url of [`http://127.0.0.1:${closed}/`, undefined, 'nonsense']) expect(await own(url).takes('token', 300)).toBe(false);
});
