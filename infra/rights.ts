/** What a function may do, statement by statement. A region reads everything and writes only its own items. */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RegionId } from '../src/core/basics/brand';
import { metricNamespace, topicArn } from '../src/core/names';
import { itemKinds } from '../src/core/table';
import { replicaArn } from './deployed-names';

export interface RightsOf {
  readonly account: string;
  /** The region whose items the function may write. */
  readonly region: RegionId;
  /** Every region with a replica and a topic. */
  readonly regions: readonly RegionId[];
  readonly logGroupArn: string;
}

/** The inline policies of a function's role, by name. */
export function rightsOf(owner: RightsOf): Readonly<Record<string, PolicyDocument>> {
  return {
    'read-every-replica': only(readEveryReplica(owner)),
    'write-own-items': only(writeOwnItems(owner)),
    'tell-every-topic': only(tellEveryTopic(owner)),
    'publish-beats': only(publishBeats()),
    'write-own-log': only(writeOwnLog(owner)),
  };
}

const only = (statement: PolicyStatement) => new PolicyDocument({ statements: [statement] });

const replicas = ({ account, regions }: RightsOf): string[] => regions.map((region) => replicaArn(account, region));

function readEveryReplica(owner: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], resources: replicas(owner) });
}

/** Keys that are absent from a request satisfy `ForAllValues`, so the second condition demands that they are there. */
function writeOwnItems(owner: RightsOf): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: replicas(owner),
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ownPartitions(owner.region) },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
}

/** Written out, because `HEAD#eu-west-1*` would also be the head of a region called `eu-west-10`. */
function ownPartitions(region: RegionId): string[] {
  return itemKinds.flatMap((kind) => [`${kind}#${region}`, `${kind}#${region}#*`, `${kind}#${region}@*`]);
}

/** Where the topic at home fails, that of another region is used. */
function tellEveryTopic({ account, regions }: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['sns:Publish'], resources: regions.map((region) => topicArn(account, region)) });
}

/** CloudWatch has no resource for a metric; the namespace is the only fence. */
function publishBeats(): PolicyStatement {
  return new PolicyStatement({
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': metricNamespace } },
  });
}

function writeOwnLog({ logGroupArn }: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] });
}
