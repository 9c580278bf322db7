import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { credentials, tableClient } from './dynamo-client';
import { eventually, introduce, isAlive, openWorkshop, processState, regionA, regionB, type TestEdge, type Workshop } from './edge-fixture';

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
