/** Sends what changed here to one peer, late and in no order between keys, until the peer has it. */

import { tableName } from '../../src/core/names';
import type { Key } from '../../src/core/table';
import { type Fields, fieldsOf } from './aws-call';
import type { Engine } from './engine';
import type { Link } from './link';
import type { Outbox } from './outbox';

export const replicatePath = '/_twinwatch/replicate';

/** After this the peer is asked anew; a cut link is a blackhole, so somebody has to give up. */
const sendTimeoutMs = 2000;
const retryMs = 500;
const keysPerRequest = 50;
const requestsAtOnce = 4;
/** Items due within this travel together. */
const togetherMs = 5;

export interface ReplicatorParts {
  readonly link: Link;
  readonly outbox: Outbox;
  readonly engine: Engine;
  readonly lagMs: { readonly min: number; readonly max: number };
}

export class Replicator {
  readonly #parts: ReplicatorParts;
  #timer: NodeJS.Timeout | undefined;
  #requests = 0;
  #lagMs = 0;
  #stopped = false;

  constructor(parts: ReplicatorParts) {
    this.#parts = parts;
  }

  get length(): number {
    return this.#parts.outbox.length;
  }

  mark(key: Key): void {
    this.#parts.outbox.mark(key);
  }

  refuse(key: Key): void {
    this.#parts.outbox.refuse(key);
  }

  accept(key: Key): void {
    const { min, max } = this.#parts.lagMs;
    this.#parts.outbox.accept(key, Date.now() + this.#lagMs + min + Math.random() * (max - min));
    this.wake();
  }

  /** So much later than usual; when it becomes less, nothing waits for the time that was. */
  setLag(lagMs: number): void {
    if (lagMs < this.#lagMs) this.#parts.outbox.hasten(Date.now() + lagMs);
    this.#lagMs = lagMs;
    this.wake();
  }

  wake(): void {
    clearTimeout(this.#timer);
    const dueAt = this.#parts.outbox.nextDueAt();
    if (dueAt === undefined || this.#stopped || this.#requests >= requestsAtOnce) return;
    this.#timer = setTimeout(() => this.#sendDue(), Math.max(0, dueAt - Date.now()));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #sendDue(): void {
    const keys = this.#parts.outbox.take(Date.now() + togetherMs, keysPerRequest);
    if (keys.length > 0) {
      this.#requests += 1;
      void this.#sendKeys(keys).finally(() => {
        this.#requests -= 1;
        this.wake();
      });
    }
    this.wake();
  }

  async #sendKeys(keys: readonly Key[]): Promise<void> {
    const { outbox } = this.#parts;
    try {
      await this.#sendItems(keys);
      for (const key of keys) outbox.acknowledge(key);
    } catch {
      for (const key of keys) outbox.postpone(key, Date.now() + retryMs);
    }
  }

  /** The current items, not those that were put: an older one has nothing to say any more. */
  async #sendItems(keys: readonly Key[]): Promise<void> {
    const { link, engine } = this.#parts;
    if (link.isCut) throw new Error('the link is cut');
    const wanted = { Keys: keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } })), ConsistentRead: true };
    const read = await engine.mustCall('BatchGetItem', { RequestItems: { [tableName]: wanted } });
    if (Object.keys(fieldsOf(read.UnprocessedKeys)).length > 0) throw new Error('the engine read only some of the items');
    const items = fieldsOf(read.Responses)[tableName] as readonly Fields[];
    const parcel = { target: replicatePath, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ items }) };
    const answer = await link.send(parcel, AbortSignal.timeout(sendTimeoutMs));
    if (answer.status !== 200) throw new Error(`${link.to} did not store the items: ${answer.status}`);
  }
}
