/** What a function may do, statement by statement. A region reads everything and writes only its own items. */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RegionId } from '../src/core/basics/brand';
import { functionArn, metricNamespace, topicArn } from '../src/core/names';
import { itemKinds } from '../src/core/table';
import { replicaArn } from './deployed-names';

export interface RightsOf {
  readonly account: string;
  /** The region whose items the function may write. */
  readonly region: RegionId;
  /** Every region with a replica and a topic. */
  readonly regions: readonly RegionId[];
  readonly probers: readonly RegionId[];
  readonly logGroupArn: string;
  /** The queue in which its turns wait, where it has one. */
  readonly turnQueueArn: string | undefined;
}

/** The inline policies of a function's role, by name. */
export function rightsOf(owner: RightsOf): Readonly<Record<string, PolicyDocument>> {
  return {
    'poke-probers': only(pokeProbers(owner)),
    ...(owner.turnQueueArn === undefined ? {} : { 'take-own-turns': only(takeTurns(owner.turnQueueArn)) }),
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

/** What Lambda does with a queue in the name of the function. */
function takeTurns(queueArn: string): PolicyStatement {
  return new PolicyStatement({ actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resources: [queueArn] });
}

/** Also the one beside it: a watchdog is the first to see that its own prober hangs. Without a version: what a poke is to reach is what the schedule runs. */
function pokeProbers({ account, probers }: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: probers.map((prober) => functionArn(account, prober, 'prober')) });
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
