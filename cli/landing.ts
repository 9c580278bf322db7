/** `twinwatch landing`: whether what was deployed into a region works there, under its own rights, before the next region is touched. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { createReplica } from '../src/adapters/dynamodb/replica';
import { createFunctions } from '../src/adapters/lambda/functions';
import { subscriptionsOf } from '../src/adapters/sns/subscriptions';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions } from '../src/core/config/config';
import { readConfig, regionsNamed } from './deployed/config-of';
import { type Deployed, landRegion } from './landing/land-region';
import type { LandingFact } from './landing/landing-fact';
import { CannotAsk } from './local-http';

export interface LandingOptions {
  readonly config: string;
  readonly region?: string | undefined;
  /** False where rights are not evaluated at all. */
  readonly rights: boolean;
  readonly json?: boolean | undefined;
}

const more = `
Every function of the region does, under its own role, each kind of call that it will need, and one that must be denied;
it reads the secrets that it needs, and the dashboard's widget draws; each gets a turn, whose beat must arrive in another replica; and a numbered test message goes to every channel. It is
part of \`npm run deploy\`. Your own AWS credentials need lambda:InvokeFunction, dynamodb:BatchGetItem and
sns:ListSubscriptions.

Exit code: 0 landed, 1 not, with the cause, 2 it could not be asked.`;

export function registerLanding(program: Command): void {
  program
    .command('landing')
    .description('prove that what was deployed into a region works there: functions, rights, replication, channels')
    .option('--config <file>', 'the configuration that is deployed', 'twinwatch.yaml')
    .option('--region <names>', 'these regions alone, with commas between them (default: all)')
    .option('--no-rights', 'where nobody evaluates rights, as in local mode: what is not denied is only noted')
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(run);
}

async function run(options: LandingOptions): Promise<void> {
  const { text, exitCode } = await landing(options);
  (exitCode === 2 && options.json !== true ? process.stderr : process.stdout).write(text);
  process.exitCode = exitCode;
}

export interface Landed {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

const inAws: Deployed = {
  functions: createFunctions(),
  replicaOf: (region) => createReplica({ region, timeoutMs: 8000, isConsistent: () => false }),
  subscriptions: subscriptionsOf,
  sleep: (ms) => sleep(ms),
};

/** `deployed` stands in for AWS in tests. */
export async function landing(options: LandingOptions, deployed: Deployed = inAws): Promise<Landed> {
  try {
    const config = await readConfig(options.config);
    const regions = regionsNamed(options.region, allRegions(config.regions));
    const number = numberOf(Date.now());
    const facts: LandingFact[] = [];
    // One after the other: a pause for the receivers, and what is said stays in order.
    for (const region of regions) facts.push(...(await landRegion(deployed, { config, region, number, areRightsEvaluated: options.rights })));
    const hasLanded = facts.every(({ verdict }) => verdict !== 'fail');
    const text = options.json === true ? `${JSON.stringify({ landed: hasLanded, number, regions, facts })}\n` : landingText({ regions, number, facts });
    return { text, exitCode: hasLanded ? 0 : 1 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    const text = options.json === true ? `${JSON.stringify({ landed: false, because: error.message })}\n` : `twinwatch: ${error.message}\n`;
    return { text, exitCode: 2 };
  }
}

/** Four digits, so that it can be said on the telephone. */
const numberOf = (now: number): number => 1000 + (Math.floor(now / 1000) % 9000);

const words: Readonly<Record<LandingFact['verdict'], string>> = { ok: 'ok   ', fail: 'FAIL ', note: 'note ' };

function landingText({
  regions,
  number,
  facts,
}: {
  readonly regions: readonly RegionId[];
  readonly number: number;
  readonly facts: readonly LandingFact[];
}): string {
  const lines = facts.map(({ verdict, said }) => `${words[verdict]}${said}`);
  for (const region of regions) {
    const failed = facts.filter((fact) => fact.region === region && fact.verdict === 'fail').length;
    if (failed === 0) lines.push(`${region} has landed: test message ${number} must arrive at every channel that listens there`);
    else lines.push(`${region} HAS NOT LANDED: ${failed} of its checks failed`);
  }
  return `${lines.join('\n')}\n`;
}
