/** `twinwatch drill`: a fault put into the running local system on purpose, measured, and undone. */
import { type Command, type CommanderError, Option } from 'commander';
import { allPlans, areAllRight, type Done, jsonOf, tableOf } from './drill/all';
import { readFor, readLag, readLink, readOff, readWay } from './drill/drill-words';
import type { Driving } from './drill/driving';
import { Interruption } from './drill/interruption';
import { judged } from './drill/judged';
import { DrillLost, type DrillOnLine, DrillRefused, type LocalView, localApi } from './drill/local-api';
import type { Outcome } from './drill/outcome';
import { usualPace } from './drill/patience';
import type { Plan } from './drill/plan';
import { type Asked, bothPlan, clockPlan, cutPlan, lagPlan, mutePlan, type RegionalDrill, regionalPlan } from './drill/plans';
import { runPlan } from './drill/run-plan';
import { CannotAsk, readPort, usualPort } from './local-http';

interface DrillOptions {
  readonly port: string;
  readonly json?: boolean;
  readonly for?: string;
  /** Of a clock. */
  readonly by?: string;
}

type Planning = (asked: Asked) => Plan;

const exitCodes = '\nExit code: 0 as it should be, 1 not, 2 it could not begin. Ctrl-C undoes it; so does twinwatch when this command is gone.';

const regional: Readonly<Record<RegionalDrill, string>> = {
  kill: 'kill a region, and wait until another one tells it',
  'kill-prober': 'kill the prober of a region, whenever it is started',
  freeze: 'freeze the prober of a region, so that it hangs',
  stop: 'switch off the schedule of a prober',
  skip: 'let a prober leave out monitors',
  throttle: 'let the table of a region refuse every call',
  store: 'let the table of a region hang, and see that nobody is woken',
};

export function registerDrill(program: Command): void {
  const drill = program
    .command('drill')
    .description('put a fault into the running local system, measure what is told of it, and undo it')
    .exitOverride(endOfWords);
  for (const [kind, description] of Object.entries(regional) as [RegionalDrill, string][])
    add(
      drill,
      `${kind} <region>`,
      description,
      ([region]) =>
        (asked) =>
          regionalPlan(kind, region, asked),
    );
  add(drill, 'both', 'kill every region that probes, and wait until the witness tells that nobody watches', () => bothPlan);
  add(
    drill,
    'mute <region>',
    'let the topic of a region accept nothing, while there is something to tell',
    ([region]) =>
      (asked) =>
        mutePlan(region, asked),
  );
  add(drill, 'cut <link>', 'cut a link, a:b or in one direction "a>b", and see that nobody is woken', ([link]) => {
    const way = readLink(link);
    return (asked) => cutPlan(way, asked);
  });
  add(drill, 'lag <link> <time>', 'let replication "a>b" be late', ([link, time]) => {
    const late = { ...readWay(link), lagMs: readLag(time) };
    return (asked) => lagPlan(late, asked);
  });
  add(drill, 'clock <region>', 'let the clock of a region be off, and see that nobody is woken', ([region], { by = '+4m' }) => {
    const offMs = readOff(by);
    return (asked) => clockPlan({ region, offMs }, asked);
  }).option('--by <time>', 'by how much: +4m is fast, -4m is slow', '+4m');
  withCommonOptions(drill.command('all'))
    .description('every drill, one after the other, and one table')
    .action((options: DrillOptions) => ending(() => runAll(options)));
}

type Reading = (words: readonly [string, string], options: DrillOptions) => Planning;

function add(drill: Command, usage: string, description: string, reading: Reading): Command {
  return withCommonOptions(drill.command(usage))
    .description(description)
    .option('--for <duration>', 'how long the fault lasts; without it, until it is told')
    .action((...given: unknown[]) => {
      const options = given.at(-2) as DrillOptions;
      const [first = '', second = ''] = given.slice(0, -2).map(String);
      return ending(() => runOne(options, () => reading([first, second], options)));
    });
}

function withCommonOptions(command: Command): Command {
  return command
    .addOption(new Option('--port <n>', 'where the page of the local system is').default(usualPort))
    .option('--json', 'print one JSON object at the end')
    .addHelpText('after', exitCodes)
    .exitOverride(endOfWords);
}

/** Words that mean nothing end like everything else that keeps a drill from beginning. */
function endOfWords({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : 2);
}

/** Refused: 2; begun, and ended before its end: 1. */
async function ending(run: () => Promise<0 | 1>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof DrillRefused || error instanceof DrillLost || error instanceof CannotAsk)) throw error;
    console.error(`twinwatch: ${error.message}`);
    process.exitCode = error instanceof DrillLost ? 1 : 2;
  }
}

async function runOne(options: DrillOptions, read: () => Planning): Promise<0 | 1> {
  const forMs = readFor(options.for);
  const planning = read();
  const interruption = new Interruption();
  try {
    const driving = await drivingOf(options, (drill) => interruption.holds(drill));
    const { lines, json, exitCode } = await outcomeOf(planning({ local: driving.local, forMs }), driving);
    console.log(options.json === true ? JSON.stringify(json) : lines.join('\n'));
    return exitCode;
  } finally {
    interruption.release();
  }
}

/** A drill that is lost is a row that failed; where twinwatch itself is gone, all others fail at once. */
async function runAll(options: DrillOptions): Promise<0 | 1> {
  const interruption = new Interruption();
  try {
    const driving = await drivingOf(options, (drill) => interruption.holds(drill));
    const all: Done[] = [];
    for (const plan of allPlans(driving.local)) {
      driving.say(`\n${plan.drill} ${plan.on}`);
      all.push({ plan, outcome: await outcomeOf(plan, driving).then(({ json }) => json, whyNot) });
    }
    console.log(options.json === true ? JSON.stringify(jsonOf(all)) : tableOf(all));
    return areAllRight(all) ? 0 : 1;
  } finally {
    interruption.release();
  }
}

function whyNot(error: unknown): string {
  if (error instanceof DrillRefused || error instanceof DrillLost || error instanceof CannotAsk) return error.message;
  throw error;
}

async function drivingOf({ port }: DrillOptions, onBegun: (drill: DrillOnLine) => void): Promise<Driving> {
  const api = localApi(readPort(port));
  const local: LocalView = await api.local();
  return { api, local, pace: usualPace, say: (text) => console.error(text), onBegun, lateMs: 60_000, afterMs: 20_000 };
}

const outcomeOf = async (plan: Plan, driving: Driving): Promise<Outcome> => judged(await runPlan(plan, driving), driving.local);
