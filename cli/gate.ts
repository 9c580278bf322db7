/** `twinwatch gate`: whether it may go on, by what the deployed probers see now. Nothing of it is recorded, and nobody is told. */
import { type Command, Option } from 'commander';
import { createFunctions, type Functions } from '../src/adapters/lambda/functions';
import { type Config, isProbed } from '../src/core/config/config';
import { unknownMonitor } from '../src/core/config/unknown-name';
import { namesIn, readConfig, regionsNamed } from './deployed/config-of';
import { askRegions } from './gate/ask-regions';
import { gateText } from './gate/gate-text';
import { decide, exitCodes, type GateView } from './gate/verdict';
import { CannotAsk } from './local-http';

export interface GateOptions {
  readonly config: string;
  readonly monitors?: string | undefined;
  readonly regions?: string | undefined;
  readonly times: string;
  readonly json?: boolean | undefined;
}

const more = `
Each prober probes each of these monitors, with its canaries, as in a round; but nothing is recorded, judged or told.
Go means: every region saw every monitor well, every time. Your own AWS credentials need lambda:InvokeFunction.

Exit code: 0 go, 1 no-go, 2 it could not be asked, with what to do.`;

export function registerGate(program: Command): void {
  program
    .command('gate')
    .description('go or no-go: ask the deployed probers what they see now, and answer with the evidence')
    .option('--config <file>', 'the configuration that is deployed', 'twinwatch.yaml')
    .option('--monitors <ids>', 'these alone, with commas between them (default: all)')
    .option('--regions <names>', 'these probers alone (default: all)')
    .addOption(new Option('--times <n>', 'how often each is asked, 1 to 20').default('3'))
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(run);
}

async function run(options: GateOptions): Promise<void> {
  const { text, exitCode } = await gate(options);
  (exitCode === 2 && options.json !== true ? process.stderr : process.stdout).write(text);
  process.exitCode = exitCode;
}

export interface Gated {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

/** `functions` stands in for the deployed ones in tests. */
export async function gate(options: GateOptions, functions: Functions = createFunctions()): Promise<Gated> {
  try {
    const view = await askGate(options, functions);
    return { text: options.json === true ? `${JSON.stringify(view)}\n` : gateText(view), exitCode: exitCodes[view.verdict] };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    const view = { verdict: 'not-asked', because: error.message };
    return { text: options.json === true ? `${JSON.stringify(view)}\n` : `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

async function askGate(options: GateOptions, functions: Functions): Promise<GateView> {
  const times = readTimes(options.times);
  const config = await readConfig(options.config);
  const monitors = monitorsNamed(options.monitors, config);
  const regions = regionsNamed(options.regions, config.regions.probers);
  return decide({ config, monitors, times, asked: await askRegions(functions, { regions, monitors, times }) });
}

const mostTimes = 20;

function readTimes(written: string): number {
  const times = Number(written);
  if (/^\d+$/.test(written) && times >= 1 && times <= mostTimes) return times;
  throw new CannotAsk(`"${written}" is no number of times; write one from 1 to ${mostTimes} after --times`);
}

function monitorsNamed(written: string | undefined, config: Config): readonly string[] {
  // What calls us cannot be asked.
  const known = config.monitors.filter(isProbed).map(({ id }): string => id);
  const named = written === undefined ? known : namesIn(written);
  if (named.length === 0) throw new CannotAsk('there is no monitor to ask about; name some with --monitors');
  const stranger = named.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new CannotAsk(unknownMonitor(stranger, known));
  return named;
}
