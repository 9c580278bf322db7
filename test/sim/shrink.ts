/** Makes a failing run smaller: fewer faults, then a shorter time, then fewer monitors, as long as the same promise still breaks. */
import { minute, second } from '../../src/core/basics/time';
import type { Violation } from './checkers/evidence';
import { replayCommand, type Shape } from './command';
import { sayFault } from './faults';
import { realEngine } from './real-engine';
import { runSeed } from './seed';

export interface Failing {
  readonly seed: number;
  readonly shape: Shape;
  readonly promise: string;
}

export interface Shrunk {
  readonly seed: number;
  readonly promise: string;
  readonly what: string;
  readonly replay: string;
  readonly faults: readonly string[];
}

/** What a run that may be smaller showed. */
export interface Trial {
  readonly shape: Shape;
  /** How many faults were drawn and kept, as they are said. */
  readonly faults: readonly string[];
  readonly monitors: number;
  readonly endsAt: number;
  /** The first breach of the promise. */
  readonly breach: Violation | undefined;
}

export type Try = (shape: Shape) => Promise<Trial>;

/** So many runs may be spent on one failure. */
const mostTrials = 40;

export async function shrink(failing: Failing, progress: (line: string) => void): Promise<Shrunk> {
  const smallest = await smallestTrial(
    failing.shape,
    (shape) => trial({ ...failing, shape }),
    (done) => {
      progress(`\rshrinking seed ${failing.seed}, which breaks ${failing.promise}: ${done} of at most ${mostTrials} runs`);
    },
  );
  progress('\n');
  const { seed, promise } = failing;
  return { seed, promise, what: smallest.breach?.what ?? 'it did not break again', replay: replayCommand(seed, smallest.shape), faults: smallest.faults };
}

/** Does the shrinking with whatever can try a shape. */
export async function smallestTrial(shape: Shape, attempt: Try, onTrial: (done: number) => void = () => undefined): Promise<Trial> {
  const search = new Search(attempt, onTrial, await attempt(shape));
  if (search.best.breach === undefined) return search.best;
  await search.dropFaults();
  await search.shorten();
  await search.dropMonitors();
  return search.best;
}

class Search {
  best: Trial;
  private trials = 1;
  private readonly attempt: Try;
  private readonly onTrial: (done: number) => void;

  constructor(attempt: Try, onTrial: (done: number) => void, first: Trial) {
    this.attempt = attempt;
    this.onTrial = onTrial;
    this.best = first;
  }

  /** Tries to do without large parts first, then without single faults. */
  async dropFaults(): Promise<void> {
    let kept = this.best.shape.only ?? this.best.faults.map((_, index) => index);
    for (let size = Math.ceil(kept.length / 2); size >= 1 && kept.length > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < kept.length; ) {
        const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
        if (await this.isStillBroken({ only: fewer })) kept = fewer;
        else from += size;
      }
    }
  }

  /** Just past the breach, or, where the promise is judged at the end, a little less each time. */
  async shorten(): Promise<void> {
    const at = this.best.breach?.at ?? 0;
    if (at + minute < this.best.endsAt && (await this.isStillBroken({ untilMs: wholeSeconds(at + 5 * second) }))) return;
    while (await this.isStillBroken({ untilMs: wholeSeconds(this.best.endsAt - Math.max(minute, this.best.endsAt / 8)) }));
  }

  async dropMonitors(): Promise<void> {
    for (const monitors of [1, 2, 3]) {
      if (monitors >= this.best.monitors || (await this.isStillBroken({ monitors }))) return;
    }
  }

  private async isStillBroken(change: Partial<Shape>): Promise<boolean> {
    if (this.trials >= mostTrials) return false;
    this.trials += 1;
    const tried = await this.attempt({ ...this.best.shape, ...change });
    this.onTrial(this.trials);
    if (tried.breach === undefined) return false;
    this.best = tried;
    return true;
  }
}

const wholeSeconds = (ms: number): number => Math.max(0, Math.ceil(ms / second) * second);

async function trial({ seed, shape, promise }: Failing): Promise<Trial> {
  const { config, faults, world, violations } = await runSeed({ ...shape, keepsNotes: false, seed, engine: realEngine });
  const breach = violations.find((violation) => violation.promise === promise);
  return { shape, faults: faults.map(sayFault), monitors: config.monitors.length, endsAt: world.elapsedMs, breach };
}
