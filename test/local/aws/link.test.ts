import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { tableName } from '../../../src/core/names';
import { credentials, tableClient } from './dynamo-client';
import { introduce, openWorkshop, regionA, regionB, type TestEdge, type Workshop } from './edge-fixture';

describe('the link between two edges', () => {
  let workshop: Workshop;
  let a: TestEdge;
  let b: TestEdge;

  beforeAll(async () => {
    workshop = openWorkshop();
    const still = { min: 60_000, max: 60_000 };
    [a, b] = await Promise.all([
      workshop.start({ region: regionA, replicas: [regionB], replicationLagMs: still }),
      workshop.start({ region: regionB, replicas: [regionA], replicationLagMs: still, functions: [slowFunction()] }),
    ]);
    introduce(a, b);
  });
  afterAll(() => workshop.close());

  const slowFunction = () => ({
    name: 'slow',
    bundleDir: workshop.bundle('slow', 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 300));'),
    timeoutMs: 5000,
    memoryMb: 64,
    environment: {},
  });

  it('carries a call meant for the other region to its edge', async () => {
    await tableClient(a, regionB).put('PING#us-east-2', 'through a');
    expect(await tableClient(b).get('PING#us-east-2')).toBe('through a');
    expect(await tableClient(a).get('PING#us-east-2')).toBeUndefined();
  });

  it('delays calls by as much as it was told', async () => {
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 200 });
    await sleep(30);
    const before = Date.now();
    await tableClient(a, regionB).get('PING#us-east-2');
    expect(Date.now() - before).toBeGreaterThanOrEqual(195);
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 0 });
  });

  it('is a blackhole when cut: new calls hang until their caller gives up, in that direction alone', async () => {
    a.tell({ kind: 'link', to: regionB, cut: true, delayMs: 0 });
    await sleep(30);
    const read = new GetItemCommand({ TableName: tableName, Key: { pk: { S: 'x' }, sk: { S: 'state' } } });
    const hanging = tableClient(a, regionB).client.send(read, { abortSignal: AbortSignal.timeout(400) });
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    expect(await tableClient(b, regionA).get('x')).toBeUndefined();
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 0 });
  });

  it('swallows the answer of a call that was under way when it was cut', async () => {
    const lambda = new LambdaClient({ endpoint: a.url, region: regionB, credentials, maxAttempts: 1 });
    await lambda.send(new InvokeCommand({ FunctionName: 'slow' }));
    const hanging = lambda.send(new InvokeCommand({ FunctionName: 'slow' }), { abortSignal: AbortSignal.timeout(700) });
    await sleep(100);
    a.tell({ kind: 'link', to: regionB, cut: true, delayMs: 0 });
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 0 });
  });

  it('fails at once when nobody is at its other end', async () => {
    b.process.kill('SIGKILL');
    await new Promise((resolve) => b.process.once('exit', resolve));
    await expect(tableClient(a, regionB).get('x')).rejects.toThrow();
  });

  it('remembers which calls a key made, of which region and with which leading key', async () => {
    const calls = await a.get<unknown[]>('/_twinwatch/calls');
    const call = { function: 'TWINWATCHPROBER', service: 'dynamodb', action: 'PutItem', region: regionB, resource: 'PING#us-east-2' };
    expect(calls).toContainEqual(call);
  });
});
