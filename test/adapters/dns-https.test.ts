/** DNS over HTTPS: real resolvers on 127.0.0.1 that speak HTTP/2 or HTTP/1.1, and some that lie. */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { type DecodedPacket, decode, encode } from 'dns-packet';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { dnsMonitor } from './monitors';
import { address, answerTo } from './name-servers';
import { fixture } from './servers';

const closing: Server[] = [];
afterAll(() => {
  for (const server of closing) server.close();
});

const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup: async () => [{ address: '127.0.0.1', family: 4 }] };
const prober = createProber({ ...options, trusted: fixture('authority.pem') });
const ask = (resolver: string, by = prober) => by.attempt(dnsMonitor({ resolver, transport: 'https', expect: { answers: { contains: ['192.0.2.1'] } } }), 3000);

async function listening(server: Server): Promise<string> {
  closing.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `shop.test:${(server.address() as AddressInfo).port}`;
}

const tls = { key: fixture('server.key'), cert: fixture('good.pem') };
const queryIn = ({ url = '' }: { readonly url?: string | undefined }): DecodedPacket =>
  decode(Buffer.from(new URL(url, 'https://shop.test').searchParams.get('dns') ?? '', 'base64url'));
const message = (query: DecodedPacket): Buffer => encode(answerTo(query, { answers: [address('192.0.2.1')] }));
const over1 = (answer: RequestListener) => listening(createServer(tls, answer));
const well: RequestListener = (request, response) => {
  response.setHeader('content-type', 'application/dns-message');
  response.end(message(queryIn(request)));
};

describe('a resolver over HTTPS', () => {
  it('is asked at /dns-query, in HTTP/1.1', async () => {
    const asked: unknown[] = [];
    const resolver = await over1((request: IncomingMessage, response: ServerResponse) => {
      asked.push([request.method, request.url?.split('?')[0], request.headers.accept, request.headers.host]);
      well(request, response);
    });
    expect(await ask(resolver)).toMatchObject({ reason: 'ok', detail: '', address: resolver.replace('shop.test', '127.0.0.1') });
    expect(asked).toEqual([['GET', '/dns-query', 'application/dns-message', resolver]]);
  });

  it('is asked in HTTP/2 where it speaks that', async () => {
    const server = createSecureServer(tls, (request, response) => {
      response.setHeader('content-type', 'application/dns-message');
      response.end(message(queryIn(request)));
    });
    const made = await ask(await listening(server));
    expect(made).toMatchObject({ reason: 'ok' });
    expect(made.phases.tlsMs).toBeGreaterThan(0);
  });

  it('must have a good certificate, and may not be private unless the file allows it', async () => {
    const resolver = await over1(well);
    expect(await ask(resolver, createProber({ ...options, trusted: fixture('chain-root.pem') }))).toMatchObject({ reason: 'tls-untrusted' });
    expect(await ask(resolver, createProber({ ...options, allowPrivate: false }))).toMatchObject({ reason: 'address-refused' });
  });

  it.each<[string, RequestListener, string, RegExp]>([
    ['refuses', (_, response) => response.writeHead(429).end(), 'status', /^status 429, wanted 200: the resolver refuses the question$/],
    [
      'answers with a page',
      (_, response) => response.setHeader('content-type', 'text/html').end('<html>'),
      'protocol',
      /^the answer is no DNS message but text\/html$/,
    ],
    [
      'answers anything',
      (_, response) => response.setHeader('content-type', 'application/dns-message').end('anything'),
      'protocol',
      /^the answer is no DNS answer to the question: /,
    ],
    [
      'answers without end',
      (_, response) => response.setHeader('content-type', 'application/dns-message').end(Buffer.alloc(70_000)),
      'too-large',
      /^the answer is larger than any DNS message/,
    ],
    ['hangs up', (_, response) => response.destroy(), 'closed-early', /closed/],
  ])('that %s is told as that', async (_what, answer, reason, detail) => {
    expect(await ask(await over1(answer))).toMatchObject({ reason, detail: expect.stringMatching(detail) });
  });
});
