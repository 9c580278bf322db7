/** A table of one region as a whole, as an operator reads and fills it; no function of ours ever does. */
import { type AttributeValue, DescribeTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { RegionId } from '../../core/basics/brand';
import { limited } from '../aws/limited-call';
import { clientOptions } from '../aws/regional-client';
import type { WireItem } from './marshal';

export interface WholeTable {
  readonly region: RegionId;
  readonly name: string;
  /** Such as `pk HASH S, sk RANGE S`; undefined where there is no such table. */
  keys(): Promise<string | undefined>;
  /** Every item, page by page, each as it is when its page is read. */
  pages(): AsyncIterable<readonly WireItem[]>;
  isEmpty(): Promise<boolean>;
  /** `kept`: what is stored under this key is as new, by its `seq`, or has none to compare. */
  putNewer(item: WireItem): Promise<'written' | 'kept'>;
}

export interface TableToOpen {
  readonly region: RegionId;
  readonly name: string;
  /** Of a local system; AWS itself where there is none. */
  readonly endpoint?: string | undefined;
  readonly client?: DynamoDBClient | undefined;
}

interface Opened {
  readonly client: DynamoDBClient;
  readonly TableName: string;
  readonly call: <T>(name: string, body: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}

export function openWholeTable({ region, name, endpoint, client }: TableToOpen): WholeTable {
  const opened: Opened = {
    client: client ?? newClient(region, endpoint),
    TableName: name,
    call: (action, body) => limited({ what: `table ${name} in ${region}: ${action}`, limitMs }, body),
  };
  return {
    region,
    name,
    keys: () => keysOf(opened),
    pages: () => pagesOf(opened),
    isEmpty: async () => {
      for await (const page of pagesOf(opened, 1)) if (page.length > 0) return false;
      return true;
    },
    putNewer: (item) => putNewer(opened, item),
  };
}

/** For each call, with everything that the SDK tries again: a table on demand throttles for a while when it is filled fast. */
const limitMs = 60_000;

function newClient(region: RegionId, endpoint: string | undefined): DynamoDBClient {
  const patient = { ...clientOptions(region), maxAttempts: 10, requestHandler: { ...clientOptions(region).requestHandler, requestTimeout: 10_000 } };
  return new DynamoDBClient(endpoint === undefined ? patient : { ...patient, endpoint, credentials: { accessKeyId: 'operator', secretAccessKey: 'local' } });
}

async function keysOf({ client, TableName, call }: Opened): Promise<string | undefined> {
  try {
    const { Table } = await call('DescribeTable', (abortSignal) => client.send(new DescribeTableCommand({ TableName }), { abortSignal }));
    const typeOf = (name: string | undefined): string => Table?.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? '?';
    return (Table?.KeySchema ?? []).map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType} ${typeOf(AttributeName)}`).join(', ');
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function* pagesOf({ client, TableName, call }: Opened, Limit?: number): AsyncGenerator<readonly WireItem[]> {
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const command = new ScanCommand({ TableName, Limit, ExclusiveStartKey, ConsistentRead: true });
    const page = await call('Scan', (abortSignal) => client.send(command, { abortSignal }));
    yield page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

async function putNewer({ client, TableName, call }: Opened, item: WireItem): Promise<'written' | 'kept'> {
  const command = new PutItemCommand({ TableName, Item: item, ...newerThan(item) });
  try {
    await call('PutItem', async (abortSignal) => {
      await client.send(command, { abortSignal });
    });
    return 'written';
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'kept';
    throw error;
  }
}

function newerThan({ seq }: WireItem) {
  if (seq?.N === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #seq < :seq',
    ExpressionAttributeNames: { '#seq': 'seq' },
    ExpressionAttributeValues: { ':seq': { N: seq.N } },
  };
}
