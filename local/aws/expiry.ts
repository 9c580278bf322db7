/** Removes items whose time to live has passed as DynamoDB does: some while afterwards, each replica for itself. */
import { tableName } from '../../src/core/names';
import { partitionKey, sortKey, timeToLiveAttribute } from '../../src/core/table';
import { type Fields, fieldsOf } from './aws-call';
import type { Engine } from './engine';

export interface ExpiryParts {
  readonly engine: Pick<Engine, 'mustCall'>;
  readonly now: () => number;
  /** Between two pages of the table; between the last and the first it is longer. */
  readonly pageEveryMs: number;
}

/** So few at a time that nobody who reads or writes meanwhile has to wait. */
const pageItems = 500;
const restAfterPages = 30;

export class Expiry {
  readonly #parts: ExpiryParts;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(parts: ExpiryParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#next(undefined, this.#parts.pageEveryMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #next(startKey: Fields | undefined, afterMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#sweep(startKey), afterMs);
    this.#timer.unref();
  }

  /** Where the engine does not answer, the same page is tried again. */
  async #sweep(startKey: Fields | undefined): Promise<void> {
    const { pageEveryMs } = this.#parts;
    try {
      const next = await this.#removeExpired(startKey);
      this.#next(next, next === undefined ? pageEveryMs * restAfterPages : pageEveryMs);
    } catch {
      this.#next(startKey, pageEveryMs);
    }
  }

  /** The key after which the table goes on; undefined at its end. */
  async #removeExpired(startKey: Fields | undefined): Promise<Fields | undefined> {
    const { engine } = this.#parts;
    const found = await engine.mustCall('Scan', {
      TableName: tableName,
      Limit: pageItems,
      FilterExpression: '#ttl < :now',
      ProjectionExpression: '#pk, #sk',
      ExpressionAttributeNames: { '#ttl': timeToLiveAttribute, '#pk': partitionKey, '#sk': sortKey },
      ExpressionAttributeValues: this.#nowInSeconds(),
      ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
    });
    for (const item of (found.Items ?? []) as readonly Fields[]) await this.#remove(item);
    return found.LastEvaluatedKey === undefined ? undefined : fieldsOf(found.LastEvaluatedKey);
  }

  /** It may have been written again meanwhile, to live longer. */
  async #remove(item: Fields): Promise<void> {
    const condition = {
      ConditionExpression: '#ttl < :now',
      ExpressionAttributeNames: { '#ttl': timeToLiveAttribute },
      ExpressionAttributeValues: this.#nowInSeconds(),
    };
    const key = { [partitionKey]: item[partitionKey], [sortKey]: item[sortKey] };
    const removed = this.#parts.engine.mustCall('DeleteItem', { TableName: tableName, Key: key, ...condition });
    await removed.catch((error: unknown) => {
      if (!String(error).includes('ConditionalCheckFailedException')) throw error;
    });
  }

  #nowInSeconds(): Fields {
    return { ':now': { N: String(Math.floor(this.#parts.now() / 1000)) } };
  }
}
