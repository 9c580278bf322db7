/**
 * What a function may do, statement by statement, and why. A region reads everything and writes only its own items; in the replica
 * of another region only under the key that says so. Whatever is added here needs its reason in `reasonsOfRights`.
 */
import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RegionId } from '../src/core/basics/brand';
import { type DeployedFunction, type FunctionRole, functionArn, metricNamespace, topicArn } from '../src/core/names';
import { type itemKinds, writerAt } from '../src/core/table';
import { replicaArn } from './deployed-names';
import { secretRights } from './secret-rights';

export interface RightsOf {
  readonly account: string;
  readonly role: FunctionRole;
  /** The region whose items the function may write. */
  readonly region: RegionId;
  /** Every region with a replica and a topic. */
  readonly regions: readonly RegionId[];
  readonly probers: readonly RegionId[];
  readonly logGroupArn: string;
  /** The queue in which its turns wait, where it has one. */
  readonly turnQueueArn: string | undefined;
  /** Whether its region has a relay. */
  readonly hasRelay: boolean;
  /** Whether the prober of its region hands shards to workers. */
  readonly hasWorkers: boolean;
  /** References to what the function reads of Secrets Manager and Parameter Store. */
  readonly secrets: readonly string[];
  /** Whether it stands in subnets of a private network. */
  readonly isInVpc?: boolean | undefined;
}

/** Why a function has each of its rights, by the name of the policy; the inventory prints them. */
export const reasonsOfRights: Readonly<Record<string, string>> = {
  'poke-probers': 'A prober that seems silent is invoked only to say how it is, its own region’s too: hung, stopped, cannot store, or gone.',
  'ask-workers': 'The configuration is more than one function can probe: the workers of its own region probe a shard each.',
  'hand-to-relay': 'What a channel did not take is handed to the relay of its own region again.',
  'read-every-replica': 'Heads, watch records, logs and orders are read at home; from another replica when home does not answer, or a peer seems silent.',
  'write-own-items': 'What this function writes, under its region’s own keys: no other region ever writes them.',
  'tell-every-topic': 'A message goes to the topic at home; to that of another region when home does not take it.',
  'publish-beats': 'The alarms of every region miss it when it stops. CloudWatch has no resource for a metric: the namespace is the fence.',
  'read-own-secrets': 'What the configuration refers to and this function uses, in its own region, by name.',
  'read-own-replica': 'What the dashboard shows is read at home alone, when somebody looks: heads, watch records, logs, beats and roll-ups, and no pings.',
  'read-all-logs': 'What a channel of the relay has been told already, by whichever region.',
  'tell-chat-topics': 'Topics that the configuration names, and Amazon Q in chat applications listens to.',
  'write-own-receipts': 'What became of each message at each channel of the relay, in the log of its own region and in no other.',
  'read-and-write-own-pings': 'The pings that this region received: at home, and where home does not take them, in another replica under the key that says so.',
  'take-own-turns': 'Lambda takes the turns out of the queue in the name of the function.',
  'stand-in-vpc': 'Lambda connects the function to its subnets in its name, and checks this on all resources. What the function itself runs is denied it.',
  'write-own-log': 'Lambda writes the function’s log in its name, into its own group and no other.',
};

/** The inline policies of a function's role, by name. */
export function rightsOf(owner: RightsOf): Readonly<Record<string, PolicyDocument>> {
  return {
    'poke-probers': only(pokeProbers(owner)),
    ...(owner.role === 'prober' && owner.hasWorkers ? { 'ask-workers': only(askWorkers(owner)) } : {}),
    ...(owner.role === 'watchdog' && owner.hasRelay ? { 'hand-to-relay': only(handToRelay(owner)) } : {}),
    ...secretRights(owner),
    ...(owner.turnQueueArn === undefined ? {} : { 'take-own-turns': only(takeTurns(owner.turnQueueArn)) }),
    'read-every-replica': only(readEveryReplica(owner)),
    'write-own-items': only(...owner.regions.map((replica) => writeOwnItems(owner, replica))),
    'tell-every-topic': only(tellEveryTopic(owner)),
    'publish-beats': only(publishBeats()),
    ...(owner.isInVpc === true ? { 'stand-in-vpc': only(...standInVpc(owner)) } : {}),
    'write-own-log': only(writeOwnLog(owner)),
  };
}

const only = (...statements: PolicyStatement[]) => new PolicyDocument({ statements });

function readEveryReplica({ account, regions }: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'], resources: regions.map((region) => replicaArn(account, region)) });
}

/** Keys that are absent from a request satisfy `ForAllValues`, so the second condition demands that they are there. */
function writeOwnItems(owner: RightsOf, replica: RegionId): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [replicaArn(owner.account, replica)],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ownPartitions(owner, replica) },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
}

type ItemKind = (typeof itemKinds)[number];

/** Slots are claimed at home alone, and hours are rolled up only where there is a prober. */
function kindsWritten({ role, region, probers }: RightsOf, replica: RegionId): readonly ItemKind[] {
  switch (role) {
    case 'prober':
      return replica === region ? ['CLAIM', 'HEAD', 'BEAT', 'ROSTER', 'LOG'] : ['HEAD', 'BEAT', 'ROSTER', 'LOG'];
    case 'watchdog':
      return probers.includes(region) ? ['WATCH', 'LOG', 'HOUR', 'ROSTER'] : ['WATCH', 'LOG'];
  }
}

/** Written out, because `HEAD#eu-west-1*` would also be the head of a region called `eu-west-10`. */
function ownPartitions(owner: RightsOf, replica: RegionId): string[] {
  const writer = writerAt(owner.region, replica);
  return kindsWritten(owner, replica).flatMap((kind) => [`${kind}#${writer}`, `${kind}#${writer}#*`]);
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

function handToRelay({ account, region }: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn(account, region, 'relay')] });
}

function askWorkers({ account, region }: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn(account, region, 'probe-worker')] });
}

/** CloudWatch has no resource for a metric; the namespace is the only fence. */
function publishBeats(): PolicyStatement {
  return new PolicyStatement({
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': metricNamespace } },
  });
}

const interfaceActions = ['Create', 'Describe', 'Delete'].map((verb) => `ec2:${verb}NetworkInterface${verb === 'Describe' ? 's' : ''}`);
const vpcActions = [...interfaceActions, 'ec2:DescribeSubnets', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];

/** A call that the function's own code makes names the function; those that Lambda makes for it do not. */
export function standInVpc({ account, region, role }: Pick<RightsOf, 'account' | 'region'> & { readonly role: DeployedFunction }): readonly PolicyStatement[] {
  const byItself = { ArnEquals: { 'lambda:SourceFunctionArn': functionArn(account, region, role) } };
  return [
    new PolicyStatement({ actions: [...vpcActions], resources: ['*'] }),
    new PolicyStatement({ effect: Effect.DENY, actions: [...vpcActions], resources: ['*'], conditions: byItself }),
  ];
}

function writeOwnLog({ logGroupArn }: RightsOf): PolicyStatement {
  return new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] });
}
