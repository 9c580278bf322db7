/** Runs seeds in processes of their own, from one bundle: each takes the next seed when it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcomeOf, type SeedOutcome, type SeedTask } from './outcome';
import { type Replacement, replacing } from './replacement';

/** The word that makes the simulator a worker of another one. */
export const workerWord = 'worker';

export interface Work {
  readonly tasks: readonly SeedTask[];
  readonly jobs: number;
  /** Changes of the source, for bugs planted on purpose. */
  readonly replacements?: readonly Replacement[];
  /** Called with each outcome as it comes; `enough` stops the work. */
  readonly onOutcome?: (outcome: SeedOutcome) => 'enough' | undefined;
}

/** The outcomes, ordered by seed however the work was shared. */
export async function runInWorkers(work: Work): Promise<readonly SeedOutcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'twinwatch-sim-'));
  try {
    const file = await bundle(folder, work.replacements ?? []);
    const queue = [...work.tasks];
    const outcomes: SeedOutcome[] = [];
    const share = Math.min(work.jobs, queue.length);
    const seedsEach = queue.length / share;
    await Promise.all(Array.from({ length: share }, () => runOne(file, { queue, outcomes, onOutcome: work.onOutcome, seedsEach })));
    return outcomes.sort((one, other) => one.seed - other.seed);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a worker does: runs what it is asked to, until its parent leaves. */
export function serveTasks(): void {
  process.on('message', (task: SeedTask) => {
    outcomeOf(task).then(
      (outcome) => process.send?.(outcome),
      (error: unknown) => process.send?.({ crash: `seed ${task.seed}: ${error instanceof Error ? error.stack : String(error)}` }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/**
 * A worker with few seeds lives for seconds and no function in it is much hotter than the others: else a third of its time would
 * go into optimizing what soon changes its shape. V8 counted bytes of code that ran up to Node 20, and counts calls from Node 22 on.
 */
const countsCalls = Number.parseInt(process.versions.v8, 10) >= 12;
const optimizesLater = [countsCalls ? '--invocation-count-for-turbofan=30000' : '--interrupt-budget=1000000'];
/** From so many seeds on it is worth its time. */
const manySeeds = 200;

/** There are as many workers as cores: none is left to help one that collects its garbage, and what lives for one event should die young. */
const collectsAlone = ['--single-threaded-gc', '--max-semi-space-size=32'];

interface Shared {
  readonly queue: SeedTask[];
  readonly outcomes: SeedOutcome[];
  readonly onOutcome: Work['onOutcome'];
  /** That each worker will have, about. */
  readonly seedsEach: number;
}

function runOne(file: string, { queue, outcomes, onOutcome, seedsEach }: Shared): Promise<void> {
  const execArgv = ['--enable-source-maps', ...collectsAlone, ...(seedsEach < manySeeds ? optimizesLater : [])];
  const worker = fork(file, [workerWord], { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    const stop = (settle: () => void): void => {
      worker.removeAllListeners();
      if (worker.connected) worker.disconnect();
      settle();
    };
    worker.on('message', (answer: SeedOutcome | { readonly crash: string }) => {
      if ('crash' in answer) return stop(() => reject(new Error(answer.crash)));
      outcomes.push(answer);
      if (onOutcome?.(answer) === 'enough') queue.length = 0;
      if (!sendNext(worker, queue)) stop(resolve);
    });
    worker.on('exit', (code) => stop(() => reject(new Error(`a worker of the simulator ended with code ${code}`))));
    if (!sendNext(worker, queue)) stop(resolve);
  });
}

function sendNext(worker: ChildProcess, queue: SeedTask[]): boolean {
  const task = queue.shift();
  if (task === undefined) return false;
  worker.send(task);
  return true;
}

/** The bundler is loaded by whoever needs it: a worker does not. */
async function bundle(folder: string, replacements: readonly Replacement[]): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = join(folder, 'sim.mjs');
  const plugins = replacements.length === 0 ? [] : [replacing(replacements)];
  await build({
    entryPoints: ['test/sim/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['esbuild'],
    sourcemap: 'inline',
    outfile,
    plugins,
    logLevel: 'silent',
  });
  return outfile;
}
