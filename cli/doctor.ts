/** `twinwatch doctor`: reads what is deployed, and says what to do. */
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Command } from 'commander';
import { accountInAws } from '../src/adapters/aws/account';
import { limited } from '../src/adapters/aws/limited-call';
import { clientOptions } from '../src/adapters/aws/regional-client';
import { alarmsOf } from '../src/adapters/cloudwatch/alarms';
import { createReplica } from '../src/adapters/dynamodb/replica';
import { createFunctions } from '../src/adapters/lambda/functions';
import { subscriptionsOf } from '../src/adapters/sns/subscriptions';
import { instant, type RegionId } from '../src/core/basics/brand';
import { readConfig } from './deployed/config-of';
import { examine, type Sight } from './doctor/examine';
import type { Finding } from './doctor/finding';
import { CannotAsk } from './local-http';

export interface DoctorOptions {
  readonly config: string;
  readonly json?: boolean | undefined;
}

const more = `
It looks at replicas, the age and the configuration of beats, watchdogs and what they see, subscriptions, alarms, how many
functions may run, and whether the dashboard's widget draws. It only reads, with your own AWS credentials: dynamodb:DescribeTable
and BatchGetItem, sns:ListSubscriptions, cloudwatch:DescribeAlarms, lambda:GetAccountSettings, and lambda:InvokeFunction of the
widget, which only reads as well. Whether all works: \`twinwatch landing\`.

Exit code: 0 all well, 1 there is something to do, 2 it could not be asked.`;

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('read what is deployed, and say what is wrong with it and what to do')
    .option('--config <file>', 'the configuration that is deployed', 'twinwatch.yaml')
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(run);
}

async function run(options: DoctorOptions): Promise<void> {
  const { text, exitCode } = await doctor(options);
  (exitCode === 2 && options.json !== true ? process.stderr : process.stdout).write(text);
  process.exitCode = exitCode;
}

const inAws: Sight = {
  table: (region) => accountInAws.table(region),
  replicaOf: (region) => createReplica({ region, timeoutMs: 8000, isConsistent: () => false }),
  subscriptions: subscriptionsOf,
  alarms: alarmsOf,
  concurrency,
  ask: createFunctions().ask,
  now: () => instant(Date.now()),
};

async function concurrency(region: RegionId): Promise<number> {
  const client = new LambdaClient(clientOptions(region));
  const call = (signal: AbortSignal) => client.send(new GetAccountSettingsCommand({}), { abortSignal: signal });
  const { AccountLimit } = await limited({ what: `lambda ${region}: GetAccountSettings`, limitMs: 10_000 }, call);
  return AccountLimit?.UnreservedConcurrentExecutions ?? AccountLimit?.ConcurrentExecutions ?? 0;
}

export interface Diagnosis {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

/** `sight` stands in for AWS in tests. */
export async function doctor(options: DoctorOptions, sight: Sight = inAws): Promise<Diagnosis> {
  try {
    const findings = await examine(sight, await readConfig(options.config));
    const isWell = findings.every(({ verdict }) => verdict === 'well');
    const text = options.json === true ? `${JSON.stringify({ well: isWell, findings })}\n` : diagnosisText(findings);
    return { text, exitCode: isWell ? 0 : 1 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: options.json === true ? `${JSON.stringify({ well: false, because: error.message })}\n` : `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

/** What is to be done first; one and the same sentence of several looks once. */
function diagnosisText(findings: readonly Finding[]): string {
  const ill = [...new Set(findings.flatMap(({ verdict, said }) => (verdict === 'ill' ? [said] : [])))];
  const well = findings.length - findings.filter(({ verdict }) => verdict === 'ill').length;
  const summary = ill.length === 0 ? `all well: ${well} checks` : `${ill.length === 1 ? '1 thing' : `${ill.length} things`} to do; ${well} checks were well`;
  return [...ill.map((said) => `DO    ${said}`), summary, ''].join('\n');
}
