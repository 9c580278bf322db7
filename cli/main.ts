/** The command line: one file per command. */
import { Command } from 'commander';
import { version } from '../package.json';
import { registerCheck } from './check';
import { registerCost } from './cost';
import { registerDeploy } from './deploy';
import { registerDoctor } from './doctor';
import { registerDrill } from './drill';
import { registerExport } from './export';
import { registerFeed } from './feed';
import { registerGate } from './gate';
import { registerImportTable } from './import-table';
import { registerLanding } from './landing';
import { registerOrders } from './orders';
import { registerProbe } from './probe';
import { registerReport } from './report';
import { registerRoutes } from './routes';
import { registerSchema } from './schema';
import { registerTestChannels } from './test-channels';
import { registerUp } from './up';
import { registerWhy } from './why';

/** Commands in the order in which help lists them. */
const registrations: readonly ((program: Command) => void)[] = [
  registerUp,
  registerWhy,
  registerReport,
  registerFeed,
  registerOrders,
  registerRoutes,
  registerProbe,
  registerDrill,
  registerCheck,
  registerCost,
  registerDeploy,
  registerGate,
  registerLanding,
  registerDoctor,
  registerExport,
  registerImportTable,
  registerTestChannels,
  registerSchema,
];

/** Runs what `argv` asks for: the words after `twinwatch`. */
export async function main(argv: readonly string[]): Promise<void> {
  // The SDK would tell our user about the next version of Node at each call.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.stdout.on('error', leaveClosedPipe);
  const program = new Command('twinwatch')
    .description('Two regions watch your services, and each other.')
    .version(version)
    .showHelpAfterError('(twinwatch --help lists the commands)');
  for (const register of registrations) register(program);
  await program.parseAsync(argv, { from: 'user' });
}

/** Whoever reads our output, such as `head`, may stop when it has enough. */
function leaveClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
