/** The real replica, against real engines and against a service that misbehaves. */
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createReplica } from '../../src/adapters/dynamodb/replica';
import { regionId } from '../../src/core/basics/brand';
import { tableName } from '../../src/core/names';
import { Refused, type Replica } from '../../src/engine/ports';
import { hasDynoxide, startDynalite, startDynoxide, testClient } from './engines';
import { startServers } from './servers';
import { describeTable } from './table-contract';

const region = regionId('eu-west-1');

describeTable({ name: 'DynamoDB as dynalite', start: startDynalite, hasTimeToLive: false });
if (hasDynoxide) describeTable({ name: 'DynamoDB as dynoxide', start: startDynoxide, hasTimeToLive: true });

describe('an item of someone else', () => {
  it('is read without the attributes that we never write', async () => {
    const { client, close } = await startDynalite();
    try {
      const Item = { pk: { S: 'p' }, sk: { S: 's' }, yes: { BOOL: true }, list: { L: [{ S: 'x' }] }, gone: { NULL: true }, set: { SS: ['a'] }, n: { N: '7' } };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
      const replica = createReplica({ region, timeoutMs: 5000, isConsistent: () => true, client });
      expect(await replica.get([{ pk: 'p', sk: 's' }])).toEqual([{ pk: 'p', sk: 's', n: 7 }]);
    } finally {
      await close();
    }
  });
});

describe('a service in trouble', () => {
  const servers = startServers();
  afterAll(() => servers.close());

  interface Answer {
    readonly status?: number;
    readonly body: object | 'hang' | 'drop';
  }

  /** Answers one after the other; the last one again and again. */
  async function service(...answers: Answer[]): Promise<{ replica: (timeoutMs: number) => Replica; asked: Record<string, never>[] }> {
    const asked: Record<string, never>[] = [];
    const port = await servers.http(async (request: IncomingMessage, response) => {
      asked.push(JSON.parse(await text(request)));
      const { status = 200, body } = answers[Math.min(asked.length, answers.length) - 1]!;
      if (body === 'drop') request.socket.destroy();
      else if (body !== 'hang') response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
    const client = testClient(port, { maxAttempts: 2 });
    return { asked, replica: (timeoutMs) => createReplica({ region, timeoutMs, isConsistent: () => true, client }) };
  }

  const refused = {
    status: 400,
    body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'The conditional request failed' },
  };
  const key = { pk: 'p', sk: 's' };
  const wire = { pk: { S: 'p' }, sk: { S: 's' } };

  it('that hangs is given up at the limit, by name', async () => {
    const { replica } = await service({ body: 'hang' });
    const startedAt = performance.now();
    await expect(replica(120).put(key)).rejects.toThrow('replica eu-west-1: PutItem took longer than 120 ms');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('that refuses is told with its own words and the name of its error', async () => {
    const { replica } = await service({ status: 400, body: { __type: 'x#AccessDeniedException', message: 'not authorized' } });
    const querying = replica(5000).query('p', 'a', 'b');
    await expect(querying).rejects.toBeInstanceOf(Refused);
    await expect(querying).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'replica eu-west-1: Query failed: not authorized (AccessDeniedException)',
    });
  });

  it('that leaves keys over is asked again for them alone', async () => {
    const rest = { Keys: [{ pk: { S: 'p' }, sk: { S: 'late' } }], ConsistentRead: true };
    const { replica, asked } = await service(
      { body: { Responses: { [tableName]: [wire] }, UnprocessedKeys: { [tableName]: rest } } },
      { body: { Responses: { [tableName]: [{ pk: { S: 'p' }, sk: { S: 'late' } }] }, UnprocessedKeys: {} } },
    );
    expect(await replica(5000).get([key, { pk: 'p', sk: 'late' }])).toEqual([key, { pk: 'p', sk: 'late' }]);
    expect(asked[1]).toMatchObject({ RequestItems: { [tableName]: rest } });
  });

  it('that leaves keys over for ever is given up at the limit', async () => {
    const { replica } = await service({ body: { Responses: {}, UnprocessedKeys: { [tableName]: { Keys: [wire] } } } });
    await expect(replica(300).get([key])).rejects.toThrow('BatchGetItem took longer than 300 ms');
  });

  it('that loses one connection is asked once more', async () => {
    const { replica, asked } = await service({ body: 'drop' }, { body: {} });
    await replica(5000).put(key);
    expect(asked).toHaveLength(2);
  });

  it('that wrote, lost its answer, and then refuses the repetition, has written', async () => {
    const { replica } = await service({ body: 'drop' }, refused, { body: { Responses: { [tableName]: [{ ...wire, by: { S: 'me' } }] } } });
    expect(await replica(5000).putIfAbsent({ ...key, by: 'me' })).toBe('written');
  });

  it('that lost a connection before another wrote has refused', async () => {
    const { replica } = await service({ body: 'drop' }, refused, { body: { Responses: { [tableName]: [{ ...wire, by: { S: 'other' } }] } } });
    expect(await replica(5000).putIfAbsent({ ...key, by: 'me' })).toBe('refused');
  });

  it('is not asked again when it refuses at once', async () => {
    const { replica, asked } = await service(refused);
    expect(await replica(5000).putIfNewer({ ...key, seq: 1 })).toBe('refused');
    expect(asked).toHaveLength(1);
  });
});
