/** The table that CloudFormation made, written into a file and imported into another one: nothing of it is lost, and its epoch is over. */
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { regionId } from '../../src/core/basics/brand';
import { firstOfEpochAfter } from '../../src/core/sequence';
import { claimKey, onlyShard, partitionKey, sortKey } from '../../src/core/table';
import type { Clients } from './clients';
import { type Commands, type Said, twinwatch } from './roll-out';
import type { Steps } from './steps';
import { probers } from './world';

export interface Restoring {
  readonly commands: Commands;
  readonly clients: Clients;
  readonly steps: Steps;
}

const rehearsal = 'twinwatch-rehearsal';

export async function proveRestore({ commands, clients, steps }: Restoring): Promise<void> {
  const [home] = probers;
  const client = clients.table(home);
  await steps.step('export the table, and import it into another', async () => {
    const file = join(commands.folder, 'table.jsonl');
    const written = await twinwatch(commands, 'export', file, '--region', home, '--json');
    const exported = answerOf(written);
    steps.fact('the table is exported while the system runs', written.code === 0 && Number(exported.items) > 20, written.text.slice(0, 300));
    const full = await twinwatch(commands, 'import-table', file, '--region', home);
    steps.fact('it is not imported into the one that is in use', full.code === 2 && full.text.includes('is not empty'), full.text.slice(0, 160));
    await client.send(new CreateTableCommand(rehearsalTable));
    const into = ['import-table', file, '--region', home, '--table', rehearsal, '--json'] as const;
    const imported = answerOf(await twinwatch(commands, ...into));
    const isWhole = imported.imported === true && imported.written === exported.items && imported.kept === 0;
    steps.fact('every item is imported into an empty table', isWhole, JSON.stringify(imported).slice(0, 300));
    const { pk, sk } = claimKey(regionId(home), onlyShard);
    const { Item } = await client.send(new GetItemCommand({ TableName: rehearsal, Key: { pk: { S: pk }, sk: { S: sk } } }));
    steps.fact('a new epoch has begun in it', Item?.seq?.N === String(firstOfEpochAfter(0)), Item?.seq?.N);
    await client.send(new DeleteTableCommand({ TableName: rehearsal }));
  });
}

const rehearsalTable = {
  TableName: rehearsal,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ],
};

/** Progress is on the lines before. */
function answerOf({ text }: Said): Readonly<Record<string, unknown>> {
  const line = text.split('\n').findLast((one) => one.startsWith('{') && !one.startsWith('{"progress"'));
  return line === undefined ? {} : JSON.parse(line);
}
