/** Runs every mutant until a promise breaks that the real engine keeps in the same storm. */
import { type Mutants, replayCommand } from './command';
import { type Mutant, mutants } from './mutants';
import type { SeedOutcome, SeedTask } from './outcome';
import { runInWorkers } from './workers';

export interface Caught {
  readonly mutant: string;
  /** The first seed that caught it; `null` where none did. */
  readonly seed: number | null;
  readonly promise: string | null;
  readonly what: string | null;
  readonly seedsRun: number;
  /** The storm that caught it, as the real engine lives through it. */
  readonly replay: string | null;
}

/** Most mutants are caught soon: so many seeds are tried before it is looked at what they showed. */
const batch = 10;

export async function mutantsCaught({ last, jobs }: Mutants, progress: (line: string) => void): Promise<readonly Caught[]> {
  const caught: Caught[] = [];
  for (const mutant of mutants) {
    const one = await hunt(mutant, { last, jobs }, (seed) => progress(`\r${mutant.name}: ${seed} of at most ${last} seeds`));
    progress('\n');
    caught.push(one);
  }
  return caught;
}

export function sayMutants(caught: readonly Caught[]): string {
  const lines = caught.map(({ mutant, seed, promise, what, seedsRun }) =>
    seed === null ? `ALIVE  ${mutant}: no promise broke in ${seedsRun} seeds` : `caught ${mutant}: seed ${seed} breaks ${promise}: ${what}`,
  );
  const alive = caught.filter(({ seed }) => seed === null).length;
  return [...lines, `${caught.length - alive} mutants caught, ${alive} alive`].join('\n');
}

async function hunt(mutant: Mutant, hunting: { readonly last: number; readonly jobs: number }, progress: (seed: number) => void): Promise<Caught> {
  const { last, jobs } = hunting;
  for (let first = 1; first <= last; first += batch) {
    const seeds = Array.from({ length: Math.min(batch, last - first + 1) }, (_, index) => first + index);
    const outcomes = await runInWorkers({ tasks: seeds.map((seed) => taskOf(seed, mutant)), jobs, replacements: replacementsOf(mutant) });
    progress(first + seeds.length - 1);
    for (const outcome of outcomes) {
      const breach = await newBreach(outcome);
      if (breach !== undefined) return caughtBy(mutant, outcome, breach);
    }
  }
  return { mutant: mutant.name, seed: null, promise: null, what: null, seedsRun: last, replay: null };
}

const caughtBy = ({ name }: Mutant, { seed }: SeedOutcome, { promise, what }: SeedOutcome['violations'][number]): Caught => ({
  mutant: name,
  seed,
  promise,
  what,
  seedsRun: seed,
  replay: replayCommand(seed, {}),
});

const taskOf = (seed: number, mutant?: Mutant): SeedTask => ({ seed, shape: {}, isRunTwice: false, mutant: mutant?.name });
const replacementsOf = (mutant: Mutant) => (mutant.kind === 'source' ? [mutant.replacement] : []);

/** A promise that the real engine breaks too in this storm catches nothing. */
async function newBreach({ seed, violations }: SeedOutcome): Promise<SeedOutcome['violations'][number] | undefined> {
  if (violations.length === 0) return undefined;
  const [real] = await runInWorkers({ tasks: [taskOf(seed)], jobs: 1 });
  return violations.find(({ promise }) => real?.violations.every((known) => known.promise !== promise));
}
