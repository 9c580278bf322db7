/** What a relay may do: read the logs of all regions at home, write into that of its own region, and read its secrets. */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { writerAt } from '../src/core/table';
import { replicaArn } from './deployed-names';
import type { RightsOf } from './rights';
import { secretRights } from './secret-rights';

interface Relaying extends Pick<RightsOf, 'account' | 'region' | 'regions' | 'logGroupArn' | 'secrets'> {
  /** Topics that Amazon Q listens to. */
  readonly chatTopics: readonly string[];
}

/** The inline policies of its role, by name. */
export function relayRightsOf(owner: Relaying): Readonly<Record<string, PolicyDocument>> {
  return {
    'read-all-logs': new PolicyDocument({ statements: [readLogs(owner)] }),
    'write-own-receipts': new PolicyDocument({ statements: owner.regions.map((replica) => writeReceipts(owner, replica)) }),
    ...(owner.chatTopics.length === 0 ? {} : { 'tell-chat-topics': new PolicyDocument({ statements: [tellChat(owner)] }) }),
    ...secretRights(owner),
    'write-own-log': new PolicyDocument({
      statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [owner.logGroupArn] })],
    }),
  };
}

/** Keys that are absent from a request satisfy `ForAllValues`, so the second condition demands that they are there. */
function readLogs({ account, region }: Relaying): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:Query'],
    resources: [replicaArn(account, region)],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['LOG#*'] }, Null: { 'dynamodb:LeadingKeys': 'false' } },
  });
}

const tellChat = ({ chatTopics }: Relaying): PolicyStatement => new PolicyStatement({ actions: ['sns:Publish'], resources: [...chatTopics] });

/** In the replica of another region under the key that says so. */
function writeReceipts({ account, region }: Relaying, replica: Relaying['region']): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [replicaArn(account, replica)],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`LOG#${writerAt(region, replica)}`, `LOG#${writerAt(region, replica)}#*`] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
}
