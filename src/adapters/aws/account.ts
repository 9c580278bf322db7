/** What must be known of an account before anything is deployed into it, region by region. Nothing is changed. */
import { DescribeTableCommand, DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { RegionId } from '../../core/basics/brand';
import { type FunctionRole, functionName, tableName } from '../../core/names';
import { limited } from './limited-call';
import { clientOptions, oncePerRegion } from './regional-client';
import { signedPost } from './signed-post';

export interface FoundTable {
  /** Such as `pk HASH S, sk RANGE S`. */
  readonly keys: string;
  /** Every region that has a replica. */
  readonly replicas: readonly string[];
}

/** Each throws, with a `name` that says how, where the region does not answer or does not know the caller. */
export interface Account {
  /** Twelve digits: whose credentials these are. */
  id(region: RegionId): Promise<string>;
  /** Undefined where CDK has not been bootstrapped. */
  bootstrapVersion(region: RegionId): Promise<number | undefined>;
  /** Such as `UPDATE_COMPLETE`; undefined where there is no such stack. */
  stackStatus(region: RegionId, name: string): Promise<string | undefined>;
  table(region: RegionId): Promise<FoundTable | undefined>;
  hasFunction(region: RegionId, role: FunctionRole): Promise<boolean>;
}

export const accountInAws: Account = {
  async id(region) {
    const answer = await signedPost({ service: 'sts', region, limitMs, form: { Action: 'GetCallerIdentity', Version: '2011-06-15' } });
    return /<Account>(\d+)<\/Account>/.exec(answer)?.[1] ?? '';
  },
  async bootstrapVersion(region) {
    const json = { Name: '/cdk-bootstrap/hnb659fds/version' };
    const answer = await absentAs(['ParameterNotFound'], signedPost({ service: 'ssm', region, limitMs, target: 'AmazonSSM.GetParameter', json }));
    const version = answer === undefined ? undefined : /"Value"\s*:\s*"(\d+)"/.exec(answer)?.[1];
    return version === undefined ? undefined : Number(version);
  },
  async stackStatus(region, name) {
    const form = { Action: 'DescribeStacks', StackName: name, Version: '2010-05-15' };
    const answer = await absentAs(['ValidationError'], signedPost({ service: 'cloudformation', region, limitMs, form }));
    return answer === undefined ? undefined : /<StackStatus>(\w+)<\/StackStatus>/.exec(answer)?.[1];
  },
  async table(region) {
    const call = (signal: AbortSignal) => tables(region).send(new DescribeTableCommand({ TableName: tableName }), { abortSignal: signal });
    const found = await absentAs(['ResourceNotFoundException'], limited({ what: `table ${region}: DescribeTable`, limitMs }, call));
    return found?.Table === undefined ? undefined : foundTable(found.Table, region);
  },
  async hasFunction(region, role) {
    const command = new GetFunctionConfigurationCommand({ FunctionName: functionName(role) });
    const call = (signal: AbortSignal) => lambdas(region).send(command, { abortSignal: signal });
    return (await absentAs(['ResourceNotFoundException'], limited({ what: `${role} ${region}: GetFunctionConfiguration`, limitMs }, call))) !== undefined;
  },
};

const limitMs = 10_000;
const tables = oncePerRegion((region) => new DynamoDBClient(clientOptions(region)));
const lambdas = oncePerRegion((region) => new LambdaClient(clientOptions(region)));

async function absentAs<T>(names: readonly string[], work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}

function foundTable({ KeySchema = [], AttributeDefinitions = [], Replicas = [] }: TableDescription, region: RegionId): FoundTable {
  const typeOf = (name: string | undefined): string => AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? '?';
  const keys = KeySchema.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType} ${typeOf(AttributeName)}`).join(', ');
  return { keys, replicas: [region, ...Replicas.flatMap(({ RegionName }) => RegionName ?? [])] };
}
