/** `twinwatch feed`: what subscribers are told, as an Atom feed. */
import { type Command, Option } from 'commander';
import { print, readPrinted } from '../src/adapters/printed-feed';
import { isPrintedFeed } from '../src/core/feed/published-ids';
import { type AskAws, openAws } from './aws-overview';
import { CannotAsk, getText, readPort, usualPort } from './local-http';

interface FeedOptions {
  readonly port: string;
  readonly aws?: boolean;
  readonly config: string;
  /** Where it is published from; printed where there is none. */
  readonly to?: string | undefined;
}

const more = `
Of what runs on this machine, or with --aws of what is deployed: the tables are read with your own AWS credentials
(dynamodb:BatchGetItem and dynamodb:Query), and nothing is written there. Which monitors it tells of, its title and its
address: "feed" in the configuration. With --to an entry keeps the id that it has in that file, even if what a region saw
becomes known only later; without it readers may then see it as a second one. How to publish it: docs/feed.md.

Exit code: 0 printed, 2 nobody answers, or the file cannot be written.`;

export function registerFeed(program: Command): void {
  program
    .command('feed')
    .description('what subscribers are told of incidents and gaps, as an Atom feed')
    .addOption(new Option('--port <n>', 'where the page of the local system is').default(usualPort))
    .option('--aws', 'ask the tables of the regions in the configuration')
    .option('--config <file>', 'the configuration for --aws', 'twinwatch.yaml')
    .option('--to <file>', 'write it there, whole or not at all, with the ids of what that file holds already')
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

type Asked = FeedOptions & Pick<AskAws, 'say' | 'replicaOf'>;

/** `say` hears what goes wrong beside the answer; `replicaOf` stands in for real replicas in tests. */
export async function feed(options: Asked): Promise<Fed> {
  try {
    if (options.to === undefined) return { text: await textOf(options), exitCode: 0 };
    const printed = await printedIn(options.to);
    await written(options.to, await textOf(options, printed));
    return { text: '', exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

/** The local system keeps ids by itself. */
async function textOf({ config, ...asked }: Asked, printed?: string): Promise<string> {
  if (asked.aws !== true) return getText(readPort(asked.port), '/feed.atom');
  const { overview } = await openAws({ ...asked, file: config });
  await overview.refresh();
  return overview.feed(printed);
}

/** Nothing else is ever written over. */
async function printedIn(file: string): Promise<string | undefined> {
  const printed = await readPrinted(file).catch((error: unknown) => {
    throw new CannotAsk(`"${file}" cannot be read: ${String(error)}`);
  });
  if (printed === undefined || printed === '' || isPrintedFeed(printed)) return printed;
  throw new CannotAsk(`"${file}" is no feed that twinwatch has printed, so it is left as it is; name another file with --to`);
}

const written = (file: string, text: string): Promise<void> =>
  print(file, text).catch((error: unknown) => {
    throw new CannotAsk(`"${file}" cannot be written: ${String(error)}; what was there is still there`);
  });
