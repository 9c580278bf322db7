/** A run reduced to what a storm reports of it: plain data that travels from the process that ran it. */

import { type Counts, countOf } from './census';
import type { Violation } from './checkers/evidence';
import type { Shape } from './command';
import { nameOf } from './faults';
import { engineWith, type MutantName } from './mutants';
import { runSeed, type SeedRun } from './seed';
import { type Repetition, repetitionOf } from './tellings';

export interface SeedOutcome {
  readonly seed: number;
  /** Of the run itself and, where it was run twice, of its repetition. */
  readonly simulatedMs: number;
  readonly cpuMs: number;
  readonly regions: number;
  readonly faults: Counts;
  readonly watchStates: Counts;
  readonly conditions: Counts;
  readonly announcements: number;
  readonly repetition: Repetition;
  readonly violations: readonly Violation[];
  readonly hash: string;
  /** It gave another hash when it was run again. */
  readonly isUnequal: boolean;
}

export interface SeedTask {
  readonly seed: number;
  readonly shape: Shape;
  readonly isRunTwice: boolean;
  readonly mutant?: MutantName | undefined;
}

export async function outcomeOf({ seed, shape, isRunTwice, mutant }: SeedTask): Promise<SeedOutcome> {
  const before = process.cpuUsage();
  const engine = engineWith(mutant);
  const run = await runSeed({ ...shape, seed, engine });
  const again = isRunTwice ? await runSeed({ ...shape, seed, engine }) : undefined;
  const { user, system } = process.cpuUsage(before);
  return {
    ...figuresOf(run),
    simulatedMs: run.world.elapsedMs + (again?.world.elapsedMs ?? 0),
    cpuMs: (user + system) / 1000,
    isUnequal: again !== undefined && again.hash !== run.hash,
  };
}

function figuresOf({ seed, world, config, faults, census, violations, hash }: SeedRun): Omit<SeedOutcome, 'simulatedMs' | 'cpuMs' | 'isUnequal'> {
  const statements = world.history.logged.filter(({ body }) => body.kind === 'opened' || body.kind === 'changed');
  return {
    seed,
    regions: config.regions.probers.length + (config.regions.witness === undefined ? 0 : 1),
    faults: countOf(faults.map(nameOf)),
    watchStates: census.watchStates,
    conditions: countOf(statements.map(({ body }) => String(body.condition))),
    announcements: world.history.announced.length,
    repetition: repetitionOf(world.history, faults),
    violations,
    hash,
  };
}
