/** `twinwatch why`: the chain from the evidence to what was said of a monitor, a region or an incident, and why. */
import { type Command, Option } from 'commander';
import type { WhyView } from '../src/core/why/why-view';
import type { AskAws } from './aws-overview';
import { CannotAsk, getJson, readPort, usualPort } from './local-http';
import { askAws } from './why/ask-aws';
import { whyText } from './why/why-text';

interface WhyOptions {
  readonly port: string;
  readonly json?: boolean;
  readonly aws?: boolean;
  readonly config: string;
}

const more = `
Of what runs on this machine, or with --aws of what is deployed: the tables are read with your own AWS credentials
(dynamodb:BatchGetItem and dynamodb:Query), and nothing is written.

Exit code: 0 explained, 2 there is no such name, or nobody answers.`;

export function registerWhy(program: Command): void {
  program
    .command('why')
    .description('why something is said, or not: evidence, verdict, what was told, and every silence with its reason')
    .argument('<name>', 'a monitor, a region, or the id of an incident')
    .addOption(new Option('--port <n>', 'where the page of the local system is').default(usualPort))
    .option('--aws', 'ask the tables of the regions in the configuration')
    .option('--config <file>', 'the configuration for --aws', 'twinwatch.yaml')
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(run);
}

async function run(name: string, options: WhyOptions): Promise<void> {
  const { text, exitCode } = await why(name, { ...options, say: (sentence) => console.error(sentence) });
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = exitCode;
}

export interface Explained {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

/** `say` hears what goes wrong beside the answer; `replicaOf` stands in for real replicas in tests. */
export async function why(name: string, options: WhyOptions & Pick<AskAws, 'say' | 'replicaOf'>): Promise<Explained> {
  try {
    const view = options.aws === true ? await askAws(name, { ...options, file: options.config }) : await askHere(name, options.port);
    return { text: options.json === true ? `${JSON.stringify(view)}\n` : whyText(view), exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

const askHere = (name: string, port: string): Promise<WhyView> => getJson<WhyView>(readPort(port), `/api/why?of=${encodeURIComponent(name)}`);
