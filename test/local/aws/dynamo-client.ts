/** The table as a function sees it: through the real SDK, asked at one edge and meant for one region. */
import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { tableName } from '../../../src/core/names';
import type { TestEdge } from './edge-fixture';

export interface TableClient {
  readonly client: DynamoDBClient;
  readonly put: (pk: string, value: string, condition?: string) => Promise<void>;
  readonly get: (pk: string) => Promise<string | undefined>;
  readonly batchGet: (pks: readonly string[]) => Promise<readonly (string | undefined)[]>;
  readonly query: (pk: string) => Promise<readonly (string | undefined)[]>;
}

export const credentials = { accessKeyId: 'TWINWATCHPROBER', secretAccessKey: 'local' };

export function tableClient(edge: TestEdge, region: string = edge.spec.region): TableClient {
  const client = new DynamoDBClient({ endpoint: edge.url, region, credentials, maxAttempts: 1 });
  const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'state' } });
  return {
    client,
    put: async (pk, value, condition) => {
      const item = { ...key(pk), value: { S: value } };
      await client.send(new PutItemCommand({ TableName: tableName, Item: item, ConditionExpression: condition }));
    },
    get: async (pk) => (await client.send(new GetItemCommand({ TableName: tableName, Key: key(pk) }))).Item?.value?.S,
    batchGet: async (pks) => {
      const found = await client.send(new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: pks.map(key) } } }));
      return found.Responses?.[tableName]?.map((item) => item.value?.S) ?? [];
    },
    query: async (pk) => {
      const condition = { KeyConditionExpression: '#pk = :pk', ExpressionAttributeNames: { '#pk': 'pk' }, ExpressionAttributeValues: { ':pk': { S: pk } } };
      const found = await client.send(new QueryCommand({ TableName: tableName, ...condition }));
      return found.Items?.map((item) => item.value?.S) ?? [];
    },
  };
}
