/** `twinwatch report`: what may be claimed of any window of time, and which part of it nobody knows. */
import { type Command, Option } from 'commander';
import { instant } from '../src/core/basics/brand';
import { isoTime } from '../src/core/basics/time';
import { unknownName } from '../src/core/config/unknown-name';
import type { ReportsView, ReportView } from '../src/core/views';
import { type AskAws, openAws } from './aws-overview';
import { CannotAsk, getJson, readPort, usualPort } from './local-http';
import { reportText } from './report/report-text';
import { type ReportWindow, readWindow, type WindowOptions } from './report/window';

export interface ReportOptions extends WindowOptions {
  readonly monitor?: string | undefined;
  readonly port: string;
  readonly json?: boolean;
  readonly aws?: boolean;
  readonly config: string;
}

const more = `
Up, down, unknown and paused add up to the window exactly. Time that nobody watched is unknown, with its cause, and
never up. Without --window and --month it is the last 30 days. With --aws the tables are read with your own AWS
credentials (dynamodb:BatchGetItem and dynamodb:Query), and nothing is written.

Exit code: 0 reported, 2 the question cannot be answered, with what to write instead.`;

export function registerReport(program: Command): void {
  program
    .command('report')
    .description('availability, coverage and incidents of a window, and the time that nobody watched')
    .option('--monitor <id>', 'one monitor instead of all')
    .option('--window <time>', 'the last days, hours or minutes, as in 30d, 36h or 90m')
    .option('--month <month>', 'a month, as in 2026-10')
    .option('--timezone <name>', 'where that month begins and ends, as in Europe/Lisbon (default: the zone of this machine)')
    .addOption(new Option('--port <n>', 'where the page of the local system is').default(usualPort))
    .option('--aws', 'ask the tables of the regions in the configuration')
    .option('--config <file>', 'the configuration for --aws', 'twinwatch.yaml')
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(run);
}

async function run(options: ReportOptions): Promise<void> {
  const { text, exitCode } = await report({ ...options, now: Date.now(), say: (sentence) => console.error(sentence) });
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = exitCode;
}

export interface Reported {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

type Asked = ReportOptions & Pick<AskAws, 'say' | 'replicaOf'> & { readonly now: number };

/** `say` hears what goes wrong beside the answer; `replicaOf` stands in for real replicas in tests. */
export async function report(asked: Asked): Promise<Reported> {
  try {
    const window = readWindow(asked, instant(asked.now));
    const reports = asked.aws === true ? await askAws(asked, window) : await askHere(asked, window);
    const view = { window: window.name, from: isoTime(window.from), to: isoTime(window.to), reports };
    return { text: asked.json === true ? `${JSON.stringify(view)}\n` : reportText(view), exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

/** A month of beats that nobody rolled up takes long to read. */
const patienceMs = 60_000;

/** People see one latency of the whole window, programs as many points as a page draws. */
async function askHere({ port, monitor, ...asked }: Asked, { from, to }: ReportWindow): Promise<readonly ReportView[]> {
  const time = `from=${isoTime(from)}&to=${isoTime(to)}`;
  if (monitor === undefined) return (await getJson<ReportsView>(readPort(port), `/api/reports?${time}`, patienceMs)).reports;
  const steps = asked.json === true ? '' : '&steps=1';
  return [await getJson<ReportView>(readPort(port), `/api/report?monitor=${encodeURIComponent(monitor)}&${time}${steps}`, patienceMs)];
}

async function askAws({ monitor, config: file, say, replicaOf, json }: Asked, { from, to }: ReportWindow): Promise<readonly ReportView[]> {
  const { overview, config } = await openAws({ file, say, replicaOf });
  if (monitor === undefined) return (await overview.reports({ from, to })).reports;
  const view = await overview.report({ monitor, from, to, latencySteps: json === true ? undefined : 1 });
  if (view !== undefined) return [view];
  throw new CannotAsk(
    unknownName(
      monitor,
      config.monitors.map(({ id }) => id),
    ),
  );
}
