/** What is there of twinwatch, service by service: all of it while it is deployed, and nothing but the table afterwards. */
import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import type { Place } from './bridges/bridge';
import { formCall, signedCall, targetCall } from './signed-call';

/** Made by `cdk bootstrap`, for every app of the account. */
const isBootstrap = (name: string): boolean => /^CDKToolkit|cdk-hnb659fds/.test(name);

export interface Where {
  readonly regions: readonly string[];
  readonly dashboard: string;
  /** When the destruction began, in epoch milliseconds: log groups made later are not left over. */
  readonly destroyedAt: number;
}

/** Names such as `eu-west-1 table twinwatch`, sorted. */
export async function everythingIn({ emulator, clients }: Place, { regions, dashboard, destroyedAt }: Where): Promise<readonly string[]> {
  const found: string[] = [];
  for (const region of regions) {
    const note = (kind: string, names: readonly (string | undefined)[]): void => {
      found.push(...names.filter((name) => name !== undefined && !isBootstrap(name)).map((name) => `${region} ${kind} ${name}`));
    };
    note('stack', await stacksIn(emulator, region));
    note('table', (await clients.table(region).send(new ListTablesCommand({}))).TableNames ?? []);
    note(
      'function',
      ((await clients.lambda(region).send(new ListFunctionsCommand({}))).Functions ?? []).map(({ FunctionName }) => FunctionName),
    );
    note(
      'mapping',
      ((await clients.lambda(region).send(new ListEventSourceMappingsCommand({}))).EventSourceMappings ?? []).map(({ UUID }) => UUID),
    );
    note(
      'topic',
      ((await clients.topics(region).send(new ListTopicsCommand({}))).Topics ?? []).map(({ TopicArn }) => TopicArn),
    );
    note(
      'alarm',
      ((await clients.metrics(region).send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []).map(({ AlarmName }) => AlarmName),
    );
    note('dashboard', await dashboardIn({ clients }, region, dashboard));
    note('queue', await queuesIn(emulator, region));
    note('log group', await logGroupsIn(emulator, region, destroyedAt));
    note('schedule', await listed(emulator, region, '/schedules', 'Schedules'));
    note(
      'schedule group',
      (await listed(emulator, region, '/schedule-groups', 'ScheduleGroups')).filter((name) => name !== 'default'),
    );
  }
  const roles = await formCall(emulator, 'iam', 'us-east-1', { Action: 'ListRoles', MaxItems: '1000' });
  found.push(
    ...textsOf(roles, 'RoleName')
      .filter((name) => !isBootstrap(name))
      .map((name) => `role ${name}`),
  );
  return found.sort();
}

/** Stacks that were deleted are listed for a while. */
async function stacksIn(emulator: Place['emulator'], region: string): Promise<readonly string[]> {
  const listing = await formCall(emulator, 'cloudformation', region, { Action: 'DescribeStacks' });
  const [names, states] = [textsOf(listing, 'StackName'), textsOf(listing, 'StackStatus')];
  return names.filter((_, place) => states[place] !== 'DELETE_COMPLETE');
}

/** The SDK refuses the time that a list of dashboards has here. */
async function dashboardIn({ clients }: Pick<Place, 'clients'>, region: string, name: string): Promise<readonly string[]> {
  try {
    await clients.metrics(region).send(new GetDashboardCommand({ DashboardName: name }));
    return [name];
  } catch {
    return [];
  }
}

async function queuesIn(emulator: Place['emulator'], region: string): Promise<readonly string[]> {
  const { QueueUrls = [] } = await targetCall<{ QueueUrls?: string[] }>(emulator, 'sqs', region, { target: 'AmazonSQS.ListQueues', input: {} });
  return QueueUrls;
}

/** A run that outlasts the log group of its function makes it anew here; in AWS its role has no right to. */
async function logGroupsIn(emulator: Place['emulator'], region: string, madeBefore: number): Promise<readonly string[]> {
  const asked = { target: 'Logs_20140328.DescribeLogGroups', input: {} };
  const { logGroups = [] } = await targetCall<LogGroups>(emulator, 'logs', region, asked);
  return logGroups.filter(({ creationTime }) => creationTime < madeBefore).map(({ logGroupName }) => logGroupName);
}

interface LogGroups {
  readonly logGroups?: readonly { readonly logGroupName: string; readonly creationTime: number }[];
}

async function listed(emulator: Place['emulator'], region: string, path: string, field: string): Promise<readonly string[]> {
  const answer = JSON.parse(await signedCall(emulator, { service: 'scheduler', region, method: 'GET', path })) as Readonly<
    Record<string, readonly { Name: string }[]>
  >;
  return (answer[field] ?? []).map(({ Name }) => Name);
}

const textsOf = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text]) => text ?? '');
