/** Replicas of the global table: the emulator replicates, but does not make replicas for CloudFormation. */
import { DescribeTableCommand, type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { tableName } from '../../../src/core/names';
import type { Bridge } from './bridge';

export const addReplicas: Bridge = {
  name: 'replicas',
  why: 'CloudFormation makes only the replica of its own region here',
  async build({ clients, stacks }) {
    const added: { readonly home: DynamoDBClient; readonly region: string }[] = [];
    for (const stack of stacks) {
      for (const { Properties } of stack.all('AWS::DynamoDB::GlobalTable')) {
        const home = clients.table(stack.region);
        const existing = new Set([stack.region, ...(await replicasOf(home))]);
        const wanted = (Properties.Replicas as readonly { readonly Region: string }[]).map(({ Region }) => Region);
        for (const region of wanted.filter((one) => !existing.has(one))) {
          await home.send(new UpdateTableCommand({ TableName: tableName, ReplicaUpdates: [{ Create: { RegionName: region } }] }));
          added.push({ home, region });
        }
      }
    }
    return {
      did: added.map(({ region }) => `replica in ${region}`),
      async remove() {
        for (const { home, region } of added) {
          await home.send(new UpdateTableCommand({ TableName: tableName, ReplicaUpdates: [{ Delete: { RegionName: region } }] }));
        }
      },
    };
  },
};

async function replicasOf(client: DynamoDBClient): Promise<readonly string[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  return (Table?.Replicas ?? []).flatMap(({ RegionName }) => RegionName ?? []);
}
