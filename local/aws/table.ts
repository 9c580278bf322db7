/** DynamoDB with a global table: calls pass to the engine, and every write is on its way to the peers. */

import { tableName } from '../../src/core/names';
import { type Key, partitionKey, sortKey } from '../../src/core/table';
import { type AwsCall, type Fields, fieldsOf } from './aws-call';
import { refusalAnswer, unknownAction } from './aws-refusal';
import { damagedCode, type Engine } from './engine';
import type { Faults } from './faults';
import type { Answer } from './http-exchange';
import { type ItemClock, newerThanStored } from './item-time';
import type { Replicator } from './replicator';

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'DescribeTable']);

export interface TableParts {
  readonly engine: Engine;
  readonly clock: ItemClock;
  readonly replicators: readonly Replicator[];
  /** Something keeps it from storing: a full disk, a damaged file. */
  readonly onTrouble: (problem: string) => void;
}

export class Table {
  readonly #parts: TableParts;
  #fault: Faults['table'] = 'well';

  constructor(parts: TableParts) {
    this.#parts = parts;
  }

  /** Throttled, it refuses every call; what comes from the peers is no call. Down, its database hangs. */
  afflict(fault: Faults['table']): void {
    this.#fault = fault;
    this.#parts.engine.hold(fault === 'down');
  }

  async serve({ action, input }: AwsCall): Promise<Answer> {
    if (this.#fault === 'throttled') return refusalAnswer('dynamodb', throttled);
    try {
      if (action === 'PutItem') return await this.#put(input);
      if (reads.has(action)) return this.#looked(await this.#parts.engine.call(action, input));
      return refusalAnswer('dynamodb', unknownAction('dynamodb', action));
    } catch (error) {
      this.#tellTrouble(error as NodeJS.ErrnoException);
      return refusalAnswer('dynamodb', { status: 500, code: 'InternalServerError', message: `the engine does not answer: ${error}` });
    }
  }

  /** Stores what a peer sent, where it is newer. Throws when the engine does not store, so that the peer sends again. */
  async storeReplicated(items: readonly Fields[]): Promise<void> {
    await Promise.all(items.map((item) => this.#storeNewer(item)));
  }

  async #put(input: Fields): Promise<Answer> {
    const { engine, clock, replicators } = this.#parts;
    const item = fieldsOf(input.Item);
    const key = keyOf(item);
    if (key === undefined) return engine.call('PutItem', input);
    const marked: Replicator[] = [];
    let wasRefused = true;
    try {
      for (const replicator of replicators) {
        replicator.mark(key);
        marked.push(replicator);
      }
      wasRefused = false;
      const answer = this.#looked(await engine.call('PutItem', { ...input, Item: clock.stamp(item) }));
      wasRefused = answer.status >= 400 && answer.status < 500;
      return answer;
    } finally {
      // Without an answer the item may have been stored: then it is sent, which is harmless if it was not.
      for (const replicator of marked) wasRefused ? replicator.refuse(key) : replicator.accept(key);
    }
  }

  /** What mends itself, as a database that is started again, is no trouble. */
  #tellTrouble({ code, message }: NodeJS.ErrnoException): void {
    if (code === 'ENOSPC') this.#parts.onTrouble('no space is left on its disk');
    if (code === damagedCode) this.#parts.onTrouble(message);
  }

  /** An engine that is whole never answers with an error of its own. */
  #looked(answer: Answer): Answer {
    if (answer.status >= 500) this.#parts.onTrouble(`its database says: ${String(answer.body).slice(0, 200)}`);
    return answer;
  }

  async #storeNewer(item: Fields): Promise<void> {
    const answer = this.#looked(await this.#parts.engine.call('PutItem', { TableName: tableName, Item: item, ...newerThanStored(item) }));
    if (answer.status === 200 || String(answer.body).includes('ConditionalCheckFailedException')) return;
    throw new Error(`the engine refused a replicated item: ${answer.body}`);
  }
}

const throttled = {
  status: 400,
  code: 'ProvisionedThroughputExceededException',
  message: 'The level of configured provisioned throughput for the table was exceeded.',
};

/** Nothing when the item has no such key, about which the engine complains better. */
function keyOf(item: Fields): Key | undefined {
  const [pk, sk] = [partitionKey, sortKey].map((name) => fieldsOf(item[name]).S);
  return typeof pk === 'string' && typeof sk === 'string' ? { pk, sk } : undefined;
}
