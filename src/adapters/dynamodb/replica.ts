/** One replica of the global table, over DynamoDB's own wire types. */
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { RegionId } from '../../core/basics/brand';
import { tableName } from '../../core/names';
import type { Item, Key } from '../../core/table';
import type { Replica, Written } from '../../engine/ports';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';
import { marshal, unmarshal, type WireItem } from './marshal';

export interface ReplicaOptions {
  readonly region: RegionId;
  /** For each call as a whole, retries and pages included. */
  readonly timeoutMs: number;
  /** Of which partitions reads must see every write made here before; twice the price. */
  readonly isConsistent: (partition: string) => boolean;
  readonly client?: DynamoDBClient | undefined;
}

interface Table {
  readonly client: DynamoDBClient;
  readonly isConsistent: (partition: string) => boolean;
}

export function createReplica({ region, timeoutMs, isConsistent, client }: ReplicaOptions): Replica {
  const table: Table = { client: client ?? clientOf(region), isConsistent };
  const call = <T>(name: string, body: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    limited({ what: `replica ${region}: ${name}`, limitMs: timeoutMs }, body);
  return {
    region,
    get: (keys) => call('BatchGetItem', (signal) => getItems(table, keys, signal)),
    query: (partition, from, to) => call('Query', (signal) => queryItems(table, { partition, from, to }, signal)),
    put: (item) =>
      call('PutItem', async (signal) => {
        await table.client.send(new PutItemCommand({ TableName: tableName, Item: marshal(item) }), { abortSignal: signal });
      }),
    putIfAbsent: (item) => call('PutItem', (signal) => putIf(table, item, { condition: absent, signal })),
    putIfNewer: (item) => call('PutItem', (signal) => putIf(table, item, { condition: newerThan(item), signal })),
  };
}

const clientOf = oncePerRegion((region) => new DynamoDBClient(clientOptions(region)));

/** One call for what must be consistent, and one for what need not be: the service takes no mixture. */
async function getItems(table: Table, keys: readonly Key[], signal: AbortSignal): Promise<Item[]> {
  const own = keys.filter(({ pk }) => table.isConsistent(pk));
  const others = keys.filter(({ pk }) => !table.isConsistent(pk));
  const asked = [getAlike(table.client, own, { isConsistent: true, signal }), getAlike(table.client, others, { isConsistent: false, signal })];
  return (await Promise.all(asked)).flat();
}

interface Asking {
  readonly isConsistent: boolean;
  readonly signal: AbortSignal;
}

/** Asks again for what the service left over. */
async function getAlike(client: DynamoDBClient, keys: readonly Key[], { isConsistent, signal }: Asking): Promise<Item[]> {
  const items: Item[] = [];
  let wanted: WireItem[] = distinct(keys).map(({ pk, sk }) => marshal({ pk, sk }));
  for (let attempt = 0; wanted.length > 0; attempt += 1) {
    signal.throwIfAborted();
    if (attempt > 0) await pause(25 * 2 ** attempt);
    const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: isConsistent } } });
    const found = await client.send(command, { abortSignal: signal });
    items.push(...unmarshalled(found.Responses?.[tableName]));
    wanted = found.UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items;
}

interface Range {
  readonly partition: string;
  readonly from: string;
  readonly to: string;
}

async function queryItems({ client, isConsistent }: Table, { partition, from, to }: Range, signal: AbortSignal): Promise<Item[]> {
  // The service calls an empty range an error.
  if (from > to) return [];
  const items: Item[] = [];
  let start: WireItem | undefined;
  do {
    signal.throwIfAborted();
    const command = new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: from }, ':to': { S: to } },
      ConsistentRead: isConsistent(partition),
      ExclusiveStartKey: start,
    });
    const page = await client.send(command, { abortSignal: signal });
    items.push(...unmarshalled(page.Items));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

const absent: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

function newerThan(item: Item): Condition {
  const { seq } = item;
  if (typeof seq !== 'number') throw new Error(`item ${item.pk} / ${item.sk} has no number "seq" to compare`);
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #seq < :seq',
    ExpressionAttributeNames: { '#seq': 'seq' },
    ExpressionAttributeValues: { ':seq': { N: String(seq) } },
  };
}

async function putIf(table: Table, item: Item, { condition, signal }: { condition: Condition; signal: AbortSignal }): Promise<Written> {
  try {
    await table.client.send(new PutItemCommand({ TableName: tableName, Item: marshal(item), ...condition }), { abortSignal: signal });
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const isRepeated = (error.$metadata.attempts ?? 1) > 1;
    return isRepeated && (await isStored(table, item, signal)) ? 'written' : 'refused';
  }
}

/** A repeated write may be refused by its own first attempt, whose answer was lost: then what is stored is what was to be written. */
async function isStored({ client }: Table, item: Item, signal: AbortSignal): Promise<boolean> {
  const [stored] = await getAlike(client, [item], { isConsistent: true, signal });
  return stored !== undefined && fingerprint(stored) === fingerprint(item);
}

const fingerprint = (item: Item): string =>
  JSON.stringify(
    Object.entries(item)
      .map(([name, value]) => [name, value instanceof Uint8Array ? [...value] : value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const unmarshalled = (wire: readonly WireItem[] | undefined): Item[] => (wire ?? []).map(unmarshal).filter((item) => item !== undefined);

/** The service calls a key that is asked for twice an error. */
const distinct = (keys: readonly Key[]): Key[] => [...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values()];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
