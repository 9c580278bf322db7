/** Real embedded engines that speak DynamoDB, each on a free port with an empty table. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableName } from '../../src/core/names';
import { partitionKey, sortKey } from '../../src/core/table';

export interface Engine {
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

const dynoxideProgram = join(__dirname, '../../node_modules/@dynoxide/linux-x64/dynoxide');
/** There is a binary for some machines only. */
export const hasDynoxide = existsSync(dynoxideProgram);

export async function startDynoxide(): Promise<Engine> {
  const port = await freePort();
  const child = spawn(dynoxideProgram, ['--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  return withTable(testClient(port), () => ended(child));
}

export async function startDynalite(): Promise<Engine> {
  const dynalite: (options: object) => Server = require('dynalite');
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return withTable(testClient((server.address() as AddressInfo).port), () => new Promise((resolve) => server.close(() => resolve())));
}

/** An emulator that others have started, and will end: the table goes when this one is closed. */
export async function startEmulated(endpoint: string): Promise<Engine> {
  const makeClient = () => new DynamoDBClient({ region: 'ap-south-1', endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  return withTable(makeClient(), async () => {
    const client = makeClient();
    // It may be gone already.
    await client.send(new DeleteTableCommand({ TableName: tableName })).catch(() => undefined);
    client.destroy();
  });
}

export const testClient = (port: number, options: { maxAttempts?: number } = {}): DynamoDBClient =>
  new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    ...options,
  });

async function withTable(client: DynamoDBClient, stop: () => Promise<void>): Promise<Engine> {
  const create = new CreateTableCommand({
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
  });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.send(create);
      break;
    } catch (error) {
      // The process needs a moment before it listens.
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  while (!(await isActive(client))) await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    client,
    async close() {
      client.destroy();
      await stop();
    },
  };
}

/** A table that is still being created takes nothing. */
async function isActive(client: DynamoDBClient): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  return Table?.TableStatus === 'ACTIVE';
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
  await new Promise((resolve) => server.close(resolve));
  return port;
}
