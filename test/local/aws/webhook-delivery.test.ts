import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Delivered, deliver } from '../../../local/aws/webhook-delivery';

describe('the delivery of one message to a webhook', () => {
  let server: Server;
  let statuses: number[];
  let url: string;

  beforeAll(async () => {
    server = createServer((_request, response) => response.writeHead(statuses.shift() ?? 200).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  async function deliveryTo(endpoint: string): Promise<string[]> {
    const told: Delivered[] = [];
    await deliver({ post: { url: endpoint, headers: {}, body: '{}' }, tell: (delivered) => told.push(delivered), retryAfterMs: 1 });
    return told.map(({ status, attempts, detail }) => `${attempts} ${status}: ${detail}`);
  }

  it.each([
    [[200], ['1 delivered: status 200']],
    [
      [503, 429, 204],
      ['1 retrying: status 503', '2 retrying: status 429', '3 delivered: status 204'],
    ],
    [
      [500, 404],
      ['1 retrying: status 500', '2 failed: status 404'],
    ],
    [[301], ['1 failed: status 301']],
    [
      [500, 500, 500, 500],
      ['1 retrying: status 500', '2 retrying: status 500', '3 retrying: status 500', '4 given-up: status 500'],
    ],
  ])('to a receiver that answers %j goes %j', async (answers, told) => {
    statuses = [...answers];
    expect(await deliveryTo(url)).toEqual(told);
  });

  it('tries again where nobody listens, and gives up in the end', async () => {
    const told = await deliveryTo('http://127.0.0.1:1/');
    expect(told).toHaveLength(4);
    expect(told[3]).toMatch(/^4 given-up: .*ECONNREFUSED/);
  });
});
