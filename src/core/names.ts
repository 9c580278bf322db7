/** Every name that functions, local mode and infrastructure must agree on, computed in one place. */
import type { RegionId } from './basics/brand';

export const tableName = 'twinwatch';
export const topicName = 'twinwatch-alerts';
export const scheduleGroupName = 'twinwatch';
/** The configuration travels beside the bundle of each function under this name. */
export const configFileName = 'config.json';

/** A function that runs in AWS, by the name of its file in `functions/`. */
export type FunctionRole = 'prober' | 'watchdog';
export const functionRoles: readonly FunctionRole[] = ['prober', 'watchdog'];

export const functionName = (role: FunctionRole): string => `twinwatch-${role}`;
export const scheduleName = (role: FunctionRole): string => `twinwatch-${role}`;

export const metricNamespace = 'twinwatch';
export const beatMetricName = 'Beat';
/** Dimensions of a beat metric, published into every region. */
export const beatMetricDimensions = (role: FunctionRole, of: RegionId): Readonly<Record<string, string>> => ({ Function: role, Region: of });

/** The alarm in one region that fires when a function of a region stops publishing its beat metric there. */
export const silenceAlarmName = (role: FunctionRole, of: RegionId): string => `twinwatch-${role}-silent-${of}`;

export const functionArn = (account: string, region: RegionId, role: FunctionRole): string =>
  `arn:aws:lambda:${region}:${account}:function:${functionName(role)}`;
export const topicArn = (account: string, region: RegionId): string => `arn:aws:sns:${region}:${account}:${topicName}`;

/** The account of an ARN such as `context.invokedFunctionArn`. */
export function accountOfArn(arn: string): string {
  const account = arn.split(':')[4];
  if (account === undefined || account === '') throw new Error(`"${arn}" is not an ARN with an account`);
  return account;
}
