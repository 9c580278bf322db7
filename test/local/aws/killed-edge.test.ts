import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { eventually } from '../eventually';
import { credentials, tableClient } from './dynamo-client';
import { introduce, isAlive, openWorkshop, processState, regionA, regionB, type TestEdge, type Workshop } from './edge-fixture';

describe('an edge that ends', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
  });
  afterEach(() => workshop.close());

  const withFunction = () => ({
    functions: [
      {
        name: 'twinwatch-prober',
        bundleDir: workshop.bundle('idle', 'export const handler = async () => 1;'),
        timeoutMs: 3000,
        memoryMb: 64,
        environment: {},
      },
    ],
  });

  async function startWithFrozenChild(): Promise<{ edge: TestEdge; pids: readonly number[] }> {
    const edge = await workshop.start(withFunction());
    const client = new LambdaClient({ endpoint: edge.url, region: regionA, credentials });
    await client.send(new InvokeCommand({ FunctionName: 'twinwatch-prober' }));
    const pids = edge.children().map(({ pid }) => pid);
    await eventually(() => (processState(pids.at(-1) ?? 0) === 'T' ? true : undefined));
    return { edge, pids };
  }

  it.each(['dynalite', 'auto'] as const)('resends after a restart what it had stored before it was killed, on the engine "%s"', async (engine) => {
    const b = await workshop.start({ engine, region: regionB, replicas: [regionA] });
    const slow = { engine, region: regionA, replicas: [regionB], replicationLagMs: { min: 60_000, max: 60_000 } };
    const a = await workshop.start(slow);
    introduce(a, b);
    await tableClient(a).put('HEAD#eu-west-1', 'kept');
    a.process.kill('SIGKILL');
    await new Promise((resolve) => a.process.once('exit', resolve));
    const again = await workshop.start({ ...slow, port: a.port });
    expect(again.port).toBe(a.port);
    introduce(again, b);
    expect(await eventually(() => tableClient(b).get('HEAD#eu-west-1'))).toBe('kept');
    expect(await tableClient(again).get('HEAD#eu-west-1')).toBe('kept');
  });

  it('delivers after a restart what its topic had accepted before it was killed, and that once', async () => {
    const posts: { readonly id: unknown; readonly status: number }[] = [];
    let status = 503;
    const receiver = createServer((request, response) => {
      posts.push({ id: request.headers['x-amz-sns-message-id'], status });
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    receiver.unref();
    const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const spec = { subscriptions: [{ name: 'hook', protocol: 'http' as const, endpoint }] };
    const edge = await workshop.start(spec);
    const sns = new SNSClient({ endpoint: edge.url, region: regionA, credentials, maxAttempts: 1 });
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:000000000000:twinwatch-alerts', Message: 'hello' }));
    await eventually(() => posts.at(0));
    edge.process.kill('SIGKILL');
    await new Promise((resolve) => edge.process.once('exit', resolve));
    status = 200;
    const again = await workshop.start(spec);
    await again.message('delivery', (message) => message.status === 'delivered' && message.messageId === MessageId);
    expect(posts).toEqual([
      { id: MessageId, status: 503 },
      { id: MessageId, status: 200 },
    ]);
    await eventually(() => readdirSync(join(edge.spec.dataDir, 'outgoing')).length === 0 || undefined);
    receiver.close();
  });

  it('takes its children with it also when the executor of its last will was killed before', async () => {
    const { edge, pids } = await startWithFrozenChild();
    const executorOf = () => childrenOf(edge.process.pid ?? 0).find((pid) => !pids.includes(pid) && isAlive(pid));
    const first = executorOf() ?? 0;
    process.kill(first, 'SIGKILL');
    await eventually(() => (executorOf() ?? first) !== first || undefined);
    edge.process.kill('SIGKILL');
    await eventually(() => (pids.some(isAlive) ? undefined : true));
  });

  it('takes its engine and its frozen environments with it when it is killed', async () => {
    const { edge, pids } = await startWithFrozenChild();
    edge.process.kill('SIGKILL');
    await eventually(() => (pids.some(isAlive) ? undefined : true));
  });

  it('ends all children when the supervisor is gone', async () => {
    const { edge, pids } = await startWithFrozenChild();
    const ended = new Promise((resolve) => edge.process.once('exit', resolve));
    edge.process.disconnect();
    await ended;
    await eventually(() => (pids.some(isAlive) ? undefined : true));
  });

  it('ends a child that an earlier edge left behind', async () => {
    const { edge, pids } = await startWithFrozenChild();
    const remembered = readFileSync(join(edge.spec.dataDir, 'engine.pid'), 'utf8');
    expect(remembered).toBe(`${pids[0]}\n`);
    const executor = childrenOf(edge.process.pid ?? 0).find((pid) => !pids.includes(pid));
    process.kill(executor ?? 0, 'SIGKILL');
    edge.process.kill('SIGKILL');
    await new Promise((resolve) => edge.process.once('exit', resolve));
    expect(pids.every(isAlive)).toBe(true);
    await workshop.start(withFunction());
    expect(pids.some(isAlive)).toBe(false);
  });

  it('says what is wrong when its port is in use', async () => {
    const { edge } = await startWithFrozenChild();
    const refused = workshop.start({ region: regionB, port: edge.port });
    await expect(refused).rejects.toThrow(`port ${edge.port} is in use`);
  });
});

function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}
