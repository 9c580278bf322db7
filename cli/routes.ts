/** `twinwatch routes`: who would be told of a monitor, and why, by the code that tells. */
import type { Command } from 'commander';
import { systemCalendar } from '../src/adapters/calendar';
import { type Instant, instant } from '../src/core/basics/brand';
import { isoTime, parseTime } from '../src/core/basics/time';
import { unknownMonitor } from '../src/core/config/unknown-name';
import { type RoutesView, routesView } from '../src/core/routes-view';
import { arrangedIn, calendarsOf } from '../src/engine/arrangements';
import { type AskAws, openAws } from './aws-overview';
import { readConfig } from './deployed/config-of';
import { CannotAsk, getJson, readPort } from './local-http';
import { routesText } from './routes/routes-text';

export interface RoutesOptions {
  readonly config: string;
  readonly at?: string | undefined;
  readonly aws?: boolean | undefined;
  readonly port?: string | undefined;
  readonly json?: boolean | undefined;
}

const more = `
It reads the configuration alone: routes, severity, maintenance that is planned, and what the monitor depends on. With
--port or --aws also what was ordered. Nobody is told anything.

Exit code: 0 said, 2 there is no such monitor or time, or nobody answers.`;

export function registerRoutes(program: Command): void {
  program
    .command('routes')
    .description('who would be told of a monitor, when, and why')
    .argument('<monitor>', 'its id')
    .option('--at <time>', 'as it would be then, as in 2026-11-21T02:30:00Z (default: now)')
    .option('--config <file>', 'the configuration', 'twinwatch.yaml')
    .option('--port <n>', 'ask the local system whose page is there, with its own configuration and its orders')
    .option('--aws', 'with the orders in the tables of what is deployed')
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(run);
}

async function run(monitor: string, options: RoutesOptions): Promise<void> {
  const { text, exitCode } = await routes(monitor, { ...options, now: Date.now(), say: (sentence) => console.error(sentence) });
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = exitCode;
}

export interface Routed {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

type Asked = RoutesOptions & Pick<AskAws, 'say' | 'replicaOf'> & { readonly now: number };

/** `say` hears what goes wrong beside the answer; `replicaOf` stands in for real replicas in tests. */
export async function routes(monitor: string, asked: Asked): Promise<Routed> {
  try {
    const view = await viewOf(monitor, asked);
    return { text: asked.json === true ? `${JSON.stringify(view)}\n` : routesText(view), exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

async function viewOf(id: string, asked: Asked): Promise<RoutesView> {
  const at = readAt(asked);
  if (asked.port !== undefined) return getJson(readPort(asked.port), `/api/routes?of=${encodeURIComponent(id)}&at=${isoTime(at)}`);
  const config = await readConfig(asked.config);
  const monitor = config.monitors.find((one) => one.id === id);
  const known = config.monitors.map((one): string => one.id);
  if (monitor === undefined) throw new CannotAsk(unknownMonitor(id, known));
  const stretch = { from: at, to: instant(at + 1) };
  const planned = arrangedIn({ config, orders: [], calendars: await calendarsOf(config, systemCalendar), stretch }).quietAt(monitor.id, at);
  const deployed = asked.aws === true ? await (await openAws({ ...asked, file: asked.config })).overview.routes(monitor.id, at) : undefined;
  return deployed ?? routesView(monitor, { config, at, quiet: planned });
}

function readAt({ at, now }: Asked): Instant {
  if (at === undefined) return instant(now);
  const time = /(Z|[+-]\d{2}:\d{2})$/.test(at) ? parseTime(at) : undefined;
  if (time === undefined) throw new CannotAsk(`"${at}" is no time with a zone; write it as in --at 2026-11-21T02:30:00Z`);
  return time;
}
