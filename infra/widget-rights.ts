/** What a widget may do: read what regions say, in the replica of its own region, and nothing else. */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { itemKinds } from '../src/core/table';
import { replicaArn } from './deployed-names';
import type { RightsOf } from './rights';

/** Not what monitors said that called us: that is for whoever asks by name. */
const kindsShown: readonly (typeof itemKinds)[number][] = ['HEAD', 'WATCH', 'LOG', 'BEAT', 'HOUR', 'ROSTER', 'ORDER'];

/** The inline policies of its role, by name. */
export function widgetRightsOf({
  account,
  region,
  logGroupArn,
}: Pick<RightsOf, 'account' | 'region' | 'logGroupArn'>): Readonly<Record<string, PolicyDocument>> {
  return {
    'read-own-replica': new PolicyDocument({
      statements: [
        new PolicyStatement({
          actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'],
          resources: [replicaArn(account, region)],
          conditions: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kindsShown.map((kind) => `${kind}#*`) },
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        }),
      ],
    }),
    'write-own-log': new PolicyDocument({
      statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] })],
    }),
  };
}
