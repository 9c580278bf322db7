/** Many seeds, with the promises that were broken and the command that shows each again. */
import { hour } from '../../src/core/basics/time';
import { type Counts, sumOf } from './census';
import { type Many, replayCommand } from './command';
import type { SeedOutcome } from './outcome';
import { type Shrunk, shrink } from './shrink';
import { type Repetitions, repetitionsOf } from './tellings';
import { timeOfStory } from './time-of-story';
import { runInWorkers } from './workers';

export interface BrokenPromise {
  readonly seed: number;
  readonly promise: string;
  readonly at: string;
  readonly what: string;
  readonly replay: string;
}

export interface StormReport {
  readonly seeds: number;
  readonly simulatedHours: number;
  /** Simulated time, counted once for every region. */
  readonly regionYears: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Per second of one core. */
  readonly hoursPerSecond: number;
  /** How often each kind of fault was done. */
  readonly faults: Counts;
  /** How often an observer came to find each state. */
  readonly watchStates: Counts;
  /** How often each condition was written into a log. */
  readonly conditions: Counts;
  readonly announcements: number;
  readonly repetitions: Repetitions;
  readonly violations: readonly BrokenPromise[];
  /** The first violation of a few promises, made as small as it could be. */
  readonly shrunk: readonly Shrunk[];
  /** Seeds that gave another hash when they were run again. */
  readonly unequal: readonly { readonly seed: number; readonly replay: string }[];
  readonly hash: string;
}

/** Every so many seeds one is run twice. */
const repeatEvery = 40;
/** Shrinking takes time; the first few promises tell enough. */
const mostShrunk = 3;

export async function stormOf(command: Many, progress: (line: string) => void): Promise<StormReport> {
  const { first, last, shape, jobs } = command;
  const seeds = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const tasks = seeds.map((seed) => ({ seed, shape, isRunTwice: (seed - first) % repeatEvery === 0 }));
  const began = performance.now();
  let done = 0;
  let broken = 0;
  const outcomes = await runInWorkers({
    tasks,
    jobs,
    onOutcome: ({ violations }) => {
      done += 1;
      broken += violations.length;
      if (done % 10 === 0 || done === seeds.length) progress(`\r${done} of ${seeds.length} seeds, ${broken} violations`);
      return undefined;
    },
  });
  const wallSeconds = (performance.now() - began) / 1000;
  progress('\n');
  return { ...reportOf(outcomes, command), wallSeconds, shrunk: await shrinkFirst(outcomes, command, progress) };
}

async function shrinkFirst(outcomes: readonly SeedOutcome[], { shape }: Many, progress: (line: string) => void): Promise<readonly Shrunk[]> {
  const firsts = new Map<string, number>();
  for (const { seed, violations } of outcomes) for (const { promise } of violations) if (!firsts.has(promise)) firsts.set(promise, seed);
  const shrunk: Shrunk[] = [];
  for (const [promise, seed] of [...firsts].slice(0, mostShrunk)) shrunk.push(await shrink({ seed, shape, promise }, progress));
  return shrunk;
}

function reportOf(outcomes: readonly SeedOutcome[], { shape }: Pick<Many, 'shape'>): Omit<StormReport, 'wallSeconds' | 'shrunk'> {
  const hours = (of: (outcome: SeedOutcome) => number): number => outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / hour;
  const simulatedHours = hours(({ simulatedMs }) => simulatedMs);
  const cpuSeconds = outcomes.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000;
  return {
    seeds: outcomes.length,
    simulatedHours,
    regionYears: hours(({ simulatedMs, regions }) => simulatedMs * regions) / (365.25 * 24),
    cpuSeconds,
    hoursPerSecond: simulatedHours / cpuSeconds,
    faults: sumOf(outcomes.map((outcome) => outcome.faults)),
    watchStates: sumOf(outcomes.map((outcome) => outcome.watchStates)),
    conditions: sumOf(outcomes.map((outcome) => outcome.conditions)),
    announcements: outcomes.reduce((sum, outcome) => sum + outcome.announcements, 0),
    repetitions: repetitionsOf(outcomes.map(({ repetition }) => repetition)),
    violations: outcomes.flatMap(({ seed, violations }) =>
      violations.map(({ promise, at, what }) => ({ seed, promise, at: timeOfStory(at), what, replay: replayCommand(seed, shape) })),
    ),
    unequal: outcomes.filter((outcome) => outcome.isUnequal).map(({ seed }) => ({ seed, replay: replayCommand(seed, shape) })),
    hash: outcomes
      .reduce((hash, outcome) => Math.imul(hash ^ Number.parseInt(outcome.hash.slice(8), 16), 0x01000193) >>> 0, 0)
      .toString(16)
      .padStart(8, '0'),
  };
}
