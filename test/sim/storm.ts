/** Many seeds in a row, with the promises that were broken and the command that shows each again. */
import { hour } from '../../src/core/basics/time';
import { type Many, replayCommand } from './command';
import type { Fault } from './faults';
import { realEngine } from './real-engine';
import { runSeed, type SeedRun } from './seed';
import { timeOfStory } from './time-of-story';

export interface StormReport {
  readonly seeds: number;
  readonly simulatedHours: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Per second of one core. */
  readonly hoursPerSecond: number;
  /** How often each kind of fault was done. */
  readonly faults: Readonly<Partial<Record<Fault['kind'], number>>>;
  readonly announcements: number;
  readonly violations: readonly { readonly seed: number; readonly promise: string; readonly at: string; readonly what: string; readonly replay: string }[];
  /** Seeds that gave another hash when they were run again. */
  readonly unequal: readonly { readonly seed: number; readonly replay: string }[];
  readonly hash: string;
}

/** Every so many seeds one is run twice. */
const repeatEvery = 40;

export async function stormOf(command: Many, progress: (line: string) => void): Promise<StormReport> {
  const tally = new Tally(command);
  for (let seed = command.first; seed <= command.last; seed += 1) {
    const run = await runSeed({ ...command.settings, seed, engine: realEngine });
    tally.add(run);
    if ((seed - command.first) % repeatEvery === 0) tally.compare(run, await runSeed({ ...command.settings, seed, engine: realEngine }));
    if (seed % 10 === 0 || seed === command.last) progress(`\r${tally.progress()}`);
  }
  progress('\n');
  return tally.report();
}

export function sayStorm(report: StormReport): string {
  const faults = Object.entries(report.faults).map(([kind, times]) => `${times} ${kind}`);
  const figures = `${report.seeds} seeds, ${report.simulatedHours.toFixed(1)} simulated hours in ${report.wallSeconds.toFixed(1)} s (${report.cpuSeconds.toFixed(1)} s of one core: ${report.hoursPerSecond.toFixed(1)} hours per second)`;
  return [
    ...sayViolations(report.violations),
    ...report.unequal.map((one) => `seed ${one.seed} went another way when it was run again\n  ${one.replay}`),
    figures,
    `faults: ${faults.join(', ')}; announcements: ${report.announcements}; hash ${report.hash}`,
    `${report.violations.length} violations, ${report.unequal.length} runs that could not be repeated`,
  ].join('\n');
}

/** A few of each promise tell enough; the count tells the rest. */
const mostSaid = 5;

function sayViolations(violations: StormReport['violations']): readonly string[] {
  const byPromise = new Map<string, StormReport['violations'][number][]>();
  for (const violation of violations) byPromise.set(violation.promise, [...(byPromise.get(violation.promise) ?? []), violation]);
  return [...byPromise].flatMap(([promise, broken]) => {
    const said = broken.slice(0, mostSaid).map((one) => `${promise} broken at ${one.at}: ${one.what}\n  ${one.replay}`);
    const seeds = [...new Set(broken.slice(mostSaid).map((one) => one.seed))];
    return seeds.length === 0 ? said : [...said, `${promise} broken ${broken.length - mostSaid} times more, in the seeds ${seeds.slice(0, 40).join(', ')}`];
  });
}

class Tally {
  private readonly command: Many;
  private readonly cpuBefore = process.cpuUsage();
  private readonly began = performance.now();
  private readonly faults: Partial<Record<Fault['kind'], number>> = {};
  private readonly violations: StormReport['violations'][number][] = [];
  private readonly unequal: StormReport['unequal'][number][] = [];
  private seeds = 0;
  private simulatedMs = 0;
  private announcements = 0;
  private hash = 0;

  constructor(command: Many) {
    this.command = command;
  }

  add(run: SeedRun): void {
    this.seeds += 1;
    this.simulatedMs += run.world.elapsedMs;
    this.announcements += run.world.history.announced.length;
    this.hash = Math.imul(this.hash ^ Number.parseInt(run.hash.slice(8), 16), 0x01000193) >>> 0;
    for (const { kind } of run.faults) this.faults[kind] = (this.faults[kind] ?? 0) + 1;
    const replay = replayCommand(run.seed, this.command.settings);
    this.violations.push(...run.violations.map(({ promise, at, what }) => ({ seed: run.seed, promise, at: timeOfStory(at), what, replay })));
  }

  compare(run: SeedRun, again: SeedRun): void {
    this.simulatedMs += again.world.elapsedMs;
    if (run.hash !== again.hash) this.unequal.push({ seed: run.seed, replay: replayCommand(run.seed, this.command.settings) });
  }

  progress(): string {
    return `${this.seeds} of ${this.command.last - this.command.first + 1} seeds, ${this.violations.length} violations`;
  }

  report(): StormReport {
    const wallSeconds = (performance.now() - this.began) / 1000;
    const simulatedHours = this.simulatedMs / hour;
    const { seeds, faults, announcements, violations, unequal } = this;
    const cpuSeconds = process.cpuUsage(this.cpuBefore).user / 1_000_000;
    const figures = { seeds, simulatedHours, wallSeconds, cpuSeconds, hoursPerSecond: simulatedHours / cpuSeconds };
    return { ...figures, faults, announcements, violations, unequal, hash: this.hash.toString(16).padStart(8, '0') };
  }
}
