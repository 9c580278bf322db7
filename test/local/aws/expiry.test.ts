import { setTimeout as sleep } from 'node:timers/promises';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { tableName } from '../../../src/core/names';
import { eventually } from '../eventually';
import { type TableClient, tableClient } from './dynamo-client';
import { openWorkshop, type Workshop } from './edge-fixture';

describe.each(['auto', 'dynalite'] as const)('items that have a time to live, on the engine "%s"', (engine) => {
  let workshop: Workshop;
  let table: TableClient;

  beforeAll(async () => {
    workshop = openWorkshop();
    table = tableClient(await workshop.start({ engine, expiryPageMs: 10 }));
  });
  afterAll(() => workshop.close());

  const put = async (pk: string, ttl: string | undefined): Promise<void> => {
    const item = { pk: { S: pk }, sk: { S: 'state' }, value: { S: 'here' }, ...(ttl === undefined ? {} : { ttl: { N: ttl } }) };
    await table.client.send(new PutItemCommand({ TableName: tableName, Item: item }));
  };
  const inSeconds = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds);

  it('go a while after it has passed; the others stay', async () => {
    await Promise.all([put('KEEPS', inSeconds(3600)), put('FOREVER', undefined)]);
    await Promise.all(Array.from({ length: 40 }, (_, index) => put(`PAST#${index}`, inSeconds(-60))));
    for (let index = 0; index < 40; index += 1) await eventually(async () => ((await table.get(`PAST#${index}`)) === undefined ? true : undefined));
    await sleep(50);
    expect(await Promise.all(['KEEPS', 'FOREVER'].map(table.get))).toEqual(['here', 'here']);
  });
});
