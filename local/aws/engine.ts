/** The embedded database of a region: a process of its own, started again at once when it dies. */
import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { tableName } from '../../src/core/names';
import { partitionKey, sortKey } from '../../src/core/table';
import { type Fields, fieldsOf } from './aws-call';
import type { Children } from './children';
import type { EngineProgram } from './engine-program';
import type { Answer } from './http-exchange';
import { sendHttp } from './http-send';
import { killQuietly } from './pid-file';

/** Longer than any call of ours may take, and than anyone waits for it. */
const callTimeoutMs = 10_000;
const startTimeoutMs = 15_000;
/** A port may have been taken in between, once; what cannot start so often will not. */
const stillbornMost = 3;
export const damagedCode = 'database-damaged';
const mendDatabase = 'Its last words are in logs/engine.log; put a copy back, or move it away: that region then begins empty, and what only it knew is lost';

export class Engine {
  readonly #program: EngineProgram;
  readonly #children: Children;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  #port = 0;
  #ready: Promise<void> = Promise.resolve();
  #stopping = false;
  #pid: number | undefined;
  #isHeld = false;
  /** How often it has ended before it answered once. */
  #stillborn = 0;

  constructor(program: EngineProgram, children: Children) {
    this.#program = program;
    this.#children = children;
  }

  /** Resolves when the table is there. */
  async start(): Promise<void> {
    this.#ready = this.#run();
    await this.#ready;
  }

  /** Frozen, it takes calls and answers none; the one that follows a database that died is frozen, too. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    if (this.#pid !== undefined) killQuietly(this.#pid, isHeld ? 'SIGSTOP' : 'SIGCONT');
  }

  stop(): void {
    this.#stopping = true;
    this.#agent.destroy();
  }

  /** Throws when the engine does not answer. */
  async call(action: string, input: Fields): Promise<Answer> {
    await this.#ready;
    return this.#send(action, JSON.stringify(input));
  }

  /** A call of the edge's own, of which nothing but success is expected. */
  async mustCall(action: string, input: Fields): Promise<Fields> {
    return succeeded(action, await this.call(action, input));
  }

  async #run(): Promise<void> {
    this.#port = await freePort();
    const startedAt = Date.now();
    this.#pid = this.#children.start({ name: 'engine', ledger: 'engine', ...this.#program.command(this.#port) }, () => {
      if (this.#stopping) return;
      this.#stillborn += 1;
      this.#ready = this.#runAgain(startedAt);
      // Whoever calls the engine learns of it; until then it is nobody's error.
      this.#ready.catch(() => undefined);
    });
    await this.#openTable();
    if (this.#isHeld) killQuietly(this.#pid, 'SIGSTOP');
  }

  /** At once, unless it died young: then a broken database would be started in a hot loop. */
  async #runAgain(startedAt: number): Promise<void> {
    if (Date.now() - startedAt < 1000) await sleep(500);
    if (!this.#stopping) await this.#run();
  }

  async #openTable(): Promise<void> {
    const giveUpAt = Date.now() + startTimeoutMs;
    let problem: unknown;
    while (Date.now() < giveUpAt && !this.#stopping) {
      try {
        if (await this.#tableIsThere()) {
          this.#stillborn = 0;
          return;
        }
      } catch (error) {
        problem = error;
      }
      if (this.#stillborn >= stillbornMost) throw this.#damaged();
      await sleep(15);
    }
    throw new Error(`the database of this region did not start within ${startTimeoutMs / 1000} s; its last words are in logs/engine.log`, { cause: problem });
  }

  #damaged(): Error {
    const problem = `the database of this region ends as soon as it is started: ${this.#program.files} may be damaged. ${mendDatabase}`;
    return Object.assign(new Error(problem), { code: damagedCode });
  }

  async #tableIsThere(): Promise<boolean> {
    const described = await this.#send('DescribeTable', JSON.stringify({ TableName: tableName }));
    if (described.status === 200) return fieldsOf(fieldsOf(JSON.parse(String(described.body))).Table).TableStatus === 'ACTIVE';
    succeeded('CreateTable', await this.#send('CreateTable', JSON.stringify(tableDescription)));
    return false;
  }

  async #send(action: string, body: string): Promise<Answer> {
    const headers = { ...signature, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${action}` };
    return sendHttp(
      { url: `http://127.0.0.1:${this.#port}/`, method: 'POST', headers, body },
      { agent: this.#agent, signal: AbortSignal.timeout(callTimeoutMs) },
    );
  }
}

/** Engines want a signature to be there; none of them checks it. */
const signature = {
  authorization: 'AWS4-HMAC-SHA256 Credential=EDGE/20260101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
  'x-amz-date': '20260101T000000Z',
};

const tableDescription = {
  TableName: tableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [partitionKey, sortKey].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ],
};

function succeeded(action: string, answer: Answer): Fields {
  if (answer.status !== 200) throw new Error(`the database refused ${action}: ${answer.body}`);
  return fieldsOf(JSON.parse(String(answer.body)));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
