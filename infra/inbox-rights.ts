/** What an inbox may do: read and write the pings of its own region, in every replica, and nothing else. */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { replicaArn } from './deployed-names';
import type { RightsOf } from './rights';

/** The inline policies of its role, by name. */
export function inboxRightsOf(owner: Pick<RightsOf, 'account' | 'region' | 'regions' | 'logGroupArn'>): Readonly<Record<string, PolicyDocument>> {
  return {
    'read-and-write-own-pings': new PolicyDocument({ statements: [ownPings(owner)] }),
    'write-own-log': new PolicyDocument({
      statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [owner.logGroupArn] })],
    }),
  };
}

/** Keys that are absent from a request satisfy `ForAllValues`, so the second condition demands that they are there. */
function ownPings({ account, region, regions }: Pick<RightsOf, 'account' | 'region' | 'regions'>): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'],
    resources: regions.map((replica) => replicaArn(account, replica)),
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`PING#${region}`, `PING#${region}#*`, `PING#${region}@*`] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
}
