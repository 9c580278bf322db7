/** Time to live: the emulator deletes what has expired, but does not hear of it from CloudFormation's global table. */
import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { tableName } from '../../../src/core/names';
import type { Bridge } from './bridge';

interface Specification {
  readonly AttributeName: string;
  readonly Enabled: boolean;
}

export const setTimeToLive: Bridge = {
  name: 'time-to-live',
  why: 'the TimeToLiveSpecification of a global table is ignored here',
  async build({ clients, stacks }) {
    const did: string[] = [];
    for (const stack of stacks) {
      for (const { Properties } of stack.all('AWS::DynamoDB::GlobalTable')) {
        const TimeToLiveSpecification = Properties.TimeToLiveSpecification as Specification;
        for (const { Region } of Properties.Replicas as readonly { readonly Region: string }[]) {
          const client = clients.table(Region);
          const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
          if (TimeToLiveDescription?.TimeToLiveStatus?.startsWith('ENABL')) continue;
          await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification }));
          did.push(`items of ${Region} expire by \`${TimeToLiveSpecification.AttributeName}\``);
        }
      }
    }
    // It goes with the table.
    return { did, remove: () => Promise.resolve() };
  },
};
