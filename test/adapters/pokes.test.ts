/** Poking, over the wire, against a Lambda that answers well or badly. */
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createPokes } from '../../src/adapters/lambda/pokes';
import { regionId, slotAt } from '../../src/core/basics/brand';
import { Refused } from '../../src/engine/ports';
import { startServers } from './servers';

const servers = startServers();
const ireland = regionId('eu-west-1');
const pokes = createPokes({ account: '123456789012' });

interface Heard {
  readonly path: string;
  readonly kind: unknown;
  readonly scope: string;
  readonly event: unknown;
  readonly from: number | undefined;
}
type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown } | 'hang' | 'drop';

const heard: Heard[] = [];
let reply: (nonce: string) => Reply;

const good = (nonce: string) => ({ nonce, region: 'eu-west-1', claimed: 1_795_000_010, finished: 1_795_000_000, store: 'answers' });

beforeAll(async () => {
  const port = await servers.http(async (request: IncomingMessage, response) => {
    const event = JSON.parse(await text(request));
    const { 'x-amz-invocation-type': kind, authorization = '' } = request.headers;
    heard.push({ path: decodeURIComponent(request.url ?? ''), kind, scope: authorization, event, from: request.socket.remotePort });
    const answer = reply(event.poke);
    if (answer === 'drop') request.socket.destroy();
    else if (answer !== 'hang') response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(bodyText(answer.body));
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterAll(() => servers.close());
beforeEach(() => {
  heard.length = 0;
});

const bodyText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

it('a poke invokes the prober of the region and waits for its answer', async () => {
  reply = (nonce) => ({ body: good(nonce) });
  const answer = await pokes.poke(ireland, 'n-1');
  expect(answer).toEqual({ nonce: 'n-1', region: ireland, claimed: slotAt(1_795_000_010), finished: slotAt(1_795_000_000), store: 'answers' });
  expect(heard).toMatchObject([{ kind: 'RequestResponse', event: { poke: 'n-1' }, scope: expect.stringContaining('/eu-west-1/lambda/aws4_request') }]);
  expect(heard[0]!.path).toBe('/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:twinwatch-prober/invocations');
});

it('a prober that never ran has no slots to tell', async () => {
  reply = (nonce) => ({ body: { nonce, region: 'eu-west-1', store: 'refuses' } });
  expect(await pokes.poke(ireland, 'n-1')).toEqual({ nonce: 'n-1', region: ireland, claimed: undefined, finished: undefined, store: 'refuses' });
});

it('tells of a round that its prober takes for given up', async () => {
  reply = (nonce) => ({ body: { ...good(nonce), claimed: undefined, givenUp: 1_795_000_010 } });
  expect(await pokes.poke(ireland, 'n-1')).toMatchObject({ claimed: undefined, givenUp: slotAt(1_795_000_010) });
});

it('tells how long ago the last round was claimed', async () => {
  reply = (nonce) => ({ body: { ...good(nonce), claimedForMs: 8000 } });
  expect(await pokes.poke(ireland, 'n-1')).toMatchObject({ claimedForMs: 8000 });
});

it('every poke has a connection of its own: one that was kept may be dead, and nothing is tried twice', async () => {
  reply = (nonce) => ({ body: good(nonce) });
  for (const nonce of ['n-1', 'n-2']) await pokes.poke(ireland, nonce);
  expect(new Set(heard.map(({ from }) => from)).size).toBe(2);
});

it.each<[string, (nonce: string) => Reply, RegExp]>([
  [
    'the function threw',
    () => ({ headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorType: 'RangeError', errorMessage: 'out of it' } }),
    /^prober eu-west-1: Invoke failed in the function: .*out of it/,
  ],
  ['another nonce comes back', () => ({ body: good('old') }), /was answered for another poke: .*old/],
  ['another region answers', (nonce) => ({ body: { ...good(nonce), region: 'us-east-2' } }), /was answered for another poke/],
  ['nothing comes back', () => ({ body: 'null' }), /was answered with what is no answer to a poke: null/],
  ['something else comes back', () => ({ body: '<html>' }), /no answer to a poke: <html>/],
  ['a slot is no number', (nonce) => ({ body: { ...good(nonce), claimed: 'yesterday' } }), /no answer to a poke/],
  ['the slot that was given up is no number', (nonce) => ({ body: { ...good(nonce), givenUp: 'yesterday' } }), /no answer to a poke/],
  ['what tells how long ago it was claimed is no number', (nonce) => ({ body: { ...good(nonce), claimedForMs: 'long' } }), /no answer to a poke/],
  ['the store is in a state that nobody knows', (nonce) => ({ body: { ...good(nonce), store: 'maybe' } }), /no answer to a poke/],
  ['the service fails', () => ({ status: 500, headers: { 'x-amzn-errortype': 'ServiceException' }, body: {} }), /ServiceException/],
  ['the function is not there', () => ({ status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: {} }), /ResourceNotFoundException/],
  ['the connection breaks', () => 'drop', /^prober eu-west-1: Invoke failed: .*(ECONNRESET|hang up)/],
])('a poke fails, is not repeated and was not refused when %s', async (_case, answering, message) => {
  reply = answering;
  const poking = pokes.poke(ireland, 'n-1');
  await expect(poking).rejects.toThrow(message);
  await expect(poking).rejects.not.toBeInstanceOf(Refused);
  expect(heard).toHaveLength(1);
});

it.each([
  [403, 'AccessDeniedException'],
  [403, 'UnrecognizedClientException'],
  [429, 'TooManyRequestsException'],
])('a poke that is answered with %d %s is refused, and not repeated', async (status, name) => {
  reply = () => ({ status, headers: { 'x-amzn-errortype': name }, body: { message: 'no' } });
  const poking = pokes.poke(ireland, 'n-1');
  await expect(poking).rejects.toBeInstanceOf(Refused);
  await expect(poking).rejects.toMatchObject({ name, message: `prober eu-west-1: Invoke failed: no (${name})` });
  expect(heard).toHaveLength(1);
});

it('a poke that hangs is given up after three seconds', async () => {
  reply = () => 'hang';
  const startedAt = performance.now();
  await expect(pokes.poke(ireland, 'n-1')).rejects.toThrow(/^prober eu-west-1: Invoke /);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(heard).toHaveLength(1);
});
