/** `twinwatch deploy`, which is `npm run deploy`: region by region, each proven before the next one is touched. */

import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { accountInAws } from '../src/adapters/aws/account';
import type { Config } from '../src/core/config/config';
import { type Cdk, cdkIn } from './deploy/cdk';
import { cdkTrouble } from './deploy/cdk-trouble';
import { findHurdles } from './deploy/hurdles';
import { type DeployStep, planOf, stepWords } from './deploy/plan';
import { rollOut, type StepOutcome } from './deploy/roll-out';
import { readConfig } from './deployed/config-of';
import { gate } from './gate';
import { landing } from './landing';
import { CannotAsk } from './local-http';

interface DeployOptions {
  readonly config: string;
  readonly account?: string | undefined;
  readonly monitors?: string | undefined;
  readonly times: string;
  readonly yes?: boolean | undefined;
  /** False where rights are not evaluated at all. */
  readonly rights: boolean;
  readonly plan?: boolean | undefined;
}

const more = `
The table first; then each region's stack, its landing, and a gate over all probers that are new by then; then the
dashboard. It stops at the first step that fails and says what is deployed, what is not touched, and what to do. What
would stop it is looked for first: bootstrap, account, regions that are not enabled, names and tables that are taken.

Exit code: 0 deployed, 1 stopped, 2 not begun.`;

export function registerDeploy(program: Command): void {
  program
    .command('deploy')
    .description('deploy region by region with the project’s own cdk, each proven before the next one is touched')
    .option('--config <file>', 'what to deploy', 'twinwatch.yaml')
    .option('--account <id>', 'refuse to deploy into any other account than this one')
    .option('--monitors <ids>', 'which monitors each gate asks about (default: all)')
    .addOption(new Option('--times <n>', 'how often each gate asks each prober').default('3'))
    .option('--yes', 'do not ask before rights are changed')
    .option('--no-rights', 'where nobody evaluates rights, as in an emulator: what is not denied is only noted')
    .option('--plan', 'print the steps and what would stop them, and change nothing')
    .addHelpText('after', more)
    .action(async (options: DeployOptions) => {
      process.exitCode = await deploy(options);
    });
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function deploy(options: DeployOptions): Promise<0 | 1 | 2> {
  try {
    const config = await readConfig(options.config);
    if (!(await isWayFree(config, options))) return 2;
    if (options.plan === true) return sayPlan(config);
    const cdk = cdkIn(fileURLToPath(new URL('..', import.meta.url)));
    const synthesised = await cdk(['synth', '--quiet', '-c', `config=${resolve(options.config)}`, '--output', assembly]);
    if (!synthesised.isDone) return 2;
    const carryOut = (step: DeployStep): Promise<StepOutcome> => carriedOut(step, cdk, options);
    return (await rollOut({ plan: planOf(config), carryOut, say })) === 'done' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    process.stderr.write(`twinwatch: ${error.message}\n`);
    return 2;
  }
}

/** One assembly for all stacks: what is deployed last is what was synthesised first. */
const assembly = 'cdk.out';

async function isWayFree(config: Config, { account: wanted }: DeployOptions): Promise<boolean> {
  const { account, hurdles } = await findHurdles(accountInAws, config, wanted);
  if (hurdles.length === 0) {
    say(`into account ${account}`);
    return true;
  }
  for (const hurdle of hurdles) process.stderr.write(`twinwatch: ${hurdle}\n`);
  process.stderr.write('twinwatch: nothing was deployed\n');
  return false;
}

function sayPlan(config: Config): 0 {
  planOf(config).forEach((step, index) => {
    say(`${index + 1}. ${stepWords(step)}`);
  });
  return 0;
}

async function carriedOut(step: DeployStep, cdk: Cdk, options: DeployOptions): Promise<StepOutcome> {
  const { config, monitors, times, rights } = options;
  switch (step.kind) {
    case 'stack':
      return deployStack(step.stack, cdk, options);
    case 'landing':
      return askedTwice(() => landing({ config, region: step.region, rights }));
    case 'gate':
      return askedTwice(() => gate({ config, monitors, times, regions: step.regions.join(',') }));
  }
}

async function deployStack(stack: string, cdk: Cdk, { yes }: DeployOptions): Promise<StepOutcome> {
  const approval = yes === true ? ['--require-approval', 'never'] : [];
  const { isDone, said } = await cdk(['deploy', stack, '--exclusively', '--app', assembly, ...approval]);
  if (isDone) return { isGood: true, said: '' };
  return { isGood: false, said: `twinwatch: ${cdkTrouble(said) ?? 'what CloudFormation says above is the cause'}` };
}

type Answered = Awaited<ReturnType<typeof gate>>;

const outcomeOf = ({ text, exitCode }: Answered): StepOutcome => ({ isGood: exitCode === 0, said: text.trimEnd() });

/** A service that has a hiccup in just this second, or a right that is not known everywhere yet, stops no roll-out: a no is asked for once more. */
async function askedTwice(ask: () => Promise<Answered>): Promise<StepOutcome> {
  const first = await ask();
  if (first.exitCode !== 1) return outcomeOf(first);
  say(`${first.text.trimEnd()}\nonce more, in 30 s`);
  await sleep(30_000);
  return outcomeOf(await ask());
}
