/** Every call that twinwatch makes to a table, against a service that speaks DynamoDB: what a replica keeps, and how the service says no. */
import { DeleteTableCommand, DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { createReplica } from '../../src/adapters/dynamodb/replica';
import { type RegionId, regionId } from '../../src/core/basics/brand';
import { tableName } from '../../src/core/names';
import { timeToLiveAttribute } from '../../src/core/table';
import { Refused, type Replica } from '../../src/engine/ports';
import { describeReplica } from '../engine/replica-contract';
import type { Engine } from './engines';

export interface Service {
  readonly name: string;
  readonly start: () => Promise<Engine>;
  /** Not every embedded engine knows that items can expire. */
  readonly hasTimeToLive: boolean;
}

const region: RegionId = regionId('eu-west-1');

export function describeTable({ name, start, hasTimeToLive }: Service): void {
  describeReplica(name, async () => {
    const engine = await start();
    return { replica: replicaOver(engine), close: () => engine.close() };
  });

  describe(`a table of ${name}`, () => {
    let engine: Engine | undefined;
    const replica = (isConsistent = true): Replica => replicaOver(engine!, isConsistent);
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.close());

    it('answers a read that need not be consistent, too', async () => {
      await replica().put({ pk: 'p', sk: 'a', seq: 1 });
      expect(await replica(false).get([{ pk: 'p', sk: 'missing' }])).toEqual([]);
      expect(await replica(false).query('p', 'a', 'a')).toEqual([{ pk: 'p', sk: 'a', seq: 1 }]);
    });

    it.each([
      ['an item of more than 400 kB', (one: Replica) => one.put({ pk: 'p', sk: 'large', bytes: new Uint8Array(410_000) })],
      ['an item with half a key', (one: Replica) => one.put({ pk: 'p', sk: '' })],
      ['an item with half a key, if absent', (one: Replica) => one.putIfAbsent({ pk: '', sk: 'a' })],
      ['more than a hundred keys at once', (one: Replica) => one.get(Array.from({ length: 101 }, (_, n) => ({ pk: 'p', sk: `k${n}` })))],
    ])('says no to %s, and keeps nothing of it', async (_case, ask) => {
      const asking = Promise.resolve(ask(replica()));
      await expect(asking).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('replica eu-west-1: ') });
      await expect(asking).rejects.not.toBeInstanceOf(Refused);
      expect(await replica().get([{ pk: 'p', sk: 'large' }])).toEqual([]);
    });

    if (hasTimeToLive)
      it('lets items expire by the attribute that is written', async () => {
        const specification = { AttributeName: timeToLiveAttribute, Enabled: true };
        await engine!.client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: specification }));
        const { TimeToLiveDescription } = await engine!.client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
        expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'ttl', TimeToLiveStatus: expect.stringMatching(/^ENABL/) });
      });
  });

  describe(`a table of ${name} that is gone`, () => {
    it('is an error by name for every call, and no refusal', async () => {
      const engine = await start();
      try {
        await engine.client.send(new DeleteTableCommand({ TableName: tableName }));
        const replica = replicaOver(engine);
        const item = { pk: 'p', sk: 'a', seq: 1 };
        const calls: readonly (() => Promise<unknown>)[] = [
          () => replica.put(item),
          () => replica.putIfAbsent(item),
          () => replica.putIfNewer(item),
          () => replica.get([item]),
          () => replica.query('p', 'a', 'b'),
        ];
        for (const call of calls) {
          const failure: unknown = await call().then(
            () => 'answered',
            (error: unknown) => error,
          );
          expect(failure).toMatchObject({ name: 'ResourceNotFoundException', message: expect.stringMatching(/^replica eu-west-1: \w+ failed: /) });
          expect(failure).not.toBeInstanceOf(Refused);
        }
      } finally {
        await engine.close();
      }
    });
  });
}

const replicaOver = ({ client }: Engine, isConsistent = true): Replica =>
  createReplica({ region, timeoutMs: 10_000, isConsistent: () => isConsistent, client });
