/** `twinwatch drill`: a fault put into the running local system on purpose, measured, and undone. */
import { type Command, Option } from 'commander';
import { parseDuration } from '../src/core/config/durations';
import { cutDrill } from './drill/cut-drill';
import { killDrill } from './drill/kill-drill';
import { DrillLost, DrillRefused, type LocalApi, localApi } from './drill/local-api';
import type { Outcome } from './drill/outcome';
import { usualPace } from './drill/patience';
import { CannotAsk, readPort, usualPort } from './local-http';

interface DrillOptions {
  readonly port: string;
  readonly json?: boolean;
}

const exitCodes = '\nExit code: 0 as it should be, 1 not, 2 it could not begin. Ctrl-C undoes it.';

export function registerDrill(program: Command): void {
  const drill = program.command('drill').description('put a fault into the running local system, measure what is told of it, and undo it');
  withCommonOptions(drill.command('kill').argument('<region>'))
    .description('kill a region, and wait until another one tells it')
    .action((region: string, options: DrillOptions) => run(options, (api, say) => killDrill({ api, region, say, pace: usualPace })));
  withCommonOptions(drill.command('cut').argument('<a:b>', 'two regions'))
    .description('cut the link of two regions in both directions, and see that nobody is woken')
    .option('--for <duration>', 'how long', '90s')
    .action((link: string, options: DrillOptions & { readonly for: string }) =>
      run(options, (api, say) => cutDrill({ api, ends: readEnds(link), forMs: readFor(options.for), afterMs: 20_000, say, pace: usualPace })),
    );
}

function withCommonOptions(command: Command): Command {
  return command
    .addOption(new Option('--port <n>', 'where the page of the local system is').default(usualPort))
    .option('--json', 'print one JSON object at the end')
    .addHelpText('after', exitCodes);
}

type Drilling = (api: LocalApi, say: (text: string) => void) => Promise<Outcome>;

/** The connection of a drill ends with this process, and with it the drill. */
async function run({ port, json }: DrillOptions, drilling: Drilling): Promise<void> {
  const interrupted = (): void => {
    console.error('interrupted; twinwatch undoes the drill now');
    process.exit(130);
  };
  let hasBegun = false;
  const noteBegin = (): void => {
    hasBegun = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    const { lines, json: result, exitCode } = await drilling(noting(localApi(readPort(port)), noteBegin), (text) => console.error(text));
    console.log(json === true ? JSON.stringify(result) : lines.join('\n'));
    process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof DrillRefused || error instanceof DrillLost || error instanceof CannotAsk)) throw error;
    console.error(`twinwatch: ${error.message}`);
    process.exitCode = hasBegun ? 1 : 2;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
}

function noting(api: LocalApi, noteBegin: () => void): LocalApi {
  return {
    ...api,
    beginDrill: async (order) => {
      const drill = await api.beginDrill(order);
      noteBegin();
      return drill;
    },
  };
}

function readEnds(text: string): readonly [string, string] {
  const [one, other, ...more] = text.split(':');
  if (one && other && more.length === 0 && one !== other) return [one, other];
  throw new DrillRefused(`"${text}" is no link; write two regions, as in eu-west-1:us-east-2`);
}

function readFor(text: string): number {
  const forMs = parseDuration(text);
  if (forMs !== undefined && forMs >= 1000 && forMs <= 3_600_000) return forMs;
  throw new DrillRefused(`--for "${text}" is no duration between 1s and 1h; write for instance 90s`);
}
