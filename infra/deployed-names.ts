/** Names that only the deployment needs. IAM is global, so what IAM names says its region. */
import type { RegionId } from '../src/core/basics/brand';
import { type DeployedFunction, type FunctionRole, functionName, tableName } from '../src/core/names';

export const dashboardName = 'twinwatch';

export const logGroupName = (role: DeployedFunction): string => `/aws/lambda/${functionName(role)}`;
/** The role that a function runs under. */
export const functionRoleName = (role: DeployedFunction, region: RegionId): string => `${functionName(role)}-${region}`;
/** The role under which the schedule of a function may invoke it. */
export const scheduleRoleName = (role: FunctionRole, region: RegionId): string => `${functionName(role)}-schedule-${region}`;
/** Where the turns of a function wait that runs later than its schedule. */
export const turnQueueName = (role: FunctionRole): string => `${functionName(role)}-turns`;

export const replicaArn = (account: string, region: RegionId): string => `arn:aws:dynamodb:${region}:${account}:table/${tableName}`;
export const turnQueueArn = ({ account, region }: { readonly account: string; readonly region: string }, role: FunctionRole): string =>
  `arn:aws:sqs:${region}:${account}:${turnQueueName(role)}`;
export const alarmArn = (account: string, region: RegionId, name: string): string => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
