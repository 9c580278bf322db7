/** `twinwatch feed`: what subscribers are told, as an Atom feed. */
import { type Command, Option } from 'commander';
import { type AskAws, openAws } from './aws-overview';
import { CannotAsk, getText, readPort, usualPort } from './local-http';

interface FeedOptions {
  readonly port: string;
  readonly aws?: boolean;
  readonly config: string;
}

const more = `
Of what runs on this machine, or with --aws of what is deployed: the tables are read with your own AWS credentials
(dynamodb:BatchGetItem and dynamodb:Query), and nothing is written. Which monitors it tells of, its title and its
address: "feed" in the configuration. How to publish it: docs/feed.md.

Exit code: 0 printed, 2 nobody answers.`;

export function registerFeed(program: Command): void {
  program
    .command('feed')
    .description('what subscribers are told of incidents and gaps, as an Atom feed')
    .addOption(new Option('--port <n>', 'where the page of the local system is').default(usualPort))
    .option('--aws', 'ask the tables of the regions in the configuration')
    .option('--config <file>', 'the configuration for --aws', 'twinwatch.yaml')
    .addHelpText('after', more)
    .action(run);
}

async function run(options: FeedOptions): Promise<void> {
  const { text, exitCode } = await feed({ ...options, say: (sentence) => console.error(sentence) });
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = exitCode;
}

export interface Fed {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

/** `say` hears what goes wrong beside the answer; `replicaOf` stands in for real replicas in tests. */
export async function feed(options: FeedOptions & Pick<AskAws, 'say' | 'replicaOf'>): Promise<Fed> {
  try {
    return { text: options.aws === true ? await feedOfAws(options) : await getText(readPort(options.port), '/feed.atom'), exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

async function feedOfAws({ config, ...asked }: FeedOptions & Pick<AskAws, 'say' | 'replicaOf'>): Promise<string> {
  const { overview } = await openAws({ ...asked, file: config });
  await overview.refresh();
  return overview.feed();
}
