/** Asking probe workers, over the wire, against a Lambda that answers well or badly. */
import { text } from 'node:stream/consumers';
import { createShards } from '../../src/adapters/lambda/shards';
import { instant, monitorHash, regionId, slotAt } from '../../src/core/basics/brand';
import { shardAnswerToJson } from '../../src/core/shard-answer';
import { Refused, type ShardRequest } from '../../src/engine/ports';
import { attempt } from '../core/builders';
import { startServers } from './servers';

const servers = startServers();
const ireland = regionId('eu-west-1');
const shards = createShards({ account: '123456789012', region: ireland });
const request: ShardRequest = { nonce: 'n-1', slot: slotAt(1_795_000_000), shard: 1, of: 3, giveUpAt: instant(1_795_000_008_000) };
const answer = {
  nonce: 'n-1',
  region: ireland,
  configHash: 'c0ffee',
  canaries: 'right' as const,
  seen: [{ hash: monitorHash('00000000000a'), attempts: [attempt({ address: '192.0.2.7:443' })] as const }],
};

interface Heard {
  readonly path: string;
  readonly kind: unknown;
  readonly event: unknown;
}
type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown } | 'hang' | 'drop';

const heard: Heard[] = [];
let reply: () => Reply;

beforeAll(async () => {
  const port = await servers.http(async (asked, response) => {
    const event = JSON.parse(await text(asked));
    heard.push({ path: decodeURIComponent(asked.url ?? ''), kind: asked.headers['x-amz-invocation-type'], event });
    const said = reply();
    if (said === 'drop') asked.socket.destroy();
    else if (said !== 'hang') response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers }).end(JSON.stringify(said.body));
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterAll(() => servers.close());
beforeEach(() => {
  heard.length = 0;
});

it('a worker of its own region is invoked, and what it saw is read', async () => {
  reply = () => ({ body: shardAnswerToJson(answer) });
  expect(await shards.probe(request, 2000)).toEqual(answer);
  expect(heard).toEqual([
    {
      path: '/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:twinwatch-probe-worker/invocations',
      kind: 'RequestResponse',
      event: { shard: request },
    },
  ]);
});

it.each<[string, Reply, RegExp]>([
  [
    'threw',
    { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorMessage: 'out of memory' } },
    /^probe-worker eu-west-1: Invoke failed in the function: .*out of memory/,
  ],
  ['answers something else', { body: { nonce: 'n-1' } }, /was answered with what is no answer to it: \{"nonce":"n-1"\}$/],
  ['answers nothing', { body: undefined }, /no answer to it/],
  ['does not answer', 'hang', /took longer than 300 ms/],
])('a worker that %s is an error that says so', async (_case, said, why) => {
  reply = () => said;
  await expect(shards.probe(request, 300)).rejects.toThrow(why);
});

it('a worker that may not be invoked now is a refusal', async () => {
  reply = () => ({ status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: { message: 'Rate Exceeded.' } });
  await expect(shards.probe(request, 2000)).rejects.toThrow(Refused);
});

it('a connection that was kept over a pause may be dead: it is tried once more', async () => {
  let drops = 1;
  reply = () => (drops-- > 0 ? 'drop' : { body: shardAnswerToJson(answer) });
  expect(await shards.probe(request, 3000)).toEqual(answer);
});
