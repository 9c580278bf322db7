/** Every name that functions, local mode and infrastructure must agree on, computed in one place. */
import type { RegionId } from './basics/brand';

export const tableName = 'twinwatch';
export const topicName = 'twinwatch-alerts';
/**
 * The topic of CloudWatch's alarms, where subscriptions of the other one have filter policies. What alarms say has no attributes, and SNS drops a
 * message without any at every filter policy on attributes, whatever it says: also where it asks that an attribute be absent.
 */
export const alarmTopicName = 'twinwatch-alarms';
/** Each of our messages says who is told. */
export const channelsAttribute = 'channels';
/** Instead of names: everybody. No channel can be called so. */
export const everyChannel = '~all';
/** The filter policy of the subscription of a channel. */
export const channelPolicy = (channel: string): Readonly<Record<string, readonly string[]>> => ({ [channelsAttribute]: [channel, everyChannel] });
export const scheduleGroupName = 'twinwatch';
/** Where SNS puts what a webhook would not take. */
export const undeliveredQueueName = 'twinwatch-undelivered';
/** The configuration travels beside the bundle of each function under this name. */
export const configFileName = 'config.json';

export const homeStackName = 'twinwatch-home';
export const regionStackName = (region: RegionId): string => `twinwatch-${region}`;
export const dashboardStackName = 'twinwatch-dashboard';

/** A function that a schedule invokes, by the name of its file in `functions/`: it gives signs of life, and is missed without them. */
export type FunctionRole = 'prober' | 'watchdog';
export const functionRoles: readonly FunctionRole[] = ['prober', 'watchdog'];

/** Also those that only answer when they are called. */
export type DeployedFunction = FunctionRole | 'probe-worker' | 'inbox' | 'widget' | 'relay';

/** How long the relay may try: longer than a receiver that hangs, shorter than anybody would wait. */
export const relayTimeoutMs = 60_000;

export const functionName = (role: DeployedFunction): string => `twinwatch-${role}`;
export const scheduleName = (role: FunctionRole): string => `twinwatch-${role}`;

export const metricNamespace = 'twinwatch';
export const beatMetricName = 'Beat';
/** Counted from the prober's log. */
export const failedRoundsMetricName = 'FailedRounds';
/** Dimensions of a beat metric, published into every region. */
export const beatMetricDimensions = (role: FunctionRole, of: RegionId): Readonly<Record<string, string>> => ({ Function: role, Region: of });

/** The variable in which the prober of a region finds the address of its own inbox, up to and with the last `/`. */
export const inboxUrlVariable = 'TWINWATCH_INBOX_URL';

/** The alarm in one region that fires when a function of a region stops publishing its beat metric there. */
export const silenceAlarmName = (role: FunctionRole, of: RegionId): string => `twinwatch-${role}-silent-${of}`;

export const functionArn = (account: string, region: RegionId, role: DeployedFunction): string =>
  `arn:aws:lambda:${region}:${account}:function:${functionName(role)}`;
export const topicArn = (account: string, region: RegionId, name = topicName): string => `arn:aws:sns:${region}:${account}:${name}`;

/** The account of an ARN such as `context.invokedFunctionArn`. */
export function accountOfArn(arn: string): string {
  const account = arn.split(':')[4];
  if (account === undefined || account === '') throw new Error(`"${arn}" is not an ARN with an account`);
  return account;
}

/**
 * What Node must be told before it starts. The system's resolver has half of these threads: with the four that are usual, two slow
 * names would hold up all others, and what they waited would look like slow DNS. The room for what lives shortly has its bound in MB: what
 * is usual for it grows from version to version of Node, and a prober that keeps its room (decision 33) must not outgrow its function.
 */
export const functionVariables: Readonly<Record<string, string>> = { UV_THREADPOOL_SIZE: '128', NODE_OPTIONS: '--max-semi-space-size=16' };

/** Where the runbook says what to do about an incident, or about what a watch says. */
export const runbookSection = (family: string, condition: string): string =>
  ['availability', 'identity'].includes(family) ? `monitor-${condition}` : condition;
/** Relative to the project where nobody has said where it can be read. */
export const runbookAddress = (section: string, runbookUrl = 'docs/runbook.md'): string => `${runbookUrl}#${section}`;
